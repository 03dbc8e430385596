#include "cli/report_json.h"

#include <string>

#include "cli/json_document.h"
#include "cli/report_read.h"
#include "cli/testing/sample_summary.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReportJsonTest, HasTheFieldsThatScriptsKnowInTheirOrder) {
  RunSummaryDoc summary;
  summary.status = "fail";
  summary.mode = "run";
  summary.identity.run_id = "58f96a8b-4dfa-496f-8632-3b141bf66ae7";
  summary.identity.seed = 7;
  summary.identity.trace_path = "t";
  summary.identity.report_path = "r";
  summary.identity.artifacts_dir = "a";
  summary.started_unix_ns = 1'795'242'373'495'830'229;
  summary.wall_ns = 59'037;
  summary.findings = {{"assertion", "assert_eq_int", "expected failure", {}}};

  EXPECT_EQ(SummaryJson(summary, JsonWriter::Style::kCompact),
            R"({"status":"fail","mode":"run",)"
            R"("identity":{"runId":"58f96a8b-4dfa-496f-8632-3b141bf66ae7",)"
            R"("seed":7,"tracePath":"t","reportPath":"r","artifactsDir":"a"},)"
            R"("startedAt":"2026-11-21T06:26:13.495830229Z",)"
            R"("finishedAt":"2026-11-21T06:26:13.495889266Z",)"
            R"("durationMs":1,"durationNs":59037,"virtualMs":0,)"
            R"("wallNs":59037,)"
            R"("findings":[{"kind":"assertion","title":"assert_eq_int",)"
            R"("message":"expected failure"}]})");
}

TEST(ReportJsonTest, LeavesOutWhatIsEmpty) {
  RunSummaryDoc summary;
  summary.status = "pass";
  summary.mode = "replay";

  const std::string json = SummaryJson(summary, JsonWriter::Style::kCompact);

  for (const char* key : {"findings", "memory", "tests", "warnings", "scenario",
                          "tracePath", "reproduce"}) {
    EXPECT_THAT(json, Not(HasSubstr(key)));
  }
}

TEST(ReportJsonTest, TheDurationIsTheLongerOfRealAndVirtualTime) {
  const std::string json =
      SummaryJson(SampleFailure(), JsonWriter::Style::kCompact);

  EXPECT_THAT(json,
              HasSubstr(R"("durationMs":10000,"durationNs":10000000000)"));
  EXPECT_THAT(json,
              HasSubstr(R"("finishedAt":"2026-11-21T06:26:23.495830229Z")"));
}

TEST(ReportJsonTest, AFindingSaysWhereItIs) {
  EXPECT_THAT(SummaryJson(SampleFailure(), JsonWriter::Style::kCompact),
              HasSubstr(R"("location":{"file":"tests/a.fozzy.json","line":12,)"
                        R"("column":5,"col":5,"step":3,"details":{"a":1}})"));
}

TEST(ReportJsonTest, EveryScenarioOfATestHasAResult) {
  const std::string json =
      SummaryJson(SampleTest(), JsonWriter::Style::kCompact);

  EXPECT_THAT(json, HasSubstr(R"("tests":{"passed":1,"failed":2,"skipped":0,)"
                              R"("results":[{"scenario":"tests/pass.fozzy)"));
  EXPECT_THAT(json, HasSubstr(R"({"scenario":"tests/broken.fozzy.json",)"
                              R"("status":"error")"));
}

TEST(ReportJsonTest, AReportIsReadBackAsItWasWritten) {
  for (const RunSummaryDoc& summary : {SampleFailure(), SampleTest()}) {
    for (const auto style :
         {JsonWriter::Style::kCompact, JsonWriter::Style::kPretty}) {
      const std::string json = SummaryJson(summary, style);
      const auto document = JsonDocument::Parse(json);
      ASSERT_TRUE(document.ok()) << document.status();

      const RunSummaryDoc read = ReadSummary(*document);

      EXPECT_EQ(SummaryJson(read, style), json);
      EXPECT_EQ(read.identity, summary.identity);
      EXPECT_EQ(read.findings, summary.findings);
      EXPECT_EQ(read.tests, summary.tests);
      EXPECT_EQ(read.exploration, summary.exploration);
      EXPECT_EQ(read.memory, summary.memory);
    }
  }
}

TEST(ReportJsonTest, OtherJsonIsReadAsAnEmptyReport) {
  for (const std::string text :
       {"[]", "7", "{}", R"({"tests":[],"findings":{},"memory":3})",
        R"({"identity":"x","tests":{"results":[1]},"findings":[[]]})"}) {
    const auto document = JsonDocument::Parse(text);
    ASSERT_TRUE(document.ok()) << text;
    EXPECT_EQ(ReadSummary(*document).status, "") << text;
  }
}

TEST(ReportJsonTest, TheManifestSumsUp) {
  const std::string json = ManifestJson(SampleTest());

  EXPECT_THAT(json, HasSubstr(R"({"schemaVersion":"fozzy.run_manifest.v1",)"
                              R"("runId":"c2d0458b-0000-4000-8000-00000000)"));
  EXPECT_THAT(
      json, HasSubstr(R"("findingsCount":1,"testsPassed":1,"testsFailed":2)"));
}

}  // namespace
}  // namespace fozzy
