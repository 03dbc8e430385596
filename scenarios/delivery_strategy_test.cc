#include "scenarios/delivery_strategy.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace fozzy {
namespace {

// Keeps what it is asked and takes what comes last.
class LastStrategy final : public Strategy {
 public:
  bool Begin(uint64_t) override { return true; }
  uint32_t PickTask(const TaskChoice& choice) override {
    for (const TaskId task : choice.runnable) asked.push_back(task.value);
    current = choice.current.value;
    EXPECT_GT(choice.pending.size(), choice.runnable.back().value);
    object = choice.pending[choice.runnable.back().value].object;
    return static_cast<uint32_t>(choice.runnable.size() - 1);
  }
  uint64_t PickValue(const ValueChoice&) override { return 7; }
  bool WantsOps() const override { return true; }
  void Executed(const Op& op) override { executed.push_back(op.task.value); }

  std::vector<uint32_t> asked;
  uint32_t current = 0;
  uint32_t object = 0;
  std::vector<uint32_t> executed;
};

Op OpOf(uint32_t task, uint32_t object) {
  Op op;
  op.kind = OpKind::kReadModifyWrite;
  op.object = object;
  op.task = TaskId{task};
  return op;
}

TEST(DeliveryStrategyTest, WhatIsOfferedAreTheTasks) {
  LastStrategy last;
  DeliveryStrategy strategy(last);
  strategy.Begin(0);
  const std::array offers = {OpOf(0, 1), OpOf(3, 2), OpOf(9, 5)};
  EXPECT_EQ(strategy.PickValue(
                {.kind = ChoiceKind::kProgress, .last = 2, .offers = offers}),
            2u);
  EXPECT_EQ(last.asked, (std::vector<uint32_t>{0, 3, 9}));
  EXPECT_EQ(last.object, 5u);
  EXPECT_EQ(last.executed, std::vector<uint32_t>{9});
  EXPECT_EQ(last.current, 0u);

  const std::array rest = {OpOf(0, 1), OpOf(3, 2)};
  EXPECT_EQ(strategy.PickValue(
                {.kind = ChoiceKind::kProgress, .last = 1, .offers = rest}),
            1u);
  EXPECT_EQ(last.current, 9u);
  strategy.Begin(1);
  strategy.PickValue({.kind = ChoiceKind::kDeliver, .last = 1, .offers = rest});
  EXPECT_EQ(last.current, 0u);
}

TEST(DeliveryStrategyTest, NumbersAreLeftToTheOther) {
  LastStrategy last;
  DeliveryStrategy strategy(last);
  strategy.Begin(0);
  EXPECT_EQ(strategy.PickValue({.kind = ChoiceKind::kRandom, .last = 9}), 7u);
  EXPECT_TRUE(last.asked.empty());
}

}  // namespace
}  // namespace fozzy
