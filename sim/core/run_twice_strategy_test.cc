#include "sim/core/run_twice_strategy.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/core/random_walk_strategy.h"
#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

constexpr uint64_t kSomewhere = RunTwiceStrategy::kSomewhere;

RunTwiceStrategy::Difference Between(const ToyProgram& first,
                                     const ToyProgram& second) {
  Arena arena(TestMemory);
  RandomWalkStrategy walk({.seed = 7});
  RunTwiceStrategy twice(walk, arena);
  RunToyAt(first, twice, 0);
  RunToyAt(second, twice, 1);
  return twice.difference();
}

TEST(RunTwiceStrategyTest, EveryRunOfTheOtherStrategyIsDoneTwice) {
  Arena arena(TestMemory);
  RandomWalkStrategy walk({.seed = 7});
  RandomWalkStrategy alone({.seed = 7});
  RunTwiceStrategy twice(walk, arena);
  for (uint64_t run = 0; run < 40; ++run) {
    EXPECT_EQ(RunToyAt(Writers(3, 5), twice, run).decisions,
              RunToyAt(Writers(3, 5), alone, run / 2).decisions)
        << run;
    EXPECT_FALSE(twice.difference().is_there) << run;
  }
}

TEST(RunTwiceStrategyTest, TheFirstDifferenceIsNamed) {
  for (size_t at = 0; at < 5; ++at) {
    // One task: ops only, no question.
    ToyProgram changed = Writers(1, 5);
    changed[0][at].object = 2;
    const auto difference = Between(Writers(1, 5), changed);
    EXPECT_TRUE(difference.is_there);
    EXPECT_EQ(difference.place, at);
  }
}

TEST(RunTwiceStrategyTest, ARunThatIsLongerDiffersWhereTheOtherEnds) {
  EXPECT_EQ(Between(Writers(1, 5), Writers(1, 7)).place, 5u);
  EXPECT_EQ(Between(Writers(1, 7), Writers(1, 5)).place, 5u);
}

TEST(RunTwiceStrategyTest, AnotherQuestionIsADifference) {
  ToyProgram asks = Writers(1, 3);
  ToyProgram asks_more = asks;
  asks[0][1].last = 4;
  asks_more[0][1].last = 5;
  EXPECT_EQ(Between(asks, asks_more).place, 2u);
  EXPECT_FALSE(Between(asks, asks).is_there);
}

TEST(RunTwiceStrategyTest, WhatIsBeyondTheKeptIsComparedAsWell) {
  constexpr uint32_t kLong = RunTwiceStrategy::kKept + 100;
  const ToyProgram first = Writers(1, kLong);
  ToyProgram changed = first;
  changed[0][kLong - 1].object = 2;
  EXPECT_FALSE(Between(first, first).is_there);
  EXPECT_TRUE(Between(first, changed).is_there);
  EXPECT_EQ(Between(first, changed).place, kSomewhere);
}

TEST(RunTwiceStrategyTest, AnotherDigestIsADifference) {
  Arena arena(TestMemory);
  RandomWalkStrategy walk({.seed = 7});
  RunTwiceStrategy twice(walk, arena);
  for (uint64_t run = 0; run < 2; ++run) {
    ASSERT_TRUE(twice.Begin(run));
    twice.End({.digest = run});
  }
  EXPECT_TRUE(twice.difference().is_there);
  ASSERT_TRUE(twice.Begin(2));
  EXPECT_FALSE(twice.difference().is_there);
}

}  // namespace
}  // namespace fozzy
