#include "sim/search/shrink_trial.h"

#include <gtest/gtest.h>

#include "sim/testing/tiny_subject.h"

namespace fozzy {
namespace {

constexpr RunMeasure kAny = {.preemptions = kForever};
constexpr char kLost[] = "assertion/end@0";

// LostUpdate(2, 0): task 2 loads, task 3 does all, task 2 stores.
const Candidate kFails = {.schedule = {{{2}, 1}, {{3}, 9}}, .answers = {}};
const Candidate kPasses = {};

// A subject whose runs differ although the answers do not.
class UnstableSubject final : public Subject {
 public:
  RunOutcome Run(Strategy&, RecordedRun*) override {
    RunOutcome outcome;
    outcome.finding = Finding{FindingKind::kPanic, "panic", "", {}, ""};
    outcome.digest.Mix(runs_++);
    return outcome;
  }

 private:
  uint64_t runs_ = 0;
};

TEST(ShrinkTrialTest, ACandidateThatFailsAsWantedIsRecorded) {
  TinySubject subject(LostUpdate(2, 0));
  const Trial trial =
      TryCandidate(subject, kFails, {.signature = kLost, .measure = kAny});
  EXPECT_TRUE(trial.is_reached);
  EXPECT_EQ(trial.measure, (RunMeasure{.preemptions = 1,
                                       .switches = 2,
                                       .sum_low = 1,
                                       .places = 2,
                                       .points = 4}));
  EXPECT_EQ(CandidateOf(trial.recorded).schedule,
            (std::vector<Segment>{{{2}, 1}, {{3}, 1}}));
  EXPECT_EQ(Signature(*trial.outcome.finding), kLost);
}

TEST(ShrinkTrialTest, ACandidateThatPassesOrFailsOtherwiseIsNot) {
  TinySubject subject(LostUpdate(2, 0));
  EXPECT_FALSE(
      TryCandidate(subject, kPasses, {.signature = kLost, .measure = kAny})
          .is_reached);
  EXPECT_FALSE(TryCandidate(subject, kFails,
                            {.signature = "assertion/end@1", .measure = kAny})
                   .is_reached);
  EXPECT_EQ(subject.runs(), 2u);  // nothing was recorded
}

TEST(ShrinkTrialTest, ACandidateMustBeSimplerThanTheGoal) {
  TinySubject subject(LostUpdate(2, 0));
  const RunMeasure measure =
      TryCandidate(subject, kFails, {.signature = kLost, .measure = kAny})
          .measure;
  EXPECT_FALSE(
      TryCandidate(subject, kFails, {.signature = kLost, .measure = measure})
          .is_reached);
}

TEST(ShrinkTrialTest, ALongRunIsGivenUp) {
  TinySubject subject(LostUpdate(2, 10));
  Goal goal = {.signature = "assertion/end@0", .measure = kAny};
  const Candidate fails = {.schedule = {{{2}, 11}, {{3}, 99}}, .answers = {}};
  EXPECT_TRUE(TryCandidate(subject, fails, goal).is_reached);
  goal.points_max = 5;
  EXPECT_FALSE(TryCandidate(subject, fails, goal).is_reached);
}

TEST(ShrinkTrialTest, ARunThatComesOutDifferentlyIsUnstable) {
  UnstableSubject subject;
  const Trial trial = TryCandidate(
      subject, kFails, {.signature = "panic/panic", .measure = kAny});
  EXPECT_TRUE(trial.is_unstable);
  EXPECT_FALSE(trial.is_reached);
}

TEST(ShrinkTrialTest, OneByOneEndsWithTheFirstThatReachesTheGoal) {
  TinySubject subject(LostUpdate(2, 0));
  const Candidate candidates[] = {kPasses, kFails, kFails};
  const std::vector<Trial> trials =
      TryOneByOne(subject)(candidates, {.signature = kLost, .measure = kAny});
  ASSERT_EQ(trials.size(), 2u);
  EXPECT_FALSE(trials[0].is_reached);
  EXPECT_TRUE(trials[1].is_reached);
}

}  // namespace
}  // namespace fozzy
