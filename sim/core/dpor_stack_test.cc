#include "sim/core/dpor_stack.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

Op StoreOp(uint32_t task, uint32_t object) {
  return {.kind = OpKind::kStore, .object = object, .task = TaskId{task}};
}

DporOp Store(uint32_t task, uint32_t object) {
  return DporOpOf(StoreOp(task, object));
}

class DporStackTest : public testing::Test {
 protected:
  // Asks who of `ready` goes on, after `since`.
  bool Push(uint32_t ops, const std::vector<Op>& ready,
            const std::vector<DporOp>& since) {
    std::vector<TaskId> runnable;
    std::vector<Op> pending(8);
    for (const Op& op : ready) {
      runnable.push_back(op.task);
      pending[op.task.value] = op;
    }
    return stack_.PushTask(ops, {.runnable = runnable, .pending = pending},
                           since);
  }

  bool Plan(size_t at, const std::vector<DporOp>& ops) {
    DporSequence sequence(arena_);
    for (const DporOp& op : ops) sequence.ops.push_back(op);
    sequence.needed = ops.size();
    sequence.certain = ops.size();
    sequence.is_whole = true;
    return stack_.Plan(at, sequence, /*names_vary=*/false);
  }

  Arena arena_{TestMemory};
  DporStack stack_{arena_};
};

TEST_F(DporStackTest, WhatIsPlannedComesNext) {
  Push(0, {StoreOp(0, 1), StoreOp(2, 1), StoreOp(3, 1)}, {});
  EXPECT_EQ(stack_[0].answer, 0u);
  Plan(0, {Store(3, 1)});
  EXPECT_EQ(stack_.Advance(), 0u);
  EXPECT_EQ(stack_[0].answer, 2u);
  EXPECT_EQ(stack_.Advance(), DporStack::kDone);
}

TEST_F(DporStackTest, WhatIsImpossibleIsNotPlanned) {
  Push(0, {StoreOp(0, 1), StoreOp(2, 1)}, {});
  EXPECT_TRUE(Plan(0, {Store(3, 1)}));
  EXPECT_EQ(stack_.Advance(), DporStack::kDone);
}

TEST_F(DporStackTest, WhatHasBeenDoneSleepsUntilSomethingDependsOnIt) {
  const std::vector<Op> ready = {StoreOp(0, 1), StoreOp(2, 1), StoreOp(3, 3)};
  Push(0, ready, {});
  Plan(0, {Store(3, 3)});
  stack_.Advance();
  // Task 0 sleeps: task 2 is the first that is awake.
  ASSERT_TRUE(Push(1, {StoreOp(0, 1), StoreOp(2, 1)}, {Store(3, 3)}));
  EXPECT_EQ(stack_[1].answer, 1u);
  // Its store wakes task 0.
  ASSERT_TRUE(Push(2, {StoreOp(0, 1), StoreOp(4, 4)}, {Store(2, 1)}));
  EXPECT_EQ(stack_[2].answer, 0u);
}

TEST_F(DporStackTest, IfAllSleepTheRunIsBlocked) {
  Push(0, {StoreOp(0, 1), StoreOp(2, 1)}, {});
  Plan(0, {Store(2, 1)});
  stack_.Advance();
  EXPECT_FALSE(Push(1, {StoreOp(0, 1), StoreOp(0, 1)}, {Store(3, 3)}));
  EXPECT_EQ(stack_.size(), 1u);
}

TEST_F(DporStackTest, ASleeperThatRunsAllTheSameIsNoticed) {
  Push(0, {StoreOp(0, 1), StoreOp(2, 2)}, {});
  Plan(0, {Store(2, 2)});
  stack_.Advance();
  const std::vector<DporOp> forced = {Store(2, 2), Store(0, 1)};
  EXPECT_TRUE(stack_.HasSleeperRun(forced));
  const std::vector<DporOp> woken = {Store(3, 1), Store(0, 1)};
  EXPECT_FALSE(stack_.HasSleeperRun(woken));
}

TEST_F(DporStackTest, PlansLeadThroughLaterQuestions) {
  const std::vector<Op> ready = {StoreOp(0, 1), StoreOp(2, 2), StoreOp(3, 1)};
  Push(0, ready, {});
  Plan(0, {Store(2, 2), Store(3, 1)});
  stack_.Advance();
  EXPECT_EQ(stack_[0].answer, 1u);
  Push(1, {StoreOp(0, 1), StoreOp(3, 1)}, {Store(2, 2)});
  EXPECT_EQ(stack_[1].answer, 1u);
  EXPECT_FALSE(stack_[1].is_free);
}

TEST_F(DporStackTest, QuestionsAreFoundByTheOpThatCameAfter) {
  Push(0, {StoreOp(0, 1), StoreOp(2, 1)}, {});
  stack_.PushValue(1, 3);
  Push(1, {StoreOp(0, 1), StoreOp(2, 1)}, {Store(0, 1)});
  stack_.PushValue(3, 3);
  EXPECT_EQ(stack_.TaskQuestionAt(0), 0u);
  EXPECT_EQ(stack_.TaskQuestionAt(1), 2u);
  EXPECT_EQ(stack_.TaskQuestionAt(2), stack_.size());
  EXPECT_EQ(stack_.TaskQuestionAt(3), stack_.size());
}

TEST_F(DporStackTest, ADeadlineThatCanPassIsPlanned) {
  const Op deadline = {.kind = OpKind::kTimer, .task = kTimerTask};
  Push(0, {StoreOp(0, 1), deadline}, {});
  EXPECT_EQ(stack_.planned(), 1u);
  stack_.Advance();
  EXPECT_EQ(stack_[0].answer, 1u);
}

}  // namespace
}  // namespace fozzy
