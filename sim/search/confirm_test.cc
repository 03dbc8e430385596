#include "sim/search/confirm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fozzy/explore.h"
#include "fozzy/sync.h"
#include "sim/search/planted/misbehaviour.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

int leaking_counter = 0;
int innocent_total = 0;

ExploreReport ExploreWith(ExploreOptions options,
                          const std::function<void()>& body) {
  options.runs = 200;
  leaking_counter = 0;
  return Explore(options, body);
}

// Fails in the fifth run of a process, whatever the schedule.
void LeakThroughAGlobal() {
  atomic<int> one = 0;
  thread other([&] { one = 1; });
  one = 2;
  other.join();
  ++leaking_counter;
  FOZZY_ALWAYS(leaking_counter < 5, "there are few");
}

// Spreads its ops by what is left of the run before.
void DependOnAGlobal() {
  atomic<int> one = 0;
  for (int i = 0; i < leaking_counter % 3; ++i) one = i;
  ++leaking_counter;
}

void DependOnTheClock() {
  atomic<int> one = 0;
  const uint64_t bits = ReadHostClock();
  for (uint32_t i = 0; i < kClockBits; ++i) {
    one = 1;
    if ((bits >> i & 1) != 0) one.load();
  }
}

TEST(ConfirmTest, AFindingThatDependsOnEarlierRunsIsAStateLeakOfTheVariable) {
  const ExploreReport report = ExploreWith({}, LeakThroughAGlobal);

  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->kind, FindingKind::kStateLeak);
  EXPECT_THAT(report.finding->title, HasSubstr("leaking_counter"));
  EXPECT_THAT(report.finding->message, HasSubstr("there are few"));
  EXPECT_FALSE(report.is_confirmed);
}

TEST(ConfirmTest, ARunThatDiffersFromItsRepetitionIsAStateLeakToo) {
  const ExploreReport report =
      ExploreWith({.run_twice = true}, DependOnAGlobal);

  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->kind, FindingKind::kStateLeak);
  EXPECT_THAT(report.finding->title, HasSubstr("leaking_counter"));
}

TEST(ConfirmTest, AGlobalThatChangesNothingIsNoFinding) {
  const ExploreReport report = ExploreWith({.run_twice = true}, [] {
    atomic<int> one = 0;
    thread other([&] { one = 1; });
    other.join();
    ++innocent_total;
  });

  EXPECT_FALSE(report.finding) << report.ToText();
  EXPECT_GT(innocent_total, 0);
}

TEST(ConfirmTest, ReadingTheClockIsNondeterminismAtItsPlace) {
  const ExploreReport report =
      ExploreWith({.run_twice = true}, DependOnTheClock);

  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->kind, FindingKind::kNondeterminism)
      << report.ToText();
  EXPECT_THAT(report.finding->title, HasSubstr("confirm_test.cc:"));
  EXPECT_THAT(report.finding->message, HasSubstr("store"));
}

TEST(ConfirmTest, AnExhaustiveSearchNoticesTheClock) {
  const ExploreReport report = ExploreWith({.strategy = "dfs"}, [] {
    const uint64_t bits = ReadHostClock();
    // All questions but the last are repeated in the run that comes next.
    for (uint32_t i = 0; i < kClockBits; ++i) Choose(2 + (bits >> i & 1));
  });

  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->kind, FindingKind::kNondeterminism)
      << report.ToText();
}

TEST(ConfirmTest, AThreadOfTheHostIsNamed) {
  const ExploreReport report = ExploreWith({}, [] {
    atomic<int> counter = 0;
    counter.store(1);
    AddInHostThread(counter);
  });

  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->kind, FindingKind::kRealThread);
  EXPECT_THAT(report.finding->message, HasSubstr("misbehaviour.h:"));
  EXPECT_TRUE(report.is_confirmed);
}

TEST(ConfirmTest, GlobalsArePutBackIfAskedFor) {
  const ExploreReport report =
      ExploreWith({.run_twice = false, .isolation = Isolation::kGlobals},
                  LeakThroughAGlobal);

  EXPECT_FALSE(report.finding) << report.ToText();
  EXPECT_EQ(report.runs, 200u);
  EXPECT_EQ(leaking_counter, 0);
}

TEST(ConfirmTest, AProcessOfItsOwnForEachRunIsolatesThem) {
  const ExploreReport report =
      ExploreWith({.isolation = Isolation::kFork}, LeakThroughAGlobal);

  EXPECT_FALSE(report.finding) << report.ToText();
  EXPECT_EQ(report.runs, 200u);
  EXPECT_EQ(leaking_counter, 0);
}

TEST(ConfirmTest, ACrashInAProcessOfItsOwnIsAFinding) {
  const ExploreReport report = ExploreWith({.isolation = Isolation::kFork}, [] {
    atomic<int> one = 0;
    thread other([&] { one = 1; });
    if (one == 1) __builtin_trap();
    other.join();
  });

  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->kind, FindingKind::kCrash);
}

}  // namespace
}  // namespace fozzy
