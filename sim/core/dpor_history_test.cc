#include "sim/core/dpor_history.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

// Task 0 runs first, then task 2, with a question before each of their ops.
class DporHistoryTest : public testing::Test {
 protected:
  // Executes `first` by task 0 and then `second` by task 2.
  void Run(const std::vector<Op>& first, const std::vector<Op>& second) {
    std::vector<Op> ops;
    for (Op op : first) {
      op.task = {0};
      ops.push_back(op);
    }
    for (Op op : second) {
      op.task = {2};
      ops.push_back(op);
    }
    const std::vector<TaskId> runnable = {{0}, {2}};
    uint32_t since = 0;
    for (size_t i = 0; i < ops.size(); ++i) {
      if (i < first.size()) {
        const std::vector<Op> pending = {ops[i], {}, ops[first.size()]};
        stack_.PushTask(history_.size(),
                        {.runnable = runnable, .pending = pending},
                        history_.Since(since));
        since = history_.size();
      }
      history_.Append(ops[i]);
    }
    history_.PlanReversals(0, /*is_whole=*/true, {});
  }

  Arena arena_{TestMemory};
  DporStack stack_{arena_};
  DporHistory history_{arena_, stack_};
};

constexpr Op kLoad = {.kind = OpKind::kLoad, .object = 1};
constexpr Op kStore = {.kind = OpKind::kStore, .object = 1};
constexpr Op kOther = {.kind = OpKind::kStore, .object = 2};
constexpr Op kLock = {.kind = OpKind::kLock, .object = 3};
constexpr Op kUnlock = {.kind = OpKind::kUnlock, .object = 3};

TEST_F(DporHistoryTest, IndependentOpsAreNoRace) {
  Run({kStore}, {kOther});
  EXPECT_EQ(stack_.planned(), 0u);
}

TEST_F(DporHistoryTest, TwoLoadsAreNoRace) {
  Run({kLoad}, {kLoad});
  EXPECT_EQ(stack_.planned(), 0u);
}

TEST_F(DporHistoryTest, ALoadAndAStoreAreOne) {
  Run({kOther, kLoad}, {kStore});
  EXPECT_EQ(stack_.planned(), 1u);
  EXPECT_EQ(stack_.Advance(), 1u);  // reversed at the second question
}

TEST_F(DporHistoryTest, OnlyTheLastStoreIsRacedWith) {
  Run({kStore, kStore}, {kStore});
  EXPECT_EQ(stack_.planned(), 1u);
  EXPECT_EQ(stack_.Advance(), 1u);
}

TEST_F(DporHistoryTest, LocksRaceWithTheBeginOfASection) {
  Run({kLock, kStore, kUnlock}, {kLock, kStore, kUnlock});
  EXPECT_EQ(stack_.Advance(), 0u);
  // The stores are ordered by the lock, and nothing else is planned.
  EXPECT_EQ(stack_.Advance(), DporStack::kDone);
}

TEST_F(DporHistoryTest, WhatIsKnownIsNotPlannedTwice) {
  Run({kOther, kLoad}, {kStore});
  stack_.Advance();
  EXPECT_EQ(stack_.planned(), 0u);
  history_.PlanReversals(3, /*is_whole=*/true, {});
  EXPECT_EQ(stack_.planned(), 0u);
}

}  // namespace
}  // namespace fozzy
