#include "sim/core/dpor_record.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

class DporRecordTest : public testing::Test {
 protected:
  void AddAll(const std::vector<DporOp>& ops,
              const std::vector<DporAnswer>& answers = {}) {
    ops_ = ops;
    answers_ = answers;
    record_.Start(ops_, answers_, {.tasks = 5, .objects = 10});
    for (DporMark op = 1; op <= ops_.size(); ++op) record_.Add(op);
  }

  Arena arena_{TestMemory};
  DporStack stack_{arena_};
  DporRecord record_{arena_, stack_};
  std::vector<DporOp> ops_;
  std::vector<DporAnswer> answers_;
};

TEST_F(DporRecordTest, KnowsTheLastWriteAndTheReadsOfEachTask) {
  AddAll({{0, 1, OpKind::kStore},
          {2, 1, OpKind::kLoad},
          {0, 2, OpKind::kStore},
          {2, 1, OpKind::kLoad}});
  EXPECT_EQ(record_.object(1).write, 1u);
  EXPECT_EQ(record_.use(1, 2).shared, 4u);
  EXPECT_EQ(record_.use(1, 0).shared, 0u);
  EXPECT_EQ(record_.task(0).last, 3u);
}

TEST_F(DporRecordTest, EveryRunStartsWithNothing) {
  AddAll({{0, 1, OpKind::kStore}, {2, 1, OpKind::kLoad}});
  AddAll({{0, 2, OpKind::kStore}});
  EXPECT_EQ(record_.object(1).write, 0u);
  EXPECT_EQ(record_.use(1, 2).shared, 0u);
  EXPECT_EQ(record_.task(2).last, 0u);
}

TEST_F(DporRecordTest, ARecursiveSectionEndsWithItsLastUnlock) {
  AddAll({{0, 1, OpKind::kLock},
          {0, 1, OpKind::kLock},
          {0, 1, OpKind::kUnlock},
          {0, 1, OpKind::kUnlock}});
  EXPECT_EQ(record_.object(1).section.begin, 1u);
  EXPECT_EQ(record_.object(1).section.end, 4u);
}

TEST_F(DporRecordTest, ALockThatIsTriedWhileItIsHeldStaysWhereItIs) {
  AddAll({{0, 1, OpKind::kLock}, {2, 1, OpKind::kTryLock}});
  EXPECT_EQ(record_.object(1).holder, 0u);
  EXPECT_EQ(record_.object(1).section.begin, 1u);
}

// Task 0 and then task 2 wait for condition 9; whoever is told goes on.
const std::vector<DporOp> kTwoWait = {
    {0, 1, OpKind::kLock}, {0, 9, OpKind::kWait},   {2, 1, OpKind::kLock},
    {2, 9, OpKind::kWait}, {3, 9, OpKind::kNotify}, {0, 1, OpKind::kLock}};

TEST_F(DporRecordTest, AConditionGivesItsLockBack) {
  std::vector<DporOp> ops = kTwoWait;
  ops.resize(2);
  ops.push_back({3, 9, OpKind::kNotify});
  ops.push_back({0, 1, OpKind::kLock});
  AddAll(ops);
  EXPECT_EQ(record_.object(1).section.begin, 4u);
}

TEST_F(DporRecordTest, ANotifyTellsAllThatWait) {
  std::vector<DporOp> ops = kTwoWait;
  ops.pop_back();
  AddAll(ops);
  EXPECT_EQ(record_.task(0).told, 5u);
  EXPECT_EQ(record_.task(2).told, 5u);
}

TEST_F(DporRecordTest, ANotifyThatAskedWhomTellsOne) {
  std::vector<DporOp> ops = kTwoWait;
  ops.pop_back();
  AddAll(ops, {{.op = 5, .kind = ChoiceKind::kWake, .answer = 1}});
  EXPECT_EQ(record_.task(0).told, 0u);
  EXPECT_EQ(record_.task(2).told, 5u);
  EXPECT_TRUE(record_.IsUntold(0, 1));
  EXPECT_FALSE(record_.IsUntold(2, 1));
}

TEST_F(DporRecordTest, ASemaphoreIsNotWaitedForAfterItWasHad) {
  AddAll({{0, 9, OpKind::kWait}, {0, 1, OpKind::kStore}});
  EXPECT_EQ(record_.task(0).wait, 0u);
  EXPECT_EQ(record_.object(9).wait, 1u);
}

}  // namespace
}  // namespace fozzy
