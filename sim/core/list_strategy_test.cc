#include "sim/core/list_strategy.h"

#include <gtest/gtest.h>

#include <vector>

namespace fozzy {
namespace {

constexpr TaskId kTasks[] = {{0}, {1}, {2}};

Decision Answer(uint64_t answer) { return {ChoiceKind::kFault, {}, answer}; }

TEST(ListStrategyTest, GivesItsAnswersInOrderAndThenZero) {
  const std::vector<Decision> decisions = {Answer(2), Answer(0), Answer(5)};
  ListStrategy strategy({.decisions = decisions});
  ASSERT_TRUE(strategy.Begin(0));
  EXPECT_EQ(strategy.PickValue({.last = 9}), 2u);
  EXPECT_EQ(strategy.PickValue({.last = 9}), 0u);
  EXPECT_EQ(strategy.PickValue({.last = 9}), 5u);
  EXPECT_EQ(strategy.PickValue({.last = 9}), 0u);
}

TEST(ListStrategyTest, TasksAndValuesShareTheList) {
  const std::vector<Decision> decisions = {Answer(2), Answer(1), Answer(1)};
  ListStrategy strategy({.decisions = decisions});
  ASSERT_TRUE(strategy.Begin(0));
  EXPECT_EQ(strategy.PickTask({.runnable = kTasks}), 2u);
  EXPECT_EQ(strategy.PickValue({.last = 1}), 1u);
  EXPECT_EQ(strategy.PickTask({.runnable = kTasks}), 1u);
  EXPECT_EQ(strategy.PickTask({.runnable = kTasks}), 0u);
}

TEST(ListStrategyTest, AnImpossibleAnswerCountsAsZeroAndIsUsedUp) {
  const std::vector<Decision> decisions = {Answer(2), Answer(3), Answer(1)};
  ListStrategy strategy({.decisions = decisions});
  ASSERT_TRUE(strategy.Begin(0));
  EXPECT_EQ(strategy.PickValue({.last = 1}), 0u);
  EXPECT_EQ(strategy.PickTask({.runnable = kTasks}), 0u);
  EXPECT_EQ(strategy.PickValue({.last = 1}), 1u);
}

TEST(ListStrategyTest, HasOneRunWhichMayBeBegunAgain) {
  const std::vector<Decision> decisions = {Answer(4)};
  ListStrategy strategy({.decisions = decisions});
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(strategy.Begin(0)) << round;
    EXPECT_EQ(strategy.PickValue({.last = 9}), 4u) << round;
  }
  EXPECT_FALSE(strategy.Begin(1));
}

TEST(CalmStrategyTest, IsTheEmptyList) {
  CalmStrategy calm;
  ListStrategy empty({});
  ASSERT_TRUE(calm.Begin(0));
  ASSERT_TRUE(empty.Begin(0));
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(calm.PickValue({.last = ~uint64_t{0}}), 0u);
    EXPECT_EQ(empty.PickValue({.last = ~uint64_t{0}}), 0u);
    EXPECT_EQ(calm.PickTask({.runnable = kTasks}), 0u);
    EXPECT_EQ(empty.PickTask({.runnable = kTasks}), 0u);
  }
  EXPECT_FALSE(calm.Begin(1));
}

}  // namespace
}  // namespace fozzy
