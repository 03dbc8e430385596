#include "sim/core/random_walk_strategy.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

TEST(RandomWalkStrategyTest, EveryTaskIsPickedAboutEquallyOften) {
  RandomWalkStrategy strategy({.seed = 7});
  ASSERT_TRUE(strategy.Begin(0));
  const TaskId tasks[] = {{3}, {0}, {7}};
  int counts[3] = {};
  for (int i = 0; i < 9000; ++i) {
    ++counts[strategy.PickTask({.runnable = tasks})];
  }
  for (const int count : counts) EXPECT_NEAR(count, 3000, 250);
}

TEST(RandomWalkStrategyTest, DeadlinesPassEarlyNowAndThen) {
  RandomWalkStrategy strategy({.seed = 7});
  const TaskId tasks[] = {{0}, kTimerTask, {2}};
  int counts[3] = {};
  for (uint64_t run = 0; run < 100; ++run) {
    ASSERT_TRUE(strategy.Begin(run));
    for (int i = 0; i < 300; ++i) {
      ++counts[strategy.PickTask({.runnable = tasks})];
    }
  }
  // Of a third, one in 4 to 256: on average one in 14.
  EXPECT_GT(counts[1], 30'000 / 3 / 28);
  EXPECT_LT(counts[1], 30'000 / 3 / 7);
  EXPECT_NEAR(counts[0], counts[2], 700);
}

TEST(RandomWalkStrategyTest, ReachesEveryInterleavingOfASmallProgram) {
  RandomWalkStrategy strategy({.seed = 7});
  std::set<std::vector<uint32_t>> seen;
  for (uint64_t run = 0; run < 2000; ++run) {
    seen.insert(RunToyAt(Writers(2, 4), strategy, run).Tasks());
  }
  EXPECT_EQ(seen.size(), 70u);  // 8 over 4
}

TEST(RandomWalkStrategyTest, RunsAndSeedsDiffer) {
  RandomWalkStrategy strategy({.seed = 7});
  RandomWalkStrategy other({.seed = 8});
  const auto first = RunToyAt(Writers(3, 20), strategy, 0).Tasks();
  EXPECT_NE(first, RunToyAt(Writers(3, 20), strategy, 1).Tasks());
  EXPECT_NE(first, RunToyAt(Writers(3, 20), other, 0).Tasks());
}

}  // namespace
}  // namespace fozzy
