#include "sim/core/preemption_bounding_strategy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

using Tasks = std::vector<uint32_t>;

PreemptionBoundingStrategy::Options Bound(uint32_t bound, uint64_t questions) {
  return {.seed = 7, .preemptions = bound, .shape = {.questions = questions}};
}

std::map<Tasks, int> Census(const ToyProgram& program,
                            const PreemptionBoundingStrategy::Options& options,
                            uint64_t runs) {
  PreemptionBoundingStrategy strategy(options);
  std::map<Tasks, int> census;
  for (uint64_t run = 0; run < runs; ++run) {
    ++census[RunToyAt(program, strategy, run).Tasks()];
  }
  return census;
}

// How often a task was followed by another although it was not at its end.
size_t Preemptions(const Tasks& tasks) {
  size_t preemptions = 0;
  for (size_t i = 1; i < tasks.size(); ++i) {
    if (tasks[i] == tasks[i - 1]) continue;
    const auto rest = tasks.begin() + static_cast<std::ptrdiff_t>(i);
    preemptions += std::count(rest, tasks.end(), tasks[i - 1]) != 0;
  }
  return preemptions;
}

TEST(PreemptionBoundingStrategyTest, WhereATaskEndsAllOthersAreAlike) {
  auto census = Census(Writers(3, 2), Bound(0, 4), 2000);
  EXPECT_EQ(census.size(), 2u);
  EXPECT_NEAR((census[{0, 0, 2, 2, 3, 3}]), 1000, 110);
  EXPECT_NEAR((census[{0, 0, 3, 3, 2, 2}]), 1000, 110);
}

// Questions at which the current task can go on: three, of task 0 twice (before
// each of its steps) and of task 2 once.
TEST(PreemptionBoundingStrategyTest, APreemptionFallsOnAnyQuestionAlike) {
  auto census = Census(Writers(2, 2), Bound(1, 2), 2000);
  EXPECT_EQ(census.size(), 2u);
  EXPECT_NEAR((census[{2, 2, 0, 0}]), 1000, 110);
  EXPECT_NEAR((census[{0, 2, 2, 0}]), 1000, 110);
}

TEST(PreemptionBoundingStrategyTest, AnyOtherTaskMayTakeTheTurn) {
  auto census = Census(Writers(4, 1), Bound(1, 1), 3000);
  std::map<uint32_t, int> first;
  for (const auto& [tasks, runs] : census) first[tasks[0]] += runs;
  EXPECT_EQ(first.size(), 3u);
  for (const uint32_t task : {2u, 3u, 4u}) EXPECT_NEAR(first[task], 1000, 130);
}

TEST(PreemptionBoundingStrategyTest, TheBoundIsNeverExceeded) {
  for (const uint32_t bound : {0u, 1u, 3u, 16u}) {
    size_t most = 0;
    for (const auto& [tasks, runs] :
         Census(Writers(4, 12), Bound(bound, 40), 500)) {
      most = std::max(most, Preemptions(tasks));
    }
    EXPECT_LE(most, bound);
    EXPECT_GE(most, bound / 2);
  }
}

TEST(PreemptionBoundingStrategyTest, AnEarlyDeadlineIsAPreemption) {
  PreemptionBoundingStrategy none(Bound(0, 8));
  PreemptionBoundingStrategy one(Bound(1, 4));
  size_t passed = 0;
  for (uint64_t run = 0; run < 1000; ++run) {
    const ToyProgram program = Writers(2, 4);
    const ToyRun calm = RunToyAt(program, none, run, {.timer_races = 2});
    EXPECT_EQ(calm.PlaceOf(0, 3), 3u) << run;  // nothing before task 0 ends

    const ToyRun toy = RunToyAt(program, one, run, {.timer_races = 2});
    const size_t early = toy.PlaceOf(kTimerTask.value, 0);
    if (early > 3) continue;
    EXPECT_EQ(toy.ops[early + 1].task.value, 0u) << run;
    EXPECT_LT(toy.PlaceOf(0, 3), toy.PlaceOf(2, 0)) << run;
    ++passed;
  }
  EXPECT_GT(passed, 20u);
  EXPECT_LT(passed, 125u);  // one preemption in eight, if as often as it can
}

}  // namespace
}  // namespace fozzy
