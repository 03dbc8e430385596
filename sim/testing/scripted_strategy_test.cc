#include "sim/testing/scripted_strategy.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

constexpr TaskId kTasks[] = {{4}, {0}, {1}};

TEST(ScriptedStrategyTest, GivesTheScriptAndThenZero) {
  ScriptedStrategy strategy({1, 2});
  EXPECT_EQ(strategy.PickValue({.last = 5}), 1u);
  EXPECT_FALSE(strategy.is_done());
  EXPECT_EQ(strategy.PickTask({.runnable = kTasks}), 2u);
  EXPECT_TRUE(strategy.is_done());
  EXPECT_EQ(strategy.PickValue({.last = 5}), 0u);
  EXPECT_EQ(strategy.PickTask({.runnable = kTasks}), 0u);
}

TEST(ScriptedStrategyTest, KeepsTheQuestionsInOrder) {
  ScriptedStrategy strategy;
  strategy.PickValue({.kind = ChoiceKind::kDrop, .last = 1, .draw = 8});
  strategy.PickTask({.runnable = kTasks, .point = 6, .current = {4}});
  ASSERT_EQ(strategy.questions().size(), 2u);
  EXPECT_EQ(strategy.questions()[0].kind, ChoiceKind::kDrop);
  EXPECT_EQ(strategy.questions()[0].draw, 8u);
  EXPECT_EQ(strategy.questions()[1].kind, ChoiceKind::kTask);
  EXPECT_EQ(strategy.questions()[1].last, 2u);
  EXPECT_EQ(strategy.questions()[1].key,
            (ChoiceKey{{4}, ChoiceKind::kTask, 6}));
}

TEST(ScriptedStrategyTest, AnyNumberOfRunsShareTheScript) {
  ScriptedStrategy strategy({1, 2});
  EXPECT_TRUE(strategy.Begin(0));
  EXPECT_EQ(strategy.PickValue({.last = 5}), 1u);
  EXPECT_TRUE(strategy.Begin(9));
  EXPECT_EQ(strategy.PickValue({.last = 5}), 2u);
}

}  // namespace
}  // namespace fozzy
