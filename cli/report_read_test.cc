#include "cli/report_read.h"

#include "cli/report_json.h"
#include "cli/testing/sample_summary.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

// Returns what is read of a written report.
RunSummaryDoc ReadBack(const RunSummaryDoc& summary) {
  const auto report =
      JsonDocument::Parse(SummaryJson(summary, JsonWriter::Style::kPretty));
  EXPECT_TRUE(report.ok());
  return ReadSummary(*report);
}

TEST(ReportReadTest, WritesBackTheSameReport) {
  for (const RunSummaryDoc& summary : {SampleFailure(), SampleTest()}) {
    EXPECT_EQ(SummaryJson(ReadBack(summary), JsonWriter::Style::kPretty),
              SummaryJson(summary, JsonWriter::Style::kPretty));
  }
}

TEST(ReportReadTest, ReadsFieldByField) {
  const RunSummaryDoc written = SampleTest();
  const RunSummaryDoc read = ReadBack(written);

  EXPECT_EQ(read.tests, written.tests);
  EXPECT_EQ(read.exploration, written.exploration);
  EXPECT_EQ(read.ns_per_schedule, written.ns_per_schedule);
  EXPECT_EQ(read.findings, written.findings);
  EXPECT_EQ(read.reporter_path, written.reporter_path);
  EXPECT_EQ(read.started_unix_ns, written.started_unix_ns);
  EXPECT_EQ(ReadBack(SampleFailure()).memory, SampleFailure().memory);
}

TEST(ReportReadTest, ReadsHowFarShrinkingWent) {
  RunSummaryDoc written = SampleFailure();
  ShrinkDoc& shrink = written.shrink.emplace();
  shrink.runs = 420;
  shrink.is_fixpoint = true;
  shrink.before = {.decisions = 12,
                   .preemptions = 3,
                   .switches = 4,
                   .faults = 5,
                   .values = 6,
                   .points = 7};
  shrink.after.values = 1;
  EXPECT_EQ(ReadBack(written).shrink, written.shrink);
  EXPECT_FALSE(ReadBack(SampleFailure()).shrink.has_value());
}

TEST(ReportReadTest, MembersOfOtherTypesAreAbsent) {
  const auto report = JsonDocument::Parse(
      R"({"status":1,"identity":[],"findings":{},"tests":{"results":7,)"
      R"("passed":-1},"warnings":[1,"w"],"startedAt":"soon"})");
  ASSERT_TRUE(report.ok());
  const RunSummaryDoc summary = ReadSummary(*report);

  EXPECT_EQ(summary.status, "");
  EXPECT_EQ(summary.identity.run_id, "");
  EXPECT_TRUE(summary.findings.empty());
  EXPECT_EQ(summary.tests->passed, 0u);
  EXPECT_EQ(summary.warnings, std::vector<std::string>{"w"});
  EXPECT_EQ(summary.started_unix_ns, 0);
}

}  // namespace
}  // namespace fozzy
