#include "sim/core/dfs_strategy.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

// Runs until the strategy has nothing left; returns the runs.  Gives up after
// 100000, so that an endless search fails rather than hangs.
std::vector<ToyRun> SearchAll(const ToyProgram& program,
                              DfsStrategy& strategy) {
  std::vector<ToyRun> runs;
  while (runs.size() < 100'000 && strategy.Begin(runs.size())) {
    runs.push_back(RunToy(program, strategy));
    strategy.End({});
  }
  return runs;
}

std::set<std::vector<uint32_t>> Interleavings(const std::vector<ToyRun>& runs) {
  std::set<std::vector<uint32_t>> found;
  for (const ToyRun& run : runs) found.insert(run.Tasks());
  return found;
}

TEST(DfsStrategyTest, RunsEveryInterleavingOnce) {
  // Two tasks of n ops: 2n choose n.
  const uint64_t expected[] = {1, 2, 6, 20, 70, 252, 924};
  for (uint32_t ops = 1; ops < 7; ++ops) {
    SCOPED_TRACE(ops);
    Arena arena(TestMemory);
    DfsStrategy strategy(arena, {});
    const std::vector<ToyRun> runs = SearchAll(Writers(2, ops), strategy);
    EXPECT_EQ(runs.size(), expected[ops]);
    EXPECT_EQ(Interleavings(runs).size(), expected[ops]);
    EXPECT_EQ(strategy.runs(), expected[ops]);
    EXPECT_TRUE(strategy.is_exhaustive());
  }
}

TEST(DfsStrategyTest, TheFirstRunIsTheCalmest) {
  Arena arena(TestMemory);
  DfsStrategy strategy(arena, {});
  const std::vector<ToyRun> runs = SearchAll(Writers(2, 2), strategy);
  ASSERT_FALSE(runs.empty());
  for (const Decision& decision : runs[0].decisions) {
    EXPECT_EQ(decision.answer, 0u);
  }
}

TEST(DfsStrategyTest, EnumeratesValuesTooInOrder) {
  Arena arena(TestMemory);
  DfsStrategy strategy(arena, {});
  std::vector<uint64_t> seen;
  for (uint64_t run = 0; strategy.Begin(run); ++run) {
    const uint64_t first = strategy.PickValue({.last = 2});
    const uint64_t second = first == 1 ? strategy.PickValue({.last = 1}) : 0;
    seen.push_back(10 * first + second);
    strategy.End({});
  }
  EXPECT_EQ(seen, (std::vector<uint64_t>{0, 10, 11, 20}));
}

TEST(DfsStrategyTest, ValuesOfAWideRangeAreZeroAndMakeTheSearchIncomplete) {
  Arena arena(TestMemory);
  DfsStrategy strategy(arena, {});
  uint64_t runs = 0;
  for (; strategy.Begin(runs); ++runs) {
    EXPECT_EQ(strategy.PickValue({.last = 256}), 0u);
    strategy.PickValue({.last = 255});
    strategy.End({});
  }
  EXPECT_EQ(runs, 256u);
  EXPECT_FALSE(strategy.is_exhaustive());
}

TEST(DfsStrategyTest, BoundsThePreemptions) {
  // Task 0 is the current one at the start.  Without preemption it runs to the
  // end.  With one, it is interrupted before its first, second or third op, by
  // a task that then runs to the end; or it is not.
  const uint64_t expected[] = {1, 3 + 1};
  for (uint64_t max = 0; max < 2; ++max) {
    Arena arena(TestMemory);
    DfsStrategy strategy(arena, {.preemptions_max = max});
    const std::vector<ToyRun> runs = SearchAll(Writers(2, 3), strategy);
    EXPECT_EQ(Interleavings(runs).size(), expected[max]) << max;
    EXPECT_FALSE(strategy.is_exhaustive());
  }
}

TEST(DfsStrategyTest, StopsAfterTheRunsItWasAllowed) {
  Arena arena(TestMemory);
  DfsStrategy strategy(arena, {.runs_max = 5});
  EXPECT_EQ(SearchAll(Writers(2, 3), strategy).size(), 5u);
  EXPECT_FALSE(strategy.is_exhaustive());
}

TEST(DfsStrategyTest, ARunThatWasNotEndedIsBegunAgain) {
  Arena arena(TestMemory);
  DfsStrategy strategy(arena, {});
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

TEST(DfsStrategyTest, ASearchSavedBetweenRunsGoesOn) {
  const ToyProgram program = Writers(3, 2);  // 6! / (2! 2! 2!) = 90
  for (uint64_t stop = 0; stop <= 90; ++stop) {
    Arena arena(TestMemory);
    DfsStrategy before(arena, {.runs_max = stop});
    std::vector<ToyRun> runs = SearchAll(program, before);
    std::vector<std::byte> saved(before.Save({}));
    ASSERT_EQ(before.Save(saved), saved.size());
    DfsStrategy after(arena, {});
    ASSERT_TRUE(after.Load(saved));
    for (ToyRun& run : SearchAll(program, after)) runs.push_back(run);
    EXPECT_EQ(runs.size(), 90u) << stop;
    EXPECT_EQ(Interleavings(runs).size(), 90u) << stop;
    EXPECT_TRUE(after.is_exhaustive());
  }
}

TEST(DfsStrategyTest, DamagedStatesAreRefused) {
  Arena arena(TestMemory);
  DfsStrategy strategy(arena, {.runs_max = 7});
  SearchAll(Writers(2, 3), strategy);
  std::vector<std::byte> saved(strategy.Save({}));
  strategy.Save(saved);
  for (size_t size = 0; size < saved.size(); ++size) {
    EXPECT_FALSE(strategy.Load(std::span(saved).first(size))) << size;
  }
  saved.push_back(std::byte{0});
  EXPECT_FALSE(strategy.Load(saved));
  saved.pop_back();
  saved.back() = std::byte{0x7f};  // an answer above the last
  EXPECT_FALSE(strategy.Load(saved));
}

TEST(DfsStrategyTest, AProgramThatAsksLessIsNoticed) {
  Arena arena(TestMemory);
  DfsStrategy strategy(arena, {});
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

TEST(DfsStrategyTest, AProgramThatAsksOtherQuestionsIsNoticed) {
  Arena arena(TestMemory);
  DfsStrategy strategy(arena, {});
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
