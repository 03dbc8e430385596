#include "sim/core/delay_bounding_strategy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

using Tasks = std::vector<uint32_t>;

DelayBoundingStrategy::Options Delays(uint32_t delays, uint64_t questions) {
  return {.seed = 7, .delays = delays, .shape = {.questions = questions}};
}

// How often each order was seen in `runs` runs.
std::map<Tasks, int> Census(const ToyProgram& program,
                            const DelayBoundingStrategy::Options& options,
                            uint64_t runs) {
  DelayBoundingStrategy strategy(options);
  std::map<Tasks, int> census;
  for (uint64_t run = 0; run < runs; ++run) {
    ++census[RunToyAt(program, strategy, run).Tasks()];
  }
  return census;
}

TEST(DelayBoundingStrategyTest, WithoutDelaysTasksRunInTheOrderOfTheirIds) {
  const auto census = Census(Writers(3, 2), Delays(0, 6), 20);
  ASSERT_EQ(census.size(), 1u);
  EXPECT_EQ(census.begin()->first, (Tasks{0, 0, 2, 2, 3, 3}));
}

// Two of a question's tasks at most are left in the last two steps, so there
// are 4 questions, and a delay at each gives another order.
TEST(DelayBoundingStrategyTest, OneDelayFallsOnAnyQuestionAlike) {
  const auto census = Census(Writers(3, 2), Delays(1, 4), 4000);
  const Tasks expected[] = {{2, 2, 3, 3, 0, 0},
                            {0, 2, 2, 3, 3, 0},
                            {0, 0, 3, 3, 2, 2},
                            {0, 0, 2, 3, 3, 2}};
  ASSERT_EQ(census.size(), 4u);
  for (const Tasks& tasks : expected) {
    ASSERT_EQ(census.count(tasks), 1u) << testing::PrintToString(tasks);
    EXPECT_NEAR(census.at(tasks), 1000, 140);
  }
}

TEST(DelayBoundingStrategyTest, TwoDelaysOfOneQuestionPassTwoTasks) {
  auto census = Census(Writers(3, 2), Delays(2, 4), 4000);
  EXPECT_NEAR((census[{3, 3, 0, 0, 2, 2}]), 4000 / 16, 75);
}

TEST(DelayBoundingStrategyTest, TheBoundIsNeverExceeded) {
  for (const uint32_t delays : {0u, 1u, 3u, 16u}) {
    size_t most = 0;
    for (const auto& [tasks, runs] :
         Census(Writers(4, 8), Delays(delays, 25), 500)) {
      size_t delayed = 0;
      for (size_t i = 1; i < tasks.size(); ++i) {
        if (tasks[i] == tasks[i - 1]) continue;
        const auto rest = tasks.begin() + static_cast<std::ptrdiff_t>(i);
        delayed += std::count(rest, tasks.end(), tasks[i - 1]) != 0;
      }
      most = std::max(most, delayed);
    }
    EXPECT_LE(most, delays);
    EXPECT_GE(most, delays / 2);
  }
}

TEST(DelayBoundingStrategyTest, OnlyADelayLetsADeadlinePassEarly) {
  DelayBoundingStrategy none(Delays(0, 8));
  DelayBoundingStrategy one(Delays(1, 8));
  size_t passed = 0;
  for (uint64_t run = 0; run < 1000; ++run) {
    EXPECT_EQ(RunToyAt(Writers(2, 4), none, run, {.timer_races = 2}).ops.size(),
              8u);
    Tasks tasks = RunToyAt(Writers(2, 4), one, run, {.timer_races = 2}).Tasks();
    const size_t early = std::erase(tasks, kTimerTask.value);
    if (early != 0) {
      EXPECT_EQ(tasks, (Tasks{0, 0, 0, 0, 2, 2, 2, 2}));
    }
    passed += early;
  }
  EXPECT_GT(passed, 400u);  // all delays of the last four questions
  EXPECT_LT(passed, 700u);
}

}  // namespace
}  // namespace fozzy
