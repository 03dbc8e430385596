#include "scenarios/run_scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "scenarios/testing/scenario_run.h"
#include "sim/core/list_strategy.h"
#include "sim/core/seeded_strategy.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

constexpr char kLeak[] = R"({"type":"memory_alloc","bytes":10})";
constexpr char kLeakNothing[] = R"({"type":"memory_alloc","bytes":0})";
constexpr char kPass[] = R"({"type":"assert_ok","value":true})";

std::string OutcomeWith(const MemoryConfig& memory,
                        const std::vector<std::string>& steps) {
  ScenarioRunOptions options;
  options.config.memory = memory;
  return OutcomeOf(RunAll(steps, options));
}

TEST(LeakTest, WhatIsNotFreedIsAFindingWithoutAnyFlag) {
  const ScenarioRun run = RunAll({kLeak, kLeak});
  EXPECT_EQ(OutcomeOf(run),
            "fail checker/memory_leak: detected 2 leaked allocation(s), "
            "leaked_bytes=20");
  EXPECT_EQ(run.report.memory->leaked_bytes, 20u);
  EXPECT_EQ(run.EventsOf(EventKind::kFinding).size(), 1u);
}

TEST(LeakTest, LeakingNoBytesIsFine) {
  EXPECT_EQ(OutcomeOf(RunAll({kLeakNothing})), "pass");
}

TEST(LeakTest, ABudgetMayBeUsedUp) {
  MemoryConfig memory;
  memory.leak_budget = 20;
  EXPECT_EQ(OutcomeWith(memory, {kLeak, kLeak}), "pass");
  memory.leak_budget = 19;
  EXPECT_EQ(OutcomeWith(memory, {kLeak, kLeak}),
            "fail checker/memory_leak_budget: leak budget exceeded: "
            "leaked_bytes=20 budget_bytes=19");
  memory.leak_budget = 0;
  EXPECT_EQ(OutcomeWith(memory, {kPass}), "pass");
}

TEST(BudgetTest, WhatIsAllocatedAndInUseMayBeLimited) {
  MemoryConfig memory;
  memory.leak_budget = 100;
  memory.alloc_budget = 20;
  memory.in_use_budget = 20;
  EXPECT_EQ(OutcomeWith(memory, {kLeak, kLeak}), "pass");
  memory.in_use_budget = 19;
  EXPECT_EQ(OutcomeWith(memory, {kLeak, kLeak}),
            "fail checker/heap_in_use_budget: budget exceeded: peak_bytes=20 "
            "budget_bytes=19");
  memory.alloc_budget = 19;
  EXPECT_EQ(OutcomeWith(memory, {kLeak, kLeak}),
            "fail checker/heap_alloc_budget: budget exceeded: "
            "allocated_bytes=20 budget_bytes=19");
}

TEST(LeakTest, FailingOnLeaksOverrulesABudget) {
  MemoryConfig memory;
  memory.leak_budget = 20;
  memory.fails_on_leak = true;
  EXPECT_EQ(OutcomeWith(memory, {kLeak}),
            "fail checker/memory_leak: detected 1 leaked allocation(s), "
            "leaked_bytes=10");
}

TEST(LeakTest, ARunThatFailedIsNotAskedWhatItStillHolds) {
  EXPECT_EQ(OutcomeOf(RunAll({kLeak, R"({"type":"fail","message":"no"})"})),
            "fail assertion/fail@1: no");
}

TEST(MemoryConfigTest, FlagsSetTheModelUpAndStepsReplaceThem) {
  MemoryConfig memory;
  memory.fail_after = 0;
  EXPECT_EQ(OutcomeWith(memory, {kLeakNothing}),
            "fail checker/memory_alloc_failed@0: memory allocation failed: "
            "fail_after_allocs");
  EXPECT_EQ(
      OutcomeWith(memory, {R"({"type":"memory_fail_after_allocs","count":1})",
                           kLeakNothing}),
      "pass");
  memory = {};
  memory.limit_mb = 0;
  EXPECT_EQ(OutcomeWith(memory, {kLeak}),
            "fail checker/memory_alloc_failed@0: memory allocation failed: "
            "limit_mb");
  memory = {};
  memory.pressure_wave = "3";
  EXPECT_EQ(OutcomeWith(memory, {kLeak}),
            "fail checker/memory_leak: detected 1 leaked allocation(s), "
            "leaked_bytes=30");
}

TEST(MemoryConfigTest, FiguresAreReportedIfAskedForOrUsed) {
  EXPECT_FALSE(RunAll({kPass}).report.memory.has_value());
  EXPECT_TRUE(RunAll({kLeakNothing}).report.memory.has_value());
  ScenarioRunOptions options;
  options.config.memory.is_tracked = true;
  EXPECT_EQ(RunAll({kPass}, options).report.memory, MemorySummary());
}

TEST(RunScenarioTest, TheDigestTellsRunsApartByWhatTheyDo) {
  const std::vector<std::string> draw = {R"({"type":"rand_u64"})"};
  ScenarioRunOptions other;
  other.config.seed = 8;
  const Digest digest = RunAll(draw).report.digest;
  EXPECT_EQ(digest, RunAll(draw).report.digest);
  EXPECT_FALSE(digest == RunAll(draw, other).report.digest);
  EXPECT_FALSE(digest == RunAll({kPass}).report.digest);
  // The seed alone is no part of it: nothing was asked.
  EXPECT_EQ(RunAll({kPass}).report.digest,
            RunAll({kPass}, other).report.digest);
}

TEST(RunScenarioTest, ASinkIsNotNeeded) {
  const Scenario scenario = ParseOrDie(FileOfSteps(kPass));
  const RunConfig config = DetConfig();
  SeededStrategy strategy({7});
  ASSERT_TRUE(strategy.Begin(0));
  RunInputs inputs;
  inputs.scenario = &scenario;
  inputs.config = &config;
  inputs.strategy = &strategy;
  const auto report = RunScenario(inputs);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->digest, RunAll({kPass}).report.digest);
}

TEST(RunScenarioTest, AConfigurationThatDoesNotFitIsAnError) {
  const Scenario scenario =
      ParseOrDie(FileOfCluster(R"("node_count":1,"steps":[])"));
  RunConfig config = DetConfig();
  config.presets = {"partition-first-two"};
  ListStrategy strategy({});
  RunInputs inputs;
  inputs.scenario = &scenario;
  inputs.config = &config;
  inputs.strategy = &strategy;
  EXPECT_EQ(RunScenario(inputs).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(RunScenarioTest, ADistributedScenarioIsRunAsACluster) {
  ListStrategy calm({});
  ASSERT_TRUE(calm.Begin(0));
  ScenarioRunOptions options;
  options.strategy = &calm;
  const ScenarioRun run =
      RunText(FileOfCluster(R"("node_count":2,"steps":[{"type":"client_put",
          "node":"n0","key":"k","value":"v"}])"),
              options);
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_THAT(run.EventsOf(EventKind::kReplicate),
              ElementsAre(HeardEvent{
                  EventKind::kReplicate, 1, {1, 1}, {"n0", "n1", "k"}}));
}

}  // namespace
}  // namespace fozzy
