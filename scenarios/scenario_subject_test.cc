#include "scenarios/scenario_subject.h"

#include <gtest/gtest.h>

#include <string>

#include "scenarios/testing/scenario_run.h"
#include "sim/core/lenient_replay_strategy.h"
#include "sim/core/seeded_strategy.h"

namespace fozzy {
namespace {

// Fails in some orders.
constexpr char kLate[] =
    R"("node_count":2,"steps":[
      {"type":"client_put","node":"n0","key":"x","value":"1"},
      {"type":"client_put","node":"n0","key":"x","value":"2"},
      {"type":"client_get_assert","node":"n1","key":"x","equals":"2"}])";

// Draws numbers, and fails for some.
constexpr char kLost[] =
    R"({"type":"rand_u64","key":"r"},
       {"type":"fs_write","path":"a","data":"1"},
       {"type":"fs_write","path":"b","data":"1"})";

struct Subjected {
  Subjected(const std::string& source, const RunConfig& with)
      : scenario(ParseOrDie(source)),
        config(with),
        subject(*ScenarioSubject::Make(scenario, config)) {}

  const Scenario scenario;
  const RunConfig config;
  const std::unique_ptr<ScenarioSubject> subject;
};

Subjected MakeCluster() { return {FileOfCluster(kLate), DetConfig()}; }
Subjected MakeSteps() { return {FileOfSteps(kLost), FaultyConfig({"fs.eio"})}; }

// What the same run comes to when it is run alone.
ScenarioRun Alone(const Subjected& of, Strategy& strategy) {
  ScenarioRunOptions options;
  options.config = of.config;
  options.strategy = &strategy;
  return RunParsed(of.scenario, options);
}

TEST(ScenarioSubjectTest, RunsAreThoseOfTheScenarioRunAlone) {
  for (const Subjected& of : {MakeCluster(), MakeSteps()}) {
    SeededStrategy strategy({.seed = 5});
    uint64_t failures = 0;
    for (uint64_t i = 0; i < 100; ++i) {
      strategy.Begin(i);
      const RunOutcome outcome = of.subject->Run(strategy, nullptr);
      strategy.Begin(i);
      RecordedRun recorded;
      const RunOutcome again = of.subject->Run(strategy, &recorded);
      strategy.Begin(i);
      const ScenarioRun alone = Alone(of, strategy);
      EXPECT_EQ(outcome.digest, alone.report.digest) << i;
      EXPECT_EQ(again.digest, alone.report.digest) << i;
      EXPECT_EQ(recorded.decisions, alone.heard.decisions) << i;
      ASSERT_EQ(outcome.finding.has_value(), !alone.report.findings.empty());
      if (!outcome.finding) continue;
      EXPECT_EQ(*outcome.finding, alone.report.findings[0]);
      ++failures;
    }
    EXPECT_GT(failures, 5u);
    EXPECT_LT(failures, 95u);
  }
}

TEST(ScenarioSubjectTest, WhatWasRecordedCanBeRepeatedByKey) {
  for (const Subjected& of : {MakeCluster(), MakeSteps()}) {
    SeededStrategy strategy({.seed = 5});
    for (uint64_t i = 0; i < 50; ++i) {
      strategy.Begin(i);
      RecordedRun recorded;
      const RunOutcome outcome = of.subject->Run(strategy, &recorded);
      EXPECT_EQ(recorded.answers.size(), recorded.decisions.size());
      ASSERT_EQ(recorded.lasts.size(), recorded.answers.size());
      EXPECT_TRUE(recorded.schedule.empty());
      for (size_t k = 0; k < recorded.answers.size(); ++k) {
        EXPECT_LE(recorded.answers[k].answer, recorded.lasts[k]);
        EXPECT_GE(recorded.lasts[k], 1u);
        if (k == 0) continue;
        EXPECT_TRUE(recorded.answers[k - 1].key < recorded.answers[k].key);
      }
      LenientReplayStrategy replay({.answers = recorded.answers});
      replay.Begin(0);
      EXPECT_EQ(of.subject->Run(replay, nullptr).digest, outcome.digest);
      EXPECT_EQ(replay.misfits(), 0u);
    }
  }
}

TEST(ScenarioSubjectTest, PointsAreDeliveriesOrSteps) {
  const Subjected cluster = MakeCluster();
  SeededStrategy strategy({.seed = 5});
  strategy.Begin(0);
  const ScenarioRun alone = Alone(cluster, strategy);
  strategy.Begin(0);
  EXPECT_EQ(cluster.subject->Run(strategy, nullptr).points,
            alone.EventsOf(EventKind::kReplicate).size());
  const Subjected steps{FileOfSteps(kLost), DetConfig()};
  EXPECT_EQ(steps.subject->Run(strategy, nullptr).points, 3u);
}

TEST(ScenarioSubjectTest, ATimeLimitOfTheWallIsNeverReached) {
  RunConfig config = DetConfig();
  config.timeout = 0;
  const Subjected cluster{FileOfCluster(R"("node_count":2,"steps":[
        {"type":"client_put","node":"n0","key":"x","value":"1"}])"),
                          config};
  SeededStrategy strategy({.seed = 5});
  strategy.Begin(0);
  EXPECT_FALSE(cluster.subject->Run(strategy, nullptr).finding.has_value());
}

TEST(ScenarioSubjectTest, AConfigurationThatDoesNotFitIsAnError) {
  const Scenario scenario = ParseOrDie(FileOfCluster(kLate));
  RunConfig config = DetConfig();
  config.node_count = 1;
  EXPECT_TRUE(absl::IsInvalidArgument(
      ScenarioSubject::Make(scenario, config).status()));
}

}  // namespace
}  // namespace fozzy
