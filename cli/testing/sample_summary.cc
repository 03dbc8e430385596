#include "cli/testing/sample_summary.h"

namespace fozzy {
namespace {

// 2026-11-21T06:26:13.495830229Z
constexpr int64_t kStarted = 1'795'242'373'495'830'229;

FindingDoc SampleFinding() {
  FindingDoc finding;
  finding.kind = "assertion";
  finding.title = "assert_eq_int";
  finding.message = "expected 1 == 2";
  finding.place = FindingPlace{.file = "tests/a.fozzy.json",
                               .line = 12,
                               .column = 5,
                               .step = 3,
                               .details = R"({"a":1})"};
  return finding;
}

}  // namespace

RunSummaryDoc SampleFailure() {
  RunSummaryDoc summary;
  summary.status = "fail";
  summary.mode = "run";
  summary.scenario = "tests/a.fozzy.json";
  summary.identity.run_id = "58f96a8b-4dfa-496f-8632-3b141bf66ae7";
  summary.identity.seed = 18446744073709551615u;
  summary.identity.artifacts_dir =
      ".fozzy/runs/58f96a8b-4dfa-496f-8632-3b141bf66ae7";
  summary.identity.report_path =
      summary.identity.artifacts_dir + "/report.json";
  summary.identity.trace_path = summary.identity.artifacts_dir + "/trace.fozzy";
  summary.started_unix_ns = kStarted;
  summary.wall_ns = 10'000'000;
  summary.virtual_time = 10'000;
  summary.findings = {SampleFinding()};
  summary.warnings = {"tests/a.fozzy.json:3:5: unknown field \"nmae\""};
  summary.memory = MemorySummary{.alloc_count = 3,
                                 .free_count = 2,
                                 .failed_alloc_count = 1,
                                 .in_use_bytes = 64,
                                 .peak_bytes = 128,
                                 .leaked_bytes = 64,
                                 .leaked_allocs = 1};
  summary.reproduce = "fozzy replay " + summary.identity.trace_path;
  summary.timeline = {{0, "step", "trace_event", 0},
                      {0, "step", "sleep", 1},
                      {10'000, "fault", "fs.eio", 2},
                      {10'000, "finding", "expected 1 == 2", 3}};
  return summary;
}

RunSummaryDoc SampleTest() {
  RunSummaryDoc summary;
  summary.status = "fail";
  summary.mode = "test";
  summary.identity.run_id = "c2d0458b-0000-4000-8000-000000000000";
  summary.identity.seed = 7;
  summary.started_unix_ns = kStarted;
  summary.wall_ns = 35'000'000;
  ScenarioResult pass;
  pass.scenario = "tests/pass.fozzy.json";
  pass.name = "pass & <co>";
  pass.status = "pass";
  pass.duration_ns = 1'500'000;
  ScenarioResult fail;
  fail.scenario = "tests/a.fozzy.json";
  fail.name = "a";
  fail.status = "fail";
  fail.seed = 9;
  fail.findings = {SampleFinding()};
  fail.trace_path = ".fozzy/runs/c2d0458b/failed-a.fozzy";
  fail.reproduce = "fozzy run tests/a.fozzy.json --seed 9 --det";
  ScenarioResult error;
  error.scenario = "tests/broken.fozzy.json";
  error.status = "error";
  error.error = "tests/broken.fozzy.json:1:1: found \"x\", expected {";
  summary.tests = TestsDoc{
      .passed = 1, .failed = 2, .skipped = 0, .results = {pass, fail, error}};
  summary.findings = fail.findings;
  summary.reporter_path = ".fozzy/runs/c2d0458b/junit.xml";
  summary.exploration = ExplorationDoc{.schedules = 100,
                                       .distinct = 42,
                                       .is_exhaustive = false,
                                       .deliveries = 400,
                                       .finding_run = 99,
                                       .never_reached = {"fs.eio", "x.y"}};
  summary.ns_per_schedule = 1034;
  return summary;
}

}  // namespace fozzy
