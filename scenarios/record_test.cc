#include "scenarios/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/testing/recorded_run.h"
#include "scenarios/testing/scenario_run.h"
#include "trace/testing/craft.h"
#include "trace/testing/edit.h"

namespace fozzy {
namespace {

using testing::ElementsAre;
using testing::Pair;

std::string PathOf(const std::string& name) {
  return testing::TempDir() + "record_test_" + name + ".fozzy";
}

constexpr char kSteps[] =
    R"({"type":"rand_u64","key":"r"},{"type":"sleep","duration":"3ms"},
       {"type":"memory_alloc","bytes":8},{"type":"fail","message":"no"})";

TEST(MakeHeaderTest, SaysHowTheRunIsSetUp) {
  RunConfig config = DetConfig();
  config.timeout = 50;
  const TraceHeader header = MakeHeader(ParseOrDie(FileOfSteps(kSteps)), config,
                                        {"test", "seeded", "1.2.3"});
  EXPECT_EQ(header.mode, "test");
  EXPECT_EQ(header.strategy, "seeded");
  EXPECT_EQ(header.tool_version, "1.2.3");
  EXPECT_EQ(header.scenario_name, "t");
  EXPECT_EQ(header.seed, 7u);
  EXPECT_EQ(header.time_unit, "ms");
  EXPECT_EQ(header.settings, WriteSettings(config));
}

TEST(MakeFooterTest, SaysWhatTheRunCameTo) {
  RunReport report;
  report.status = RunStatus::kTimeout;
  report.findings = {{FindingKind::kHang, "timeout", "late", 4, R"({"a":1})"},
                     {FindingKind::kChecker, "c", "m", {}, {}}};
  report.virtual_time = 12;
  report.steps = 5;
  report.digest.Mix(1);
  const TraceFooter footer = MakeFooter(report);
  EXPECT_EQ(footer.status, "timeout");
  EXPECT_THAT(
      footer.findings,
      ElementsAre(TraceFinding{"hang", "timeout", "late", 4, R"({"a":1})"},
                  TraceFinding{"checker", "c", "m", {}, {}}));
  EXPECT_EQ(footer.virtual_time, 12u);
  EXPECT_EQ(footer.steps, 5u);
  EXPECT_EQ(footer.run_digest,
            (TraceDigest{report.digest.low(), report.digest.high()}));
  EXPECT_TRUE(footer.results.empty());
}

TEST(MakeFooterTest, MemoryFiguresAreThereIfTheReportHasThem) {
  RunReport report;
  report.memory = MemorySummary{1, 2, 3, 4, 5, 6, 7};
  EXPECT_THAT(
      MakeFooter(report).results,
      ElementsAre(
          Pair("memory.alloc_count", "1"), Pair("memory.free_count", "2"),
          Pair("memory.failed_alloc_count", "3"),
          Pair("memory.in_use_bytes", "4"), Pair("memory.peak_bytes", "5"),
          Pair("memory.leaked_bytes", "6"), Pair("memory.leaked_allocs", "7")));
}

TEST(TraceSinkTest, WritesAllThatTheRunTold) {
  const Scenario scenario = ParseOrDie(FileOfSteps(kSteps));
  const std::string path = PathOf("all");
  const RunReport report = RecordRun(scenario, {}, path);
  const ScenarioRun run = RunParsed(scenario);

  const auto trace = LoadTrace(path);
  ASSERT_TRUE(trace.ok());
  EXPECT_EQ(trace->scenario, scenario.source());
  EXPECT_EQ(trace->footer.status, "fail");
  std::vector<Decision> decisions;
  std::vector<HeardEvent> events;
  for (const EditableRecord& record : trace->records) {
    if (record.kind == TraceRecordKind::kDecision) {
      decisions.push_back(record.decision);
    } else {
      events.push_back(
          {record.event, record.time, record.numbers, record.texts});
    }
  }
  EXPECT_EQ(decisions, run.heard.decisions);
  EXPECT_EQ(events, run.heard.events);
  EXPECT_EQ(report.digest, run.report.digest);
}

TEST(TraceSinkTest, TwoRecordingsOfOneRunAreIdenticalFiles) {
  const std::string source = FileOfSteps(kSteps);
  RecordRun(ParseOrDie(source), {}, PathOf("first"));
  RecordRun(ParseOrDie(source), {}, PathOf("second"));
  EXPECT_EQ(ReadFileOrDie(PathOf("first")), ReadFileOrDie(PathOf("second")));
}

TEST(TraceSinkTest, AnotherSeedIsAnotherFile) {
  const Scenario scenario = ParseOrDie(FileOfSteps(kSteps));
  ScenarioRunOptions other;
  other.config.seed = 8;
  RecordRun(scenario, {}, PathOf("seven"));
  RecordRun(scenario, other, PathOf("eight"));
  EXPECT_NE(ReadFileOrDie(PathOf("seven")), ReadFileOrDie(PathOf("eight")));
}

}  // namespace
}  // namespace fozzy
