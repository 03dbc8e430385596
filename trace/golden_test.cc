// Traces written by earlier versions are read for ever.  The files are what
// SaveTrace made of these traces when version 1 was new; FORMAT.md says when
// more may be added and that none may change.

#include <string>

#include "gtest/gtest.h"
#include "trace/testing/craft.h"
#include "trace/testing/sample.h"
#include "trace/verify.h"

namespace fozzy {
namespace {

TEST(GoldenTest, TheSampleOfVersion1IsReadInFull) {
  const EditableTrace sample = SampleTrace();

  const auto loaded = LoadTrace("golden/v1/sample.fozzy");

  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_TRUE(loaded->records == sample.records);
  EXPECT_EQ(loaded->scenario, sample.scenario);
  EXPECT_EQ(loaded->header.format_version, 1u);
  EXPECT_EQ(loaded->header.settings, sample.header.settings);
  EXPECT_EQ(loaded->footer.findings, sample.footer.findings);
  EXPECT_TRUE(VerifyTrace("golden/v1/sample.fozzy")->ok);
}

TEST(GoldenTest, TheLongTraceOfVersion1IsReadInFull) {
  const auto loaded = LoadTrace("golden/v1/long.fozzy");

  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_TRUE(loaded->records == LongTrace(20'000).records);
  EXPECT_GT(loaded->footer.index.size(), 1u);
  EXPECT_TRUE(VerifyTrace("golden/v1/long.fozzy")->ok);
}

TEST(GoldenTest, TheCutTraceOfVersion1IsPartial) {
  const auto report = VerifyTrace("golden/v1/cut.fozzy");

  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->is_partial);
  EXPECT_EQ(report->problem, "");
  EXPECT_GT(report->counts.total(), 10'000u);
}

}  // namespace
}  // namespace fozzy
