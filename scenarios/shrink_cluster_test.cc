#include "scenarios/shrink_cluster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "scenarios/replay.h"
#include "scenarios/testing/recorded_run.h"
#include "sim/core/seeded_strategy.h"
#include "trace/testing/temp_folder.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

// The planted bug needs one write to come in between the script and another
// one to overtake: with three other writes all around.
constexpr char kPlanted[] =
    R"("system":"kv-lww-bug","node_count":4,"steps":[
      {"type":"client_put","node":"n2","key":"y","value":"1"},
      {"type":"client_put","node":"n0","key":"x","value":"1"},
      {"type":"client_put","node":"n3","key":"z","value":"1"},
      {"type":"partition","a":"n0","b":"n1"},
      {"type":"client_put","node":"n0","key":"x","value":"2"},
      {"type":"client_put","node":"n2","key":"y","value":"2"},
      {"type":"heal","a":"n0","b":"n1"}],
    "invariants":[{"type":"kv_all_equal","key":"x"}])";

// Records the first run that fails.  Returns what it came to.
RunReport RecordFailure(const std::string& source, const RunConfig& config,
                        const std::string& path) {
  const Scenario scenario = ParseOrDie(source);
  SeededStrategy strategy({.seed = 3});
  ScenarioRunOptions options;
  options.config = config;
  options.strategy = &strategy;
  for (uint64_t i = 0; i < 10'000; ++i) {
    strategy.Begin(i);
    if (RunParsed(scenario, options).report.findings.empty()) continue;
    strategy.Begin(i);
    return RecordRun(scenario, options, path);
  }
  ADD_FAILURE() << "nothing fails";
  return {};
}

TEST(ShrinkScenarioTest, APlantedBugBecomesTheOneMessageThatOvertakes) {
  const RunReport found =
      RecordFailure(FileOfCluster(kPlanted), DetConfig(), TempPath("a.fozzy"));
  const auto report = ShrinkScenario({.path = TempPath("a.fozzy"),
                                      .out = TempPath("b.fozzy"),
                                      .tool_version = "1"});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->is_fixpoint);
  EXPECT_LT(report->after, report->before);
  EXPECT_LT(report->after.values, report->before.values);
  // With all other answers 0, all steps come first, and then the oldest
  // message first: one answer that is not 0 makes the second write of x come
  // before the first.
  EXPECT_EQ(report->after.values, 1u);
  EXPECT_EQ(report->after.faults, 0u);
  ASSERT_EQ(report->run.findings.size(), 1u);
  EXPECT_EQ(Signature(report->run.findings[0]), Signature(found.findings[0]));
}

TEST(ShrinkScenarioTest, TheSmallTraceReplaysAndSaysWhereItIsFrom) {
  RecordFailure(FileOfCluster(kPlanted), DetConfig(), TempPath("a.fozzy"));
  const auto report = ShrinkScenario({.path = TempPath("a.fozzy"),
                                      .out = TempPath("b.fozzy"),
                                      .tool_version = "1.2"});
  ASSERT_TRUE(report.ok()) << report.status();
  const auto replay = ReplayTrace({TempPath("b.fozzy")});
  ASSERT_TRUE(replay.ok()) << replay.status();
  EXPECT_FALSE(replay->drift.has_value());
  EXPECT_TRUE(replay->is_complete);
  EXPECT_EQ(replay->run.findings, report->run.findings);
  EXPECT_EQ(replay->footer.counts.decisions, report->decisions_after);
  EXPECT_EQ(replay->header.tool_version, "1.2");
  EXPECT_EQ(replay->header.strategy, "shrink");
  EXPECT_EQ(replay->header.seed, DetConfig().seed);

  // What is smallest stays.
  const auto again = ShrinkScenario({.path = TempPath("b.fozzy"),
                                     .out = TempPath("c.fozzy"),
                                     .tool_version = "1.2"});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->after, report->after);
}

TEST(ShrinkScenarioTest, FaultsThatDoNotMatterAreDropped) {
  const std::string source = FileOfSteps(
      R"({"type":"rand_u64","key":"r"},
         {"type":"net_send","from":"a","to":"b","payload":"1"},
         {"type":"net_send","from":"a","to":"b","payload":"2"},
         {"type":"net_send","from":"a","to":"b","payload":"3"},
         {"type":"net_deliver_one"},
         {"type":"net_deliver_one"},
         {"type":"net_deliver_one"},
         {"type":"net_recv_assert","node":"b","payload":"3"})");
  RecordFailure(source, FaultyConfig({"net.drop"}), TempPath("a.fozzy"));
  const auto report = ShrinkScenario({.path = TempPath("a.fozzy"),
                                      .out = TempPath("b.fozzy"),
                                      .tool_version = "1"});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->is_fixpoint);
  EXPECT_LE(report->after.faults, 1u);
  EXPECT_EQ(DriftOf(TempPath("b.fozzy")), "");
}

TEST(ShrinkScenarioTest, ABudgetEndsIt) {
  RecordFailure(FileOfCluster(kPlanted), DetConfig(), TempPath("a.fozzy"));
  const auto report = ShrinkScenario({.path = TempPath("a.fozzy"),
                                      .out = TempPath("b.fozzy"),
                                      .tool_version = "1",
                                      .runs_max = 2});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_FALSE(report->is_fixpoint);
  EXPECT_LE(report->runs, 2u);
  EXPECT_EQ(DriftOf(TempPath("b.fozzy")), "");
}

TEST(ShrinkScenarioTest, ARunThatPassedIsRefused) {
  RecordRun(ParseOrDie(FileOfSteps(R"({"type":"rand_u64","key":"r"})")), {},
            TempPath("a.fozzy"));
  const auto report =
      ShrinkScenario({.path = TempPath("a.fozzy"), .out = TempPath("b.fozzy")});
  EXPECT_TRUE(absl::IsFailedPrecondition(report.status()));
  EXPECT_THAT(report.status().message(), HasSubstr("found nothing"));
}

TEST(ShrinkScenarioTest, ARunThatAskedTheHostIsRefused) {
  RunConfig config = DetConfig();
  config.has_host_fs = true;
  Scenario scenario =
      ParseOrDie(FileOfSteps(R"({"type":"assert_ok","value":false})"));
  ScenarioRunOptions options;
  options.config = config;
  RecordRun(scenario, options, TempPath("a.fozzy"));
  const auto report =
      ShrinkScenario({.path = TempPath("a.fozzy"), .out = TempPath("b.fozzy")});
  EXPECT_TRUE(absl::IsFailedPrecondition(report.status()));
  EXPECT_THAT(report.status().message(), HasSubstr("host"));
}

}  // namespace
}  // namespace fozzy
