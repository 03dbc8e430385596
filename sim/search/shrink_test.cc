#include "sim/search/shrink.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/testing/tiny_subject.h"

namespace fozzy {
namespace {

struct Shrunk {
  TinyFailure failure;
  ShrinkReport report;
};

Shrunk FindAndShrink(const TinyProgram& program, uint64_t seed) {
  TinySubject subject(program);
  std::optional<TinyFailure> failure = FindFailure(subject, seed);
  EXPECT_TRUE(failure.has_value()) << seed;
  if (!failure) return {};
  absl::StatusOr<ShrinkReport> report = Shrink(
      failure->run, failure->finding, {.try_candidates = TryOneByOne(subject)});
  EXPECT_TRUE(report.ok()) << report.status();
  if (!report.ok()) return {};
  printf("%lu -> %lu, switches %lu -> %lu, runs %lu, points %lu -> %lu\n",
         report->before.preemptions, report->after.preemptions,
         report->before.switches, report->after.switches, report->runs,
         report->before.points, report->after.points);
  return {*std::move(failure), *std::move(report)};
}

TEST(ShrinkTest, ALostUpdateNeedsOnePreemption) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Shrunk shrunk = FindAndShrink(LostUpdate(3, 10), seed);
    EXPECT_EQ(shrunk.report.after.preemptions, 1u) << seed;
  }
}

TEST(ShrinkTest, ADeadlockOfTwoLocksNeedsOnePreemption) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Shrunk shrunk = FindAndShrink(OppositeLocks(10), seed);
    EXPECT_EQ(shrunk.report.after.preemptions, 1u) << seed;
  }
}

TEST(ShrinkTest, TwoPreemptionsAreKeptWhereTwoAreNeeded) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Shrunk shrunk = FindAndShrink(TwoPreemptions(10), seed);
    EXPECT_EQ(shrunk.report.after.preemptions, 2u) << seed;
  }
}

}  // namespace
}  // namespace fozzy
