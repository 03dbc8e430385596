#include "sim/core/round_robin_strategy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

using Tasks = std::vector<uint32_t>;

Tasks RunOf(uint64_t quantum, const ToyProgram& program, uint64_t index = 0) {
  RoundRobinStrategy strategy({.seed = 7, .quantum = quantum});
  return RunToyAt(program, strategy, index).Tasks();
}

TEST(RoundRobinStrategyTest, EveryTaskHasItsTurn) {
  EXPECT_EQ(RunOf(1, Writers(3, 3)), (Tasks{2, 3, 0, 2, 3, 0, 2, 3, 0}));
}

TEST(RoundRobinStrategyTest, ATurnIsAQuantumOfQuestions) {
  EXPECT_EQ(RunOf(2, Writers(3, 4)),
            (Tasks{0, 2, 2, 3, 3, 0, 0, 2, 2, 3, 3, 0}));
  EXPECT_EQ(RunOf(3, Writers(2, 4)), (Tasks{0, 0, 2, 2, 2, 0, 0, 2}));
}

TEST(RoundRobinStrategyTest, WhoCannotRunIsPassedOver) {
  ToyProgram program = Writers(3, 3);
  program[2] = {{OpKind::kWait, 9}, {OpKind::kWrite, 1}};
  program[3].push_back({OpKind::kNotify, 9});
  EXPECT_EQ(RunOf(1, program), (Tasks{3, 0, 3, 0, 3, 0, 3, 2, 2}));
}

TEST(RoundRobinStrategyTest, AnOpenQuantumIsDrawnForEachRun) {
  std::vector<int> quanta(9);
  for (uint64_t run = 0; run < 800; ++run) {
    const Tasks tasks = RunOf(0, Writers(2, 20), run);
    uint64_t quantum = 1;
    while (tasks != RunOf(quantum, Writers(2, 20))) ASSERT_LT(++quantum, 9u);
    ++quanta[quantum];
  }
  for (size_t i = 1; i <= 8; ++i) EXPECT_NEAR(quanta[i], 100, 45) << i;
}

TEST(RoundRobinStrategyTest, NobodyWaitsLongerThanARound) {
  for (const uint64_t quantum : {uint64_t{1}, uint64_t{2}, uint64_t{5}}) {
    const Tasks tasks = RunOf(quantum, Writers(5, 40));
    std::vector<size_t> last_seen(6);
    for (size_t i = 0; i < tasks.size(); ++i) {
      EXPECT_LE(i - last_seen[tasks[i]], 5 * quantum + 1) << quantum;
      last_seen[tasks[i]] = i;
    }
  }
}

TEST(RoundRobinStrategyTest, ADeadlineThatPassedKeepsTheOrder) {
  for (const uint64_t quantum : {uint64_t{1}, uint64_t{2}}) {
    RoundRobinStrategy strategy({.seed = 7, .quantum = quantum});
    const Tasks order = RunOf(quantum, Writers(3, 30));
    uint64_t passed = 0;
    for (uint64_t run = 0; run < 50; ++run) {
      Tasks tasks =
          RunToyAt(Writers(3, 30), strategy, run, {.timer_races = 2}).Tasks();
      const Tasks twice(2, kTimerTask.value);
      EXPECT_EQ(std::search(tasks.begin(), tasks.begin() + 80, twice.begin(),
                            twice.end()),
                tasks.begin() + 80);
      passed += std::erase(tasks, kTimerTask.value);
      tasks.resize(80);  // near the end no question is asked without a timer
      EXPECT_TRUE(std::equal(tasks.begin(), tasks.end(), order.begin()))
          << quantum << ", run " << run;
    }
    EXPECT_GT(passed, 15u);
    EXPECT_LT(passed, 90u);
  }
}

}  // namespace
}  // namespace fozzy
