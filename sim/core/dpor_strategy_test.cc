// What the strategy promises besides its traces, for which see
// dpor_traces_test.cc and dpor_random_test.cc.
#include "sim/core/dpor_strategy.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "sim/core/testing/toy_machine.h"
#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

using Traces = std::set<std::vector<uint64_t>>;

// Runs until the strategy has nothing left; returns the traces of its complete
// runs.  Gives up after 10000, so that an endless search fails rather than
// hangs.
Traces SearchAll(const ToyTasks& program, DporStrategy& strategy) {
  Traces traces;
  for (uint64_t run = 0; run < 10'000 && strategy.Begin(run); ++run) {
    const uint64_t before = strategy.complete();
    const MachineRun machine = RunMachine(program, strategy);
    if (strategy.complete() > before) traces.insert(TraceOf(machine));
  }
  return traces;
}

// Task 0 and `others` others, all of which do `actions`.
ToyTasks Repeat(uint32_t others, const std::vector<ToyAction>& actions) {
  ToyTasks program;
  program.tasks.assign(2 + others, Straight(actions));
  program.tasks[1] = Straight({});
  return program;
}

ToyAction Store(uint32_t object) { return {OpKind::kStore, object, 1}; }
ToyAction Ask(uint64_t last) { return {.kind = OpKind::kYield, .last = last}; }

std::vector<std::byte> SavedState(const DporStrategy& strategy) {
  std::vector<std::byte> saved(strategy.Save({}));
  EXPECT_EQ(strategy.Save(saved), saved.size());
  return saved;
}

TEST(DporStrategyTest, StopsAfterTheRunsItWasAllowed) {
  const ToyTasks program = Repeat(2, {Store(1)});  // 3! = 6
  Arena arena(TestMemory);
  DporStrategy few(arena, {.runs_max = 5});
  DporStrategy enough(arena, {.runs_max = 6});

  EXPECT_EQ(SearchAll(program, few).size(), 5u);
  EXPECT_FALSE(few.is_exhaustive());
  EXPECT_EQ(SearchAll(program, enough).size(), 6u);
  EXPECT_TRUE(enough.is_exhaustive());
}

TEST(DporStrategyTest, ValuesOfAWideRangeAreZeroAndMakeTheSearchIncomplete) {
  Arena arena(TestMemory);
  DporStrategy wide(arena, {});
  DporStrategy narrow(arena, {});

  SearchAll(Repeat(0, {Ask(DporStrategy::kLastMax + 1)}), wide);
  SearchAll(Repeat(0, {Ask(DporStrategy::kLastMax)}), narrow);

  EXPECT_EQ(wide.complete(), 1u);
  EXPECT_FALSE(wide.is_exhaustive());
  EXPECT_EQ(narrow.complete(), DporStrategy::kLastMax + 1);
  EXPECT_TRUE(narrow.is_exhaustive());
}

TEST(DporStrategyTest, ARunThatWasNotEndedIsBegunAgain) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {});
  ASSERT_TRUE(strategy.Begin(0));
  strategy.PickValue({.last = 1});
  strategy.End({});
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(strategy.Begin(1));
    EXPECT_EQ(strategy.PickValue({.last = 1}), 1u);
  }
  strategy.End({});

  EXPECT_FALSE(strategy.Begin(2));
  EXPECT_EQ(strategy.complete(), 2u);
}

TEST(DporStrategyTest, ASearchSavedBetweenRunsGoesOn) {
  const ToyTasks program = Repeat(2, {Store(1), Ask(1), Store(2)});
  Arena arena(TestMemory);
  DporStrategy whole(arena, {});
  const Traces expected = SearchAll(program, whole);
  ASSERT_TRUE(whole.is_exhaustive());
  for (uint64_t stop = 0; stop <= whole.complete(); stop += 7) {
    DporStrategy before(arena, {.runs_max = stop});
    Traces traces = SearchAll(program, before);
    DporStrategy after(arena, {});
    ASSERT_TRUE(after.Load(SavedState(before)));
    traces.merge(SearchAll(program, after));
    EXPECT_TRUE(traces == expected) << stop;
    EXPECT_EQ(after.complete(), expected.size()) << stop;
    EXPECT_TRUE(after.is_exhaustive()) << stop;
  }
}

TEST(DporStrategyTest, DamagedStatesAreRefused) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {.runs_max = 3});
  SearchAll(Repeat(2, {Store(1), Ask(1)}), strategy);
  std::vector<std::byte> saved = SavedState(strategy);
  for (size_t size = 0; size < saved.size(); ++size) {
    DporStrategy damaged(arena, {});
    EXPECT_FALSE(damaged.Load(std::span(saved).first(size))) << size;
  }
  saved.push_back(std::byte{0});
  DporStrategy damaged(arena, {});
  EXPECT_FALSE(damaged.Load(saved));
}

TEST(DporStrategyTest, AProgramThatAsksLessIsNoticed) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {});
  ASSERT_TRUE(strategy.Begin(0));
  strategy.PickValue({.last = 1});
  strategy.PickValue({.last = 1});
  strategy.End({});
  ASSERT_TRUE(strategy.Begin(1));
  strategy.PickValue({.last = 1});
  strategy.End({});

  EXPECT_TRUE(strategy.has_drifted());
  EXPECT_FALSE(strategy.is_exhaustive());
  EXPECT_FALSE(strategy.Begin(2));
}

TEST(DporStrategyTest, AProgramThatAsksOtherQuestionsIsNoticed) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {});
  uint64_t runs = 0;
  for (; runs < 100 && strategy.Begin(runs); ++runs) {
    strategy.PickValue({.last = 1 + runs % 2});
    strategy.PickValue({.last = 1});
    strategy.End({});
  }

  EXPECT_EQ(runs, 2u);
  EXPECT_TRUE(strategy.has_drifted());
  EXPECT_FALSE(strategy.is_exhaustive());
}

}  // namespace
}  // namespace fozzy
