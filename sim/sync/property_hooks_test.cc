#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

TEST(PropertyTest, AlwaysIsAnAssertionKnownByItsText) {
  const auto finding = RunOnce([] {
    FOZZY_ALWAYS(1 + 1 == 2, "numbers add up");
    thread task([] { FOZZY_ALWAYS(1 > 2, "one is more than two"); });
    task.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(Signature(*finding), "assertion/one is more than two");
  EXPECT_THAT(finding->message, HasSubstr("task 1 at property_hooks_test.cc:"));
}

TEST(PropertyTest, UnreachableIsWrongWhenItIsReached) {
  EXPECT_THAT(TextOf(RunOnce([] { FOZZY_UNREACHABLE("never here"); })),
              HasSubstr("assertion/never here"));
}

TEST(PropertyTest, OutsideOfRunsNothingHappens) {
  FOZZY_ALWAYS(false, "wrong outside");
  FOZZY_UNREACHABLE("reached outside");
  FOZZY_SOMETIMES(true, "held outside");
  EXPECT_FALSE(FOZZY_BUGGIFY());
  EXPECT_EQ(Choose(5), 0u);
  EXPECT_EQ(Random64(), 0u);
  Log("nobody hears it");
}

TEST(PropertyTest, CountsOfARunSayWhatWasReachedAndHeld) {
  Simulation simulation({});
  DullStrategy strategy;

  for (int run = 0; run < 2; ++run) {
    simulation.Run(
        [] {
          for (int i = 0; i < 3; ++i) FOZZY_SOMETIMES(i == 1, "one of three");
          FOZZY_REACHABLE("the end");
        },
        strategy, nullptr);

    const auto counts = simulation.properties().counts();
    ASSERT_EQ(counts.size(), 2u) << run;
    EXPECT_EQ(counts[0].property.kind, PropertyKind::kSometimes);
    EXPECT_STREQ(counts[0].property.text, "one of three");
    EXPECT_EQ(counts[0].reached, 3u);
    EXPECT_EQ(counts[0].held, 1u);
    EXPECT_STREQ(counts[1].property.text, "the end");
    EXPECT_EQ(counts[1].held, 1u);
  }
}

TEST(PropertyTest, BuggifyIsOffForWholeRunsAndStrikesNowAndThen) {
  Simulation simulation({});
  SeededStrategy strategy({.seed = 1});
  int runs_on = 0;
  int strikes = 0;

  for (uint64_t run = 0; run < 400; ++run) {
    strategy.Begin(run);
    int its_strikes = 0;
    simulation.Run(
        [&] {
          for (int i = 0; i < 20; ++i) {
            if (FOZZY_BUGGIFY()) ++its_strikes;
          }
        },
        strategy, nullptr);
    strikes += its_strikes;
    if (its_strikes > 0) ++runs_on;
  }

  // A quarter of the runs, and there a quarter of the 20 times.
  EXPECT_NEAR(runs_on, 100, 30);
  EXPECT_NEAR(strikes, 500, 150);
}

TEST(PropertyTest, ChooseGivesEveryNumberBelow) {
  std::vector<int> seen(3);

  const Runs runs = RunAll([&] {
    FOZZY_ALWAYS(Choose(1) == 0, "nothing to choose");
    ++seen[Choose(3)];
  });

  EXPECT_EQ(runs.count, 3u);
  EXPECT_THAT(seen, testing::Each(1));
}

// Keeps the lines it hears.
struct Lines final : BodyListener {
  void OnTask(const TaskChoice&, uint32_t) override {}
  void OnValue(const ValueChoice&, uint64_t) override {}
  void OnOp(const Op&, Site) override {}
  void OnLog(TaskId task, uint64_t now, std::string_view text) override {
    lines.push_back(std::to_string(task.value) + "@" + std::to_string(now) +
                    " " + std::string(text));
  }
  std::vector<std::string> lines;
};

TEST(PropertyTest, LogTellsTheListenerWhoAndWhen) {
  Simulation simulation({});
  DullStrategy strategy;
  Lines heard;

  simulation.Run(
      [] {
        this_thread::sleep_for(std::chrono::nanoseconds(5));
        Log("good morning");
      },
      strategy, &heard);

  EXPECT_THAT(heard.lines, testing::ElementsAre("0@5 good morning"));
}

}  // namespace
}  // namespace fozzy
