// What holds of shrinking whatever the program.
#include <gtest/gtest.h>

#include <vector>

#include "sim/core/list_strategy.h"
#include "sim/search/shrink.h"
#include "sim/testing/random_program.h"
#include "sim/testing/tiny_subject.h"

namespace fozzy {
namespace {

constexpr uint32_t kPrograms = 150;

// Calls `test(subject, failure)` for random programs that fail.
template <typename Test>
void ForFailures(Test test) {
  uint64_t failures = 0;
  for (uint32_t seed = 0; seed < kPrograms; ++seed) {
    TinySubject subject(RandomProgram(seed, 2 + seed % 3, 4 + seed % 9));
    const std::optional<TinyFailure> failure = FindFailure(subject, seed, 200);
    if (!failure) continue;
    ++failures;
    SCOPED_TRACE(seed);
    test(subject, *failure);
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(failures, kPrograms / 4);
}

ShrinkReport ShrinkBy(TryCandidates trials, const RecordedRun& run,
                      const Finding& finding) {
  absl::StatusOr<ShrinkReport> report =
      Shrink(run, finding, {.try_candidates = std::move(trials)});
  EXPECT_TRUE(report.ok()) << report.status();
  return report.ok() ? *std::move(report) : ShrinkReport{};
}

bool IsSame(const ShrinkReport& a, const ShrinkReport& b) {
  return a.run.decisions == b.run.decisions &&
         a.run.schedule == b.run.schedule && a.run.answers == b.run.answers &&
         a.outcome.digest == b.outcome.digest && a.before == b.before &&
         a.after == b.after && a.is_fixpoint == b.is_fixpoint;
}

// As if all candidates were tried at the same time, and the last one first.
TryCandidates TryAllAtOnce(Subject& subject) {
  return [&subject](std::span<const Candidate> candidates, const Goal& goal) {
    std::vector<Trial> trials(candidates.size());
    for (size_t i = candidates.size(); i-- > 0;) {
      trials[i] = TryCandidate(subject, candidates[i], goal);
    }
    return trials;
  };
}

TEST(ShrinkPropertyTest, TheSmallestRunFailsInTheSameWayWhenRepeated) {
  ForFailures([](TinySubject& subject, const TinyFailure& failure) {
    const ShrinkReport report =
        ShrinkBy(TryOneByOne(subject), failure.run, failure.finding);
    ListStrategy replay({.decisions = report.run.decisions});
    ASSERT_TRUE(replay.Begin(0));
    const RunOutcome outcome = subject.Run(replay, nullptr);
    ASSERT_TRUE(outcome.finding.has_value());
    EXPECT_EQ(Signature(*outcome.finding), Signature(failure.finding));
    EXPECT_EQ(outcome.digest, report.outcome.digest);
  });
}

TEST(ShrinkPropertyTest, ItIsNeverWorseThanWhatWasFound) {
  uint64_t simpler = 0;
  ForFailures([&simpler](TinySubject& subject, const TinyFailure& failure) {
    const ShrinkReport report =
        ShrinkBy(TryOneByOne(subject), failure.run, failure.finding);
    EXPECT_LE(report.after, report.before);
    EXPECT_LE(report.after.preemptions, report.before.preemptions);
    EXPECT_TRUE(report.is_fixpoint);
    if (report.after < report.before) ++simpler;
  });
  EXPECT_GT(simpler, kPrograms / 4);
}

TEST(ShrinkPropertyTest, ShrinkingTheSmallestChangesNothing) {
  ForFailures([](TinySubject& subject, const TinyFailure& failure) {
    const ShrinkReport once =
        ShrinkBy(TryOneByOne(subject), failure.run, failure.finding);
    const ShrinkReport twice =
        ShrinkBy(TryOneByOne(subject), once.run, failure.finding);
    EXPECT_EQ(twice.before, once.after);
    EXPECT_EQ(twice.after, once.after);
    EXPECT_EQ(twice.run.decisions, once.run.decisions);
  });
}

TEST(ShrinkPropertyTest, TheResultDoesNotDependOnHowCandidatesAreTried) {
  ForFailures([](TinySubject& subject, const TinyFailure& failure) {
    const ShrinkReport one_by_one =
        ShrinkBy(TryOneByOne(subject), failure.run, failure.finding);
    const ShrinkReport again =
        ShrinkBy(TryOneByOne(subject), failure.run, failure.finding);
    const ShrinkReport at_once =
        ShrinkBy(TryAllAtOnce(subject), failure.run, failure.finding);
    EXPECT_TRUE(IsSame(one_by_one, again));
    EXPECT_EQ(one_by_one.runs, again.runs);
    EXPECT_TRUE(IsSame(one_by_one, at_once));
    EXPECT_EQ(one_by_one.runs, at_once.runs);
  });
}

TEST(ShrinkPropertyTest, TheResultDoesNotDependOnTheSizeOfBatches) {
  ForFailures([](TinySubject& subject, const TinyFailure& failure) {
    std::optional<ShrinkReport> first;
    for (const uint64_t batch_max : {1u, 3u, 16u}) {
      const absl::StatusOr<ShrinkReport> report =
          Shrink(failure.run, failure.finding,
                 {.try_candidates = TryOneByOne(subject),
                  .runs_max = 60,
                  .batch_max = batch_max});
      ASSERT_TRUE(report.ok());
      if (!first) first = *report;
      EXPECT_TRUE(IsSame(*first, *report)) << batch_max;
      EXPECT_EQ(first->runs, report->runs) << batch_max;
    }
  });
}

}  // namespace
}  // namespace fozzy
