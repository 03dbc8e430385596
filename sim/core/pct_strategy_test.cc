#include "sim/core/pct_strategy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

// How many of `runs` runs of `program` satisfy `is_bug`.
template <class IsBug>
int Found(const ToyProgram& program, const PctStrategy::Options& options,
          int runs, const IsBug& is_bug) {
  PctStrategy strategy(options);
  int found = 0;
  for (int run = 0; run < runs; ++run) {
    found += is_bug(RunToyAt(program, strategy, static_cast<uint64_t>(run)));
  }
  return found;
}

PctStrategy::Options Depth(uint32_t depth, uint64_t questions) {
  return {.seed = 7, .depth = depth, .shape = {.questions = questions}};
}

TEST(PctStrategyTest, DepthOneRunsTheTasksOneAfterTheOtherInAnyOrder) {
  PctStrategy strategy(Depth(1, 0));
  std::set<std::vector<uint32_t>> seen;
  for (uint64_t run = 0; run < 200; ++run) {
    seen.insert(RunToyAt(Writers(3, 4), strategy, run).Tasks());
  }
  EXPECT_EQ(seen.size(), 6u);
  for (const std::vector<uint32_t>& tasks : seen) {
    for (size_t i = 0; i < tasks.size(); ++i) {
      EXPECT_EQ(tasks[i], tasks[i / 4 * 4]) << i;
    }
  }
}

// All of task 2 between two given steps of task 0.
TEST(PctStrategyTest, ABugOfDepthTwoIsFoundAsOftenAsPromised) {
  const auto is_bug = [](const ToyRun& run) {
    return run.PlaceOf(0, 5) + 1 == run.PlaceOf(2, 0) &&
           run.PlaceOf(2, 9) < run.PlaceOf(0, 6);
  };
  // n = 2, k = 19: one run in 38.
  const int found = Found(Writers(2, 10), Depth(2, 19), 38 * 400, is_bug);
  EXPECT_GT(found, 400 - 80);
  EXPECT_LT(found, 400 + 80);
}

// Four steps of task 0, four of task 2, the rest of 0, the rest of 2.
TEST(PctStrategyTest, ABugOfDepthThreeIsFoundAsOftenAsPromised) {
  const auto is_bug = [](const ToyRun& run) {
    return run.PlaceOf(0, 3) < run.PlaceOf(2, 0) &&
           run.PlaceOf(2, 3) < run.PlaceOf(0, 4) &&
           run.PlaceOf(0, 5) < run.PlaceOf(2, 4);
  };
  // n = 2, k = 11: one run in 242.
  const int found = Found(Writers(2, 6), Depth(3, 11), 242 * 200, is_bug);
  EXPECT_GT(found, 200 - 60);
  EXPECT_LT(found, 200 + 60);  // not with the levels exchanged
}

TEST(PctStrategyTest, ABugIsFoundWithoutKnowingTheLengthOfTheRun) {
  const auto is_bug = [](const ToyRun& run) {
    return run.PlaceOf(0, 5) + 1 == run.PlaceOf(2, 0) &&
           run.PlaceOf(2, 9) < run.PlaceOf(0, 6);
  };
  // Of the 15 lengths, those from 8 on reach the step: 1/8 + ... = 1/4.
  const int runs = 2 * 15 * 4 * 200;
  const int found = Found(Writers(2, 10), Depth(2, 0), runs, is_bug);
  EXPECT_NEAR(found, 200, 70);
}

TEST(PctStrategyTest, NoMoreTasksArePreemptedThanTheDepthAllows) {
  for (const uint32_t depth : {1u, 2u, 3u, 5u}) {
    PctStrategy strategy(Depth(depth, 30));
    size_t most = 0;
    for (uint64_t run = 0; run < 500; ++run) {
      const std::vector<uint32_t> tasks =
          RunToyAt(Writers(4, 10), strategy, run).Tasks();
      size_t switches = 0;
      for (size_t i = 1; i < tasks.size(); ++i) {
        switches += tasks[i] != tasks[i - 1];
      }
      most = std::max(most, switches);
    }
    // Three where a task ends, and one at each change.
    EXPECT_EQ(most, 3 + (depth - 1)) << depth;
  }
}

TEST(PctStrategyTest, AWokenTaskThatIsHigherRunsAtOnce) {
  PctStrategy strategy(Depth(1, 0));
  const TaskId both[] = {{0}, {2}};
  int preempted = 0;
  for (uint64_t run = 0; run < 200; ++run) {
    ASSERT_TRUE(strategy.Begin(run));
    if (strategy.PickTask({.runnable = both, .wakes = 1}) != 0) continue;
    const TaskId three[] = {{0}, {2}, {3}};
    const uint32_t pick = strategy.PickTask({.runnable = three, .wakes = 2});
    EXPECT_NE(pick, 1u);
    preempted += pick == 2;
  }
  EXPECT_NEAR(preempted, 33, 25);  // 3, 0, 2 among all orders: 1/6
}

// What is not looked at costs nothing, however many tasks there are.
TEST(PctStrategyTest, OtherTasksAreNotLookedAtWhileNoneWakes) {
  std::vector<TaskId> tasks;
  for (uint32_t i = 0; i < 10; ++i) tasks.push_back({2 + i});
  PctStrategy strategy(Depth(1, 0));
  ASSERT_TRUE(strategy.Begin(0));
  const uint32_t best = strategy.PickTask({.runnable = tasks, .wakes = 1});
  std::vector<TaskId> next = {tasks[best]};
  for (uint32_t i = 0; i < 10'000; ++i) next.push_back({20'000 + i});

  for (int point = 0; point < 1'000'000; ++point) {
    ASSERT_EQ(strategy.PickTask({.runnable = next, .wakes = 1}), 0u);
  }
  EXPECT_NE(strategy.PickTask({.runnable = next, .wakes = 2}), 0u);
}

TEST(PctStrategyTest, DeadlinesTakePartInOneRunInFour) {
  PctStrategy strategy(Depth(1, 0));
  const TaskId tasks[] = {{0}, kTimerTask};
  int first = 0;
  for (uint64_t run = 0; run < 1000; ++run) {
    ASSERT_TRUE(strategy.Begin(run));
    first += strategy.PickTask({.runnable = tasks}) == 1;
  }
  EXPECT_NEAR(first, 125, 50);  // in 250 runs, before task 0 in half of them
}

}  // namespace
}  // namespace fozzy
