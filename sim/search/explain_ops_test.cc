#include "sim/search/explain_ops.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/core/list_strategy.h"
#include "sim/testing/tiny_subject.h"

namespace fozzy {
namespace {

constexpr ChoiceKind kTask = ChoiceKind::kTask;

// Returns the ops around question `critical` of the run with these answers.
CriticalOps OpsOf(const TinyProgram& program,
                  const std::vector<Decision>& decisions, size_t critical) {
  TinySubject subject(program);
  ListStrategy replay({.decisions = decisions});
  OpRecorder recorder({.inner = &replay, .ops_max = 100, .questions_max = 100});
  recorder.Begin(0);
  subject.Run(recorder, nullptr);
  return CriticalOpsOf(recorder, critical);
}

uint32_t SiteOf(const std::optional<Op>& op) { return op ? op->site : 0; }

TEST(ExplainOpsTest, WhatThereIsNoRoomForIsCountedOnly) {
  TinySubject subject(LostUpdate(2, 3));
  CalmStrategy calm;
  OpRecorder recorder({.inner = &calm, .ops_max = 5, .questions_max = 2});
  for (int round = 0; round < 2; ++round) {
    recorder.Begin(0);
    subject.Run(recorder, nullptr);
    EXPECT_EQ(recorder.ops_count(), 16u) << round;
    EXPECT_EQ(recorder.ops().size(), 5u) << round;
    EXPECT_EQ(recorder.questions_count(), 8u) << round;
    EXPECT_EQ(recorder.questions().size(), 2u) << round;
  }
}

TEST(ExplainOpsTest, ASwitchComesBetweenTwoOpsOfATaskAndAThirdOfAnother) {
  // Task 2 loads, task 3 loads and stores, task 2 stores.
  const CriticalOps ops = OpsOf(
      LostUpdate(2, 0), {{kTask, {0}, 0}, {kTask, {2}, 1}, {kTask, {3}, 0}}, 1);
  EXPECT_EQ(SiteOf(ops.then), 3000u);
  EXPECT_EQ(SiteOf(ops.left_done), 2000u);
  EXPECT_EQ(SiteOf(ops.left_next), 2002u);
  EXPECT_EQ(SiteOf(ops.other), 3000u);
  EXPECT_EQ(SiteOf(ops.left), 2002u);
  EXPECT_FALSE(ops.left_is_first);
}

TEST(ExplainOpsTest, ADecisionToGoOnIsExplainedByTheSwitchBefore) {
  const CriticalOps ops = OpsOf(
      LostUpdate(2, 0), {{kTask, {0}, 0}, {kTask, {2}, 1}, {kTask, {3}, 0}}, 2);
  EXPECT_EQ(SiteOf(ops.then), 3002u);
  EXPECT_EQ(SiteOf(ops.left_done), 2000u);
  EXPECT_EQ(SiteOf(ops.left_next), 2002u);
}

TEST(ExplainOpsTest, TheOpsThatMeetMayLieFartherAway) {
  // Task 2 announces; task 3 acts on it and does not get to undo that.
  std::vector<Decision> decisions = {{kTask, {0}, 0}, {kTask, {2}, 1}};
  for (int i = 0; i < 2; ++i) decisions.push_back({kTask, {3}, 0});
  decisions.push_back({kTask, {3}, 1});
  const CriticalOps ops =
      OpsOf(TwoPreemptions(1), decisions, decisions.size() - 1);
  EXPECT_EQ(SiteOf(ops.then), 2002u);       // padding
  EXPECT_EQ(SiteOf(ops.left_done), 3004u);  // the store
  EXPECT_EQ(SiteOf(ops.left_next), 3005u);  // padding
  EXPECT_EQ(SiteOf(ops.other), 2003u);
  EXPECT_EQ(SiteOf(ops.left), 3004u);
  EXPECT_TRUE(ops.left_is_first);
}

TEST(ExplainOpsTest, AStaleLoadIsExplainedByTheStoreItDidNotRead) {
  const TinyProgram program = {
      .tasks = {
          {},
          {},
          {{TinyKind::kSet, 1}, {TinyKind::kStore, 0}, {TinyKind::kStore, 1}},
          {{TinyKind::kLoadAny, 0}}}};
  // Task 2 stores twice, task 3 reads what was there before.
  const CriticalOps ops = OpsOf(
      program,
      {{kTask, {0}, 0}, {kTask, {2}, 0}, {ChoiceKind::kReadsFrom, {3}, 1}}, 2);
  EXPECT_EQ(SiteOf(ops.then), 3000u);
  EXPECT_EQ(SiteOf(ops.left_done), 2001u);
  EXPECT_FALSE(ops.left_next.has_value());
}

TEST(ExplainOpsTest, ObjectsOfDifferentFamiliesDoNotMeet) {
  const TinyProgram program = {
      .tasks = {{},
                {},
                {{TinyKind::kLoad, 0}, {TinyKind::kStore, 0}},
                {{TinyKind::kLock, 0}, {TinyKind::kUnlock, 0}}}};
  const CriticalOps ops = OpsOf(program, {{kTask, {0}, 0}, {kTask, {2}, 1}}, 1);
  EXPECT_EQ(SiteOf(ops.then), 3000u);
  EXPECT_FALSE(ops.other.has_value());
  EXPECT_FALSE(ops.left.has_value());
}

}  // namespace
}  // namespace fozzy
