#include "sim/search/shrink.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/testing/tiny_subject.h"

namespace fozzy {
namespace {

constexpr uint64_t kRandom = static_cast<uint64_t>(ChoiceKind::kRandom);
constexpr uint64_t kFault = static_cast<uint64_t>(ChoiceKind::kFault);

struct Shrunk {
  TinyFailure failure;
  ShrinkReport report;
};

Shrunk FindAndShrink(const TinyProgram& program, uint64_t seed,
                     ShrinkOptions options = {}) {
  TinySubject subject(program);
  std::optional<TinyFailure> failure = FindFailure(subject, seed);
  EXPECT_TRUE(failure.has_value()) << seed;
  if (!failure) return {};
  options.try_candidates = TryOneByOne(subject);
  absl::StatusOr<ShrinkReport> report =
      Shrink(failure->run, failure->finding, options);
  EXPECT_TRUE(report.ok()) << report.status();
  if (!report.ok()) return {};
  EXPECT_TRUE(report->outcome.finding.has_value());
  EXPECT_EQ(Signature(*report->outcome.finding), Signature(failure->finding));
  return {*std::move(failure), *std::move(report)};
}

// One task, which is there from the start.
TinyProgram Single(const std::vector<TinyCode>& task) {
  return {.tasks = {{}, {}, task}};
}

std::vector<uint64_t> Answers(const RecordedRun& run) {
  std::vector<uint64_t> answers;
  for (const KeyedAnswer& entry : run.answers) answers.push_back(entry.answer);
  return answers;
}

TEST(ShrinkTest, ALostUpdateNeedsOnePreemption) {
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Shrunk shrunk = FindAndShrink(LostUpdate(3, 10), seed);
    EXPECT_GT(shrunk.report.before.preemptions, 10u) << seed;
    EXPECT_EQ(shrunk.report.after.preemptions, 1u) << seed;
    EXPECT_LT(shrunk.report.runs, 500u) << seed;
    EXPECT_TRUE(shrunk.report.is_fixpoint) << seed;
  }
}

TEST(ShrinkTest, ADeadlockOfTwoLocksNeedsOnePreemption) {
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Shrunk shrunk = FindAndShrink(OppositeLocks(10), seed);
    EXPECT_EQ(shrunk.report.after.preemptions, 1u) << seed;
    EXPECT_LT(shrunk.report.runs, 500u) << seed;
  }
}

TEST(ShrinkTest, TwoPreemptionsAreKeptWhereTwoAreNeeded) {
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Shrunk shrunk = FindAndShrink(TwoPreemptions(10), seed);
    EXPECT_EQ(shrunk.report.after.preemptions, 2u) << seed;
    EXPECT_EQ(shrunk.report.after.switches, 3u) << seed;
    EXPECT_LT(shrunk.report.runs, 5'000u) << seed;
  }
}

// It finds the finding without a preemption: task 3 must go first.
TEST(ShrinkTest, AnOrderOfTasksIsFoundWithoutAPreemption) {
  const TinyProgram program = {
      .tasks = {
          {},
          {},
          {{TinyKind::kLoad, 0},
           {TinyKind::kLoad, 0},
           {TinyKind::kSkipUnless, 1, 1},
           {TinyKind::kFail, 0},
           {TinyKind::kLoad, 0}},
          {{TinyKind::kSet, 1}, {TinyKind::kStore, 0}, {TinyKind::kLoad, 0}}}};
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Shrunk shrunk = FindAndShrink(program, seed);
    EXPECT_EQ(shrunk.report.after.preemptions, 0u) << seed;
  }
}

TEST(ShrinkTest, ANumberBecomesTheSmallestThatFails) {
  const TinyProgram program = Single({{TinyKind::kAsk, kRandom, 1'000'000},
                                      {TinyKind::kAsk, kRandom, 1'000'000},
                                      {TinyKind::kSkipBelow, 1'000, 1},
                                      {TinyKind::kFail, 0}});
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Shrunk shrunk = FindAndShrink(program, seed);
    EXPECT_EQ(Answers(shrunk.report.run), (std::vector<uint64_t>{0, 1'000}))
        << seed;
    EXPECT_LT(shrunk.report.runs, 100u) << seed;
  }
}

TEST(ShrinkTest, OfManyFaultsTheOneThatMattersIsLeft) {
  std::vector<TinyCode> task;
  for (uint64_t i = 0; i < 10; ++i) {
    task.push_back({TinyKind::kAsk, kFault, 1});
    if (i != 6) continue;
    task.push_back({TinyKind::kSkipUnless, 1, 2});
    task.push_back({TinyKind::kSet, 5});
    task.push_back({TinyKind::kStore, 0});
  }
  TinyProgram program = Single(task);
  program.expects = {{0, 0}};
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Shrunk shrunk = FindAndShrink(program, seed);
    EXPECT_EQ(shrunk.report.after.faults, 1u) << seed;
    EXPECT_EQ(Answers(shrunk.report.run),
              (std::vector<uint64_t>{0, 0, 0, 0, 0, 0, 1, 0, 0, 0}))
        << seed;
  }
}

// A loop of 1 to 20 rounds asks for numbers; one of at least 500 fails.  Less
// rounds are needed once the number comes in an earlier one.
TEST(ShrinkTest, ALoopIsLeftAfterItsFirstRound) {
  const TinyProgram program = {.tasks = {{},
                                         {},
                                         {{TinyKind::kAsk, kRandom, 20},
                                          {TinyKind::kStore, 1},
                                          {TinyKind::kAsk, kRandom, 999},
                                          {TinyKind::kSkipBelow, 500, 1},
                                          {TinyKind::kFail, 0},
                                          {TinyKind::kLoad, 1},
                                          {TinyKind::kSkipBelow, 1, 2},
                                          {TinyKind::kAdd, ~uint64_t{0}},
                                          {TinyKind::kStore, 1},
                                          {TinyKind::kLoop, 0, 7}}}};
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Shrunk shrunk = FindAndShrink(program, seed);
    EXPECT_EQ(Answers(shrunk.report.run), (std::vector<uint64_t>{0, 500}))
        << seed;
  }
}

// Less than 100 fails as well, but with another finding.
TEST(ShrinkTest, AnotherFindingDoesNotCount) {
  const TinyProgram program = Single({{TinyKind::kAsk, kRandom, 1'000},
                                      {TinyKind::kSkipBelow, 100, 1},
                                      {TinyKind::kFail, 1},
                                      {TinyKind::kFail, 2}});
  bool has_seen_first = false;
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Shrunk shrunk = FindAndShrink(program, seed);
    if (shrunk.failure.finding.step != 1) continue;
    has_seen_first = true;
    EXPECT_EQ(Answers(shrunk.report.run), std::vector<uint64_t>{100}) << seed;
  }
  EXPECT_TRUE(has_seen_first);
}

TEST(ShrinkTest, OnlyWhatIsWantedIsMadeSmaller) {
  TinyProgram program = LostUpdate(2, 5);
  program.tasks[2].insert(program.tasks[2].begin(), 20,
                          {TinyKind::kAsk, kRandom, 9});
  program.tasks[3].insert(program.tasks[3].begin(), 20,
                          {TinyKind::kAsk, kFault, 9});
  const Shrunk schedule = FindAndShrink(
      program, 1, {.shrinks_faults = false, .shrinks_input = false});
  EXPECT_EQ(schedule.report.after.preemptions, 1u);
  EXPECT_EQ(schedule.report.after.faults, schedule.report.before.faults);
  EXPECT_EQ(schedule.report.after.values, schedule.report.before.values);
  const Shrunk faults = FindAndShrink(
      program, 1, {.shrinks_schedule = false, .shrinks_input = false});
  EXPECT_EQ(faults.report.after.preemptions, faults.report.before.preemptions);
  EXPECT_EQ(faults.report.after.faults, 0u);
  EXPECT_EQ(faults.report.after.values, faults.report.before.values);
  const Shrunk input = FindAndShrink(
      program, 1, {.shrinks_schedule = false, .shrinks_faults = false});
  EXPECT_EQ(input.report.after.faults, input.report.before.faults);
  EXPECT_EQ(input.report.after.values, 0u);
}

TEST(ShrinkTest, AShortBudgetGivesWhatThereIs) {
  for (const uint64_t runs_max : {1u, 2u, 10u, 20u}) {
    const Shrunk shrunk =
        FindAndShrink(LostUpdate(3, 10), 5, {.runs_max = runs_max});
    EXPECT_EQ(shrunk.report.runs, runs_max);
    EXPECT_FALSE(shrunk.report.is_fixpoint) << runs_max;
    EXPECT_LE(shrunk.report.after, shrunk.report.before) << runs_max;
  }
}

TEST(ShrinkTest, AFindingThatDoesNotComeBackIsRefused) {
  TinySubject subject(LostUpdate(2, 2));
  std::optional<TinyFailure> failure = FindFailure(subject, 1);
  ASSERT_TRUE(failure.has_value());
  TinySubject other(LostUpdate(1, 2));
  const absl::Status status = Shrink(failure->run, failure->finding,
                                     {.try_candidates = TryOneByOne(other)})
                                  .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(),
            "repeating the run does not lead to the finding "
            "\"assertion/end@0\" again");
}

TEST(ShrinkTest, ARunWithObservationsIsRefused) {
  EXPECT_TRUE(CheckNoObservations(0).ok());
  EXPECT_EQ(CheckNoObservations(1).message(),
            "the trace holds 1 observation of the host, and a changed run "
            "would ask the host anew: record it with virtual backends");
  EXPECT_EQ(CheckNoObservations(2).code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace fozzy
