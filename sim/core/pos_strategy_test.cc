#include "sim/core/pos_strategy.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

constexpr ToyOp kWriteX = {OpKind::kWrite, 1};

// One racing write of task 2 against `ops` of task 0, the last of which races.
ToyProgram OneAgainst(uint32_t ops) {
  ToyProgram program(3);
  for (uint32_t i = 1; i < ops; ++i) {
    program[0].push_back({OpKind::kWrite, 100 + i});
  }
  program[0].push_back(kWriteX);
  program[2] = {kWriteX};
  return program;
}

// How many of 4000 runs execute the write of task 2 first.
int TaskTwoFirst(const ToyProgram& program) {
  Arena arena(TestMemory);
  PosStrategy strategy({.seed = 7}, arena);
  int first = 0;
  for (uint64_t run = 0; run < 4000; ++run) {
    const ToyRun toy = RunToyAt(program, strategy, run);
    first += toy.PlaceOf(2, 0) < toy.PlaceOf(0, program[0].size() - 1);
  }
  return first;
}

// Task 0 is delayed by its many steps: task 2's write stays behind only if its
// priority is the least of all draws, 1 / (ops + 1).
TEST(PosStrategyTest, AnEventKeepsItsPriorityUntilItIsExecuted) {
  for (const uint32_t ops : {1u, 2u, 3u, 9u}) {
    const int expected = static_cast<int>(4000 * ops / (ops + 1));
    EXPECT_NEAR(TaskTwoFirst(OneAgainst(ops)), expected, 130) << ops;
  }
}

// The example of the paper's introduction, with racing events only: after each
// write the other's priority is drawn anew, so that the run is a random walk,
// 2^-i for the position i of the single write.
TEST(PosStrategyTest, RacingEventsAreDrawnAnew) {
  Arena arena(TestMemory);
  PosStrategy strategy({.seed = 7}, arena);
  ToyProgram program(3);
  program[0].assign(4, kWriteX);
  program[2] = {kWriteX};
  std::map<size_t, int> places;
  for (uint64_t run = 0; run < 8000; ++run) {
    ++places[RunToyAt(program, strategy, run).PlaceOf(2, 0)];
  }
  EXPECT_NEAR(places[0], 4000, 180);
  EXPECT_NEAR(places[1], 2000, 160);
  EXPECT_NEAR(places[2], 1000, 120);
  EXPECT_NEAR(places[3], 500, 90);
  EXPECT_NEAR(places[4], 500, 90);
}

// Independent pairs of racing writes: which of each pair is first is settled
// evenly and each by itself, so all 8 partial orders are alike.
TEST(PosStrategyTest, PartialOrdersOfSingleRacesAreSampledEvenly) {
  Arena arena(TestMemory);
  PosStrategy strategy({.seed = 7}, arena);
  ToyProgram program(7);
  const uint32_t objects[] = {1, 0, 1, 2, 2, 3, 3};
  for (const uint32_t task : {0u, 2u, 3u, 4u, 5u, 6u}) {
    program[task] = {{OpKind::kWrite, objects[task]}};
  }
  std::map<int, int> orders;
  for (uint64_t run = 0; run < 8000; ++run) {
    const ToyRun toy = RunToyAt(program, strategy, run);
    const auto is_before = [&](uint32_t a, uint32_t b) {
      return toy.PlaceOf(a, 0) < toy.PlaceOf(b, 0) ? 1 : 0;
    };
    ++orders[is_before(0, 2) + 2 * is_before(3, 4) + 4 * is_before(5, 6)];
  }
  EXPECT_EQ(orders.size(), 8u);
  for (const auto& [order, runs] : orders) EXPECT_NEAR(runs, 1000, 130);
}

TEST(PosStrategyTest, DeadlinesArePutOff) {
  Arena arena(TestMemory);
  PosStrategy strategy({.seed = 7}, arena);
  int first = 0;
  for (uint64_t run = 0; run < 2000; ++run) {
    const ToyRun toy =
        RunToyAt(Writers(1, 1), strategy, run, {.timer_races = 1});
    first += toy.ops[0].task == kTimerTask;
  }
  // One in 2 * 4 to 2 * 256; on average one in 28.
  EXPECT_GT(first, 2000 / 60);
  EXPECT_LT(first, 2000 / 14);
}

}  // namespace
}  // namespace fozzy
