#include "sim/core/surw_strategy.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "sim/core/run_probe_strategy.h"
#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

constexpr ToyOp kWriteX = {OpKind::kWrite, 1};

// How often runs looked like what.
using Census = std::map<std::vector<uint32_t>, int>;

// Counts the orders in which the ops on `object` (0: all ops) were executed.
Census CensusOf(const ToyProgram& program, bool is_selective, uint64_t runs,
                uint32_t object) {
  Arena arena(TestMemory);
  RunProbeStrategy probe({.seed = 7}, arena);
  RunToyAt(program, probe, 0);
  SurwStrategy strategy(
      {.seed = 7, .is_selective = is_selective, .shape = probe.shape()}, arena);
  Census census;
  for (uint64_t run = 0; run < runs; ++run) {
    const ToyRun toy = RunToyAt(program, strategy, run);
    EXPECT_FALSE(toy.is_deadlock) << run;
    std::vector<uint32_t> order;
    for (const Op& op : toy.ops) {
      if (object == 0 || op.object == object) order.push_back(op.task.value);
    }
    ++census[order];
  }
  return census;
}

// Expects `orders` of them, each seen `each` times but for 5 deviations.
void ExpectUniform(const Census& census, size_t orders, int each) {
  EXPECT_EQ(census.size(), orders);
  int deviation = 1;
  while (deviation * deviation < each) ++deviation;
  for (const auto& [order, runs] : census) {
    EXPECT_NEAR(runs, each, 5 * deviation) << testing::PrintToString(order);
  }
}

TEST(SurwStrategyTest, AllInterleavingsAreAlikeForUrw) {
  ToyProgram program(3);
  program[0].assign(2, kWriteX);
  program[2].assign(6, kWriteX);
  ExpectUniform(CensusOf(program, false, 28 * 500, 0), 28, 500);  // 8 over 2
}

// 7 ops in a forest: 7! / (5 * 4 * 2 * 2), the product of what hangs on each.
TEST(SurwStrategyTest, TasksYetToBeStartedCountForTheirParents) {
  ToyProgram program(4);
  program[0] = {kWriteX, {OpKind::kSpawn, 2}, kWriteX};
  program[2].assign(2, kWriteX);
  program[3].assign(2, kWriteX);
  ExpectUniform(CensusOf(program, false, 63 * 400, 0), 63, 400);
}

TEST(SurwStrategyTest, GrandchildrenCountToo) {
  ToyProgram program(5);
  program[0] = {{OpKind::kSpawn, 2}, kWriteX};
  program[2] = {{OpKind::kSpawn, 3}};
  program[3].assign(3, kWriteX);
  program[4] = {kWriteX};
  // 7! / (6 * 4 * 3 * 2): 0's spawn, 2's, and the three of task 3.
  ExpectUniform(CensusOf(program, false, 35 * 400, 0), 35, 400);
}

// However many private steps there are, and where.
TEST(SurwStrategyTest, InterleavingsOfSharedOpsAreAlike) {
  ToyProgram program(3);
  program[0].assign(20, {OpKind::kWrite, 100});
  for (int i = 0; i < 3; ++i) program[0].push_back(kWriteX);
  program[2].assign(3, kWriteX);
  for (int i = 0; i < 5; ++i) program[2].push_back({OpKind::kWrite, 102});
  ExpectUniform(CensusOf(program, true, 20 * 500, 1), 20, 500);  // 6 over 3
}

TEST(SurwStrategyTest, EverySharedObjectHasItsRuns) {
  ToyProgram program(3);
  for (const uint32_t task : {0u, 2u}) program[task].assign(3, kWriteX);
  program[0].resize(4, {OpKind::kWrite, 2});
  program[2].resize(9, {OpKind::kWrite, 2});
  Census first = CensusOf(program, true, 8000, 1);
  Census second = CensusOf(program, true, 8000, 2);
  // At least half of the runs are about it, and spread over 6 over 3 orders,
  EXPECT_EQ(first.size(), 20u);
  EXPECT_GT((first[{0, 0, 0, 2, 2, 2}]), 4000 / 20 - 70);
  EXPECT_GT((first[{2, 2, 2, 0, 0, 0}]), 4000 / 20 - 70);
  // or over 7.
  EXPECT_EQ(second.size(), 7u);
  EXPECT_GT((second[{0, 2, 2, 2, 2, 2, 2}]), 4000 / 7 - 110);
  EXPECT_GT((second[{2, 2, 2, 2, 2, 2, 0}]), 4000 / 7 - 110);
}

// Half of the runs are about an object that this program does not use: they
// are random walks.  What was counted for it does not weigh in the others.
TEST(SurwStrategyTest, ObjectsAreCountedApart) {
  const RunShape::TaskOps tasks[] = {{{0}, {0}, 53}, {{2}, {2}, 4}};
  const RunShape::SharedOps shared[] = {
      {1, {0}, 3}, {1, {2}, 3}, {99, {0}, 50}, {99, {2}, 1}};
  Arena arena(TestMemory);
  SurwStrategy strategy({.seed = 7, .shape = {100, tasks, shared}}, arena);
  Census census;
  for (uint64_t run = 0; run < 8000; ++run) {
    ++census[RunToyAt(Writers(2, 3), strategy, run).Tasks()];
  }
  const int expected = 4000 / 20 + 4000 / 8;
  EXPECT_NEAR((census[{0, 0, 0, 2, 2, 2}]), expected, 125);
  EXPECT_NEAR((census[{2, 2, 2, 0, 0, 0}]), expected, 125);
}

TEST(SurwStrategyTest, TasksThatBlockAreNotWaitedForForEver) {
  ToyProgram program(4);
  for (const uint32_t task : {0u, 2u, 3u}) {
    program[task] = {
        {OpKind::kLock, 9}, kWriteX, kWriteX, {OpKind::kUnlock, 9}};
  }
  const Census census = CensusOf(program, true, 2000, 1);
  EXPECT_EQ(census.size(), 6u);
}

TEST(SurwStrategyTest, WithoutAShapeEveryOrderIsStillReached) {
  for (const bool is_selective : {false, true}) {
    Arena arena(TestMemory);
    SurwStrategy strategy({.seed = 7, .is_selective = is_selective}, arena);
    Census census;
    for (uint64_t run = 0; run < 3000; ++run) {
      ++census[RunToyAt(Writers(2, 4), strategy, run).Tasks()];
    }
    EXPECT_EQ(census.size(), 70u) << is_selective;  // 8 over 4
  }
}

TEST(SurwStrategyTest, AShapeOfAnotherProgramDoesNoHarm) {
  Arena arena(TestMemory);
  RunProbeStrategy probe({.seed = 7}, arena);
  RunToyAt(Writers(2, 2), probe, 0);
  for (const bool is_selective : {false, true}) {
    SurwStrategy strategy(
        {.seed = 7, .is_selective = is_selective, .shape = probe.shape()},
        arena);
    for (uint64_t run = 0; run < 100; ++run) {
      EXPECT_EQ(RunToyAt(Writers(6, 9), strategy, run).ops.size(), 54u);
    }
  }
}

TEST(SurwStrategyTest, DeadlinesPassNowAndThen) {
  Arena arena(TestMemory);
  SurwStrategy strategy({.seed = 7, .is_selective = false}, arena);
  int passed = 0;
  for (uint64_t run = 0; run < 1000; ++run) {
    const ToyRun toy =
        RunToyAt(Writers(2, 4), strategy, run, {.timer_races = 1});
    passed += static_cast<int>(toy.ops.size()) - 8;
  }
  EXPECT_GT(passed, 50);
  EXPECT_LT(passed, 600);
}

}  // namespace
}  // namespace fozzy
