#include "sim/search/explain.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/core/list_strategy.h"
#include "sim/testing/tiny_subject.h"

namespace fozzy {
namespace {

constexpr uint64_t kRandom = static_cast<uint64_t>(ChoiceKind::kRandom);

// Runs the list `decisions`, which is to fail.
TinyFailure FailureOf(Subject& subject,
                      const std::vector<Decision>& decisions) {
  ListStrategy list({.decisions = decisions});
  list.Begin(0);
  TinyFailure failure;
  const RunOutcome outcome = subject.Run(list, &failure.run);
  EXPECT_TRUE(outcome.finding.has_value());
  if (outcome.finding) failure.finding = *outcome.finding;
  return failure;
}

Explanation ExplainIt(Subject& subject, const TinyFailure& failure,
                      const ExplainOptions& options = {}) {
  absl::StatusOr<Explanation> explanation =
      Explain(subject, failure.run, failure.finding, options);
  EXPECT_TRUE(explanation.ok()) << explanation.status();
  return explanation.ok() ? *std::move(explanation) : Explanation{};
}

// One task that asks for `before` numbers, for one that must be below 10 of
// 1000, and for `after` more.
TinyProgram OneNumberOfMany(uint64_t before, uint64_t after) {
  std::vector<TinyCode> task(before, {TinyKind::kAsk, kRandom, 1'000});
  task.push_back({TinyKind::kAsk, kRandom, 999});
  task.push_back({TinyKind::kStore, 0});
  task.insert(task.end(), after, {TinyKind::kAsk, kRandom, 1'000});
  task.push_back({TinyKind::kLoad, 0});
  task.push_back({TinyKind::kSkipBelow, 990, 1});
  task.push_back({TinyKind::kFail, 0});
  return {.tasks = {{}, {}, task}};
}

TEST(ExplainTest, TheNumberThatMattersIsTheCriticalDecision) {
  for (const uint64_t before : {0u, 1u, 7u, 200u}) {
    for (const uint64_t after : {0u, 1u, 300u}) {
      TinySubject subject(OneNumberOfMany(before, after));
      std::vector<Decision> decisions(before + 1 + after,
                                      {ChoiceKind::kRandom, {2}, 5});
      decisions[before].answer = 995;
      const Explanation explanation =
          ExplainIt(subject, FailureOf(subject, decisions));
      EXPECT_EQ(explanation.decisions, before + 1 + after);
      EXPECT_EQ(explanation.inevitable_from, before + 1);
      EXPECT_EQ(explanation.critical, before);
      EXPECT_EQ(explanation.critical_decision, decisions[before]);
      // One in a hundred.
      EXPECT_LE(explanation.failures_before, 8u);
      EXPECT_EQ(explanation.failures_after, explanation.samples);
      EXPECT_LT(subject.runs(), 96u * 64u);
    }
  }
}

TEST(ExplainTest, ALostUpdateIsInevitableOnceBothHaveLoaded) {
  TinySubject subject(LostUpdate(2, 2));
  // Task 2 loads twice elsewhere and then the number; task 3 likewise.
  std::vector<Decision> decisions = {{ChoiceKind::kTask, {0}, 0}};
  for (int i = 0; i < 2; ++i) decisions.push_back({ChoiceKind::kTask, {2}, 0});
  decisions.push_back({ChoiceKind::kTask, {2}, 1});
  const Explanation explanation =
      ExplainIt(subject, FailureOf(subject, decisions));
  // Three ops of task 2, then three of task 3.
  EXPECT_EQ(explanation.inevitable_from, 6u);
  EXPECT_EQ(explanation.critical, 5u);
  ASSERT_TRUE(explanation.ops.then && explanation.ops.left_done &&
              explanation.ops.left_next);
  EXPECT_EQ(explanation.ops.then->site, 3002u);
  EXPECT_EQ(explanation.ops.left_done->site, 2002u);
  EXPECT_EQ(explanation.ops.left_next->site, 2004u);
}

TEST(ExplainTest, WhereAllRunsFailNoDecisionIsCritical) {
  TinySubject subject({.tasks = {{},
                                 {},
                                 {{TinyKind::kAsk, kRandom, 9},
                                  {TinyKind::kAsk, kRandom, 9},
                                  {TinyKind::kFail, 0}}}});
  const Explanation explanation = ExplainIt(subject, FailureOf(subject, {}));
  EXPECT_EQ(explanation.inevitable_from, 0u);
  EXPECT_FALSE(explanation.critical.has_value());
  EXPECT_EQ(explanation.beginnings.front().failures, explanation.samples);
}

TEST(ExplainTest, ARunWithoutDecisionsIsInevitable) {
  TinySubject subject({.tasks = {{}, {}, {{TinyKind::kFail, 0}}}});
  const Explanation explanation = ExplainIt(subject, FailureOf(subject, {}));
  EXPECT_EQ(explanation.decisions, 0u);
  EXPECT_EQ(explanation.inevitable_from, 0u);
  EXPECT_FALSE(explanation.critical.has_value());
}

TEST(ExplainTest, AnotherFindingIsNotTheSameFailure) {
  // Any number fails, but only numbers above 990 as in this run.
  TinySubject subject({.tasks = {{},
                                 {},
                                 {{TinyKind::kAsk, kRandom, 999},
                                  {TinyKind::kSkipBelow, 990, 1},
                                  {TinyKind::kFail, 1},
                                  {TinyKind::kFail, 2}}}});
  const Explanation explanation =
      ExplainIt(subject, FailureOf(subject, {{ChoiceKind::kRandom, {2}, 995}}));
  EXPECT_EQ(explanation.inevitable_from, 1u);
  EXPECT_EQ(explanation.critical, 0u);
  EXPECT_LE(explanation.failures_before, 8u);
}

TEST(ExplainTest, IsTheSameTwiceAndKeepsToItsBudget) {
  TinySubject subject(TwoPreemptions(20));
  const std::optional<TinyFailure> failure = FindFailure(subject, 3);
  ASSERT_TRUE(failure.has_value());
  const ExplainOptions options = {
      .seed = 5, .samples = 16, .beginnings_max = 9};
  const uint64_t runs = subject.runs();
  const Explanation first = ExplainIt(subject, *failure, options);
  EXPECT_LE(subject.runs() - runs, 16u * 9 + 3);
  const Explanation second = ExplainIt(subject, *failure, options);
  EXPECT_EQ(first.beginnings, second.beginnings);
  EXPECT_EQ(first.critical, second.critical);
  EXPECT_LE(first.beginnings.size(), 9u);
  for (size_t i = 1; i < first.beginnings.size(); ++i) {
    EXPECT_LT(first.beginnings[i - 1].kept, first.beginnings[i].kept) << i;
  }
}

TEST(ExplainTest, AFindingThatDoesNotComeBackIsRefused) {
  TinySubject subject(LostUpdate(2, 2));
  const std::optional<TinyFailure> failure = FindFailure(subject, 3);
  ASSERT_TRUE(failure.has_value());
  TinySubject other(LostUpdate(1, 2));
  const absl::Status status =
      Explain(other, failure->run, failure->finding).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace fozzy
