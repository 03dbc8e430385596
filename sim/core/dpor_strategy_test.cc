#include "sim/core/dpor_strategy.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>
#include <vector>

#include "sim/core/testing/toy_machine.h"
#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

constexpr ToyAction kWrite = {OpKind::kStore, 1, 1};

// Returns `tasks` tasks that write `ops` times each, all to one object.
ToyTasks WritersOf(uint32_t tasks, uint32_t ops) {
  const ToyTask writer = Straight(std::vector<ToyAction>(ops, kWrite));
  ToyTasks program = {.tasks = std::vector<ToyTask>(tasks + 1, writer)};
  program.tasks[kTimerTask.value] = Straight({});
  return program;
}

// Runs until nothing is left; adds the classes of complete runs.
void SearchAll(const ToyTasks& program, DporStrategy& strategy,
               std::set<std::vector<uint64_t>>& traces) {
  for (uint64_t run = 0; strategy.Begin(run); ++run) {
    const uint64_t complete = strategy.complete();
    const MachineRun machine = RunMachine(program, strategy);
    if (strategy.complete() > complete) traces.insert(TraceOf(machine));
  }
}

TEST(DporStrategyTest, TheFirstRunIsTheCalmest) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {});
  ASSERT_TRUE(strategy.Begin(0));
  const MachineRun run = RunMachine(WritersOf(3, 2), strategy);
  std::vector<uint32_t> tasks;
  for (const MachineRun::Step& step : run.steps) {
    if (step.op.kind == OpKind::kStore) tasks.push_back(step.op.task.value);
  }
  EXPECT_EQ(tasks, (std::vector<uint32_t>{0, 0, 2, 2, 3, 3}));
}

TEST(DporStrategyTest, WantsToHearOfOps) {
  Arena arena(TestMemory);
  const DporStrategy strategy(arena, {});
  EXPECT_TRUE(strategy.WantsOps());
}

TEST(DporStrategyTest, StopsAfterTheRunsItWasAllowed) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {.runs_max = 5});
  std::set<std::vector<uint64_t>> traces;
  SearchAll(WritersOf(4, 1), strategy, traces);
  EXPECT_EQ(traces.size(), 5u);
  EXPECT_FALSE(strategy.is_exhaustive());
}

TEST(DporStrategyTest, ValuesAloneAreEnumeratedInOrder) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {});
  std::vector<uint64_t> seen;
  for (uint64_t run = 0; strategy.Begin(run); ++run) {
    const uint64_t first = strategy.PickValue({.last = 2});
    const uint64_t second = first == 1 ? strategy.PickValue({.last = 1}) : 0;
    seen.push_back(10 * first + second);
    strategy.End({});
  }
  EXPECT_EQ(seen, (std::vector<uint64_t>{0, 10, 11, 20}));
  EXPECT_EQ(strategy.complete(), 4u);
  EXPECT_TRUE(strategy.is_exhaustive());
}

TEST(DporStrategyTest, ValuesOfAWideRangeAreZeroAndMakeTheSearchIncomplete) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {});
  uint64_t runs = 0;
  for (; strategy.Begin(runs); ++runs) {
    EXPECT_EQ(strategy.PickValue({.last = 256}), 0u);
    strategy.PickValue({.last = 255});
    strategy.End({});
  }
  EXPECT_EQ(runs, 256u);
  EXPECT_FALSE(strategy.is_exhaustive());
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
}

TEST(DporStrategyTest, AProgramThatAsksOtherQuestionsIsNoticed) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {});
  std::set<std::vector<uint64_t>> traces;
  ASSERT_TRUE(strategy.Begin(0));
  RunMachine(WritersOf(2, 2), strategy);
  ASSERT_TRUE(strategy.Begin(1));
  EXPECT_TRUE(RunMachine(WritersOf(3, 2), strategy).is_abandoned);
  EXPECT_TRUE(strategy.has_drifted());
  EXPECT_FALSE(strategy.is_exhaustive());
  EXPECT_FALSE(strategy.Begin(2));
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
  EXPECT_FALSE(strategy.Begin(2));
}

TEST(DporStrategyTest, ASearchSavedBetweenRunsGoesOn) {
  const ToyTasks program = WritersOf(3, 2);  // 6! / (2! 2! 2!) = 90
  for (uint64_t stop = 0; stop <= 90; stop += 7) {
    SCOPED_TRACE(stop);
    Arena arena(TestMemory);
    std::set<std::vector<uint64_t>> traces;
    DporStrategy before(arena, {.runs_max = stop});
    SearchAll(program, before, traces);
    EXPECT_EQ(traces.size(), stop);
    std::vector<std::byte> saved(before.Save({}));
    ASSERT_EQ(before.Save(saved), saved.size());
    DporStrategy after(arena, {});
    ASSERT_TRUE(after.Load(saved));
    SearchAll(program, after, traces);
    EXPECT_EQ(traces.size(), 90u);
    EXPECT_EQ(after.complete(), 90u);
    EXPECT_TRUE(after.is_exhaustive());
  }
}

TEST(DporStrategyTest, DamagedStatesAreRefused) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {.runs_max = 7});
  std::set<std::vector<uint64_t>> traces;
  SearchAll(WritersOf(3, 2), strategy, traces);
  std::vector<std::byte> saved(strategy.Save({}));
  strategy.Save(saved);
  for (size_t size = 0; size < saved.size(); ++size) {
    DporStrategy cut(arena, {});
    EXPECT_FALSE(cut.Load(std::span(saved).first(size))) << size;
  }
  saved.push_back(std::byte{0});
  DporStrategy longer(arena, {});
  EXPECT_FALSE(longer.Load(saved));
}

// Whatever the bytes say, the search ends.
TEST(DporStrategyTest, ChangedStatesDoNoHarm) {
  Arena arena(TestMemory);
  const ToyTasks program = WritersOf(2, 2);
  DporStrategy strategy(arena, {.runs_max = 3});
  std::set<std::vector<uint64_t>> traces;
  SearchAll(program, strategy, traces);
  std::vector<std::byte> saved(strategy.Save({}));
  strategy.Save(saved);
  for (size_t bit = 0; bit < 8 * saved.size(); ++bit) {
    std::vector<std::byte> changed = saved;
    changed[bit / 8] ^= std::byte{1} << (bit % 8);
    DporStrategy other(arena, {.runs_max = 1'000});
    if (!other.Load(changed)) continue;
    SearchAll(program, other, traces);
  }
  EXPECT_LE(traces.size(), 6u);
}

TEST(DporStrategyTest, ALongSearchTakesNoMoreMemoryThanAShortOne) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {});
  const ToyTasks program = WritersOf(4, 2);  // 8! / (2!)^4 = 2520
  size_t early = 0;
  for (uint64_t run = 0; strategy.Begin(run); ++run) {
    if (run == 250) early = arena.bytes();
    RunMachine(program, strategy);
  }
  EXPECT_EQ(strategy.complete(), 2520u);
  EXPECT_EQ(arena.bytes(), early);
}

// A deadlock is the end of a run whose tasks still want something: without
// that the other order of locks is not found.
TEST(DporStrategyTest, NeedsToKnowWhatTasksWaitedFor) {
  const auto opposite = [](uint32_t a, uint32_t b) {
    return Straight({{OpKind::kLock, a},
                     {OpKind::kLock, b},
                     {OpKind::kUnlock, b},
                     {OpKind::kUnlock, a}});
  };
  const ToyTasks program = {
      .tasks = {opposite(1, 2), Straight({}), opposite(2, 1)}};
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {});
  uint64_t deadlocks = 0;
  for (uint64_t run = 0; strategy.Begin(run); ++run) {
    if (RunMachine(program, strategy).is_deadlock) ++deadlocks;
  }
  EXPECT_EQ(strategy.complete(), 3u);
  EXPECT_EQ(deadlocks, 1u);
}

}  // namespace
}  // namespace fozzy
