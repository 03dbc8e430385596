#include "scenarios/step_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "backends/testing/fake_host.h"
#include "scenarios/testing/scenario_run.h"
#include "sim/core/seeded_strategy.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

constexpr char kPass[] = R"({"type":"assert_ok","value":true})";
constexpr char kFail[] = R"({"type":"fail","message":"no"})";
constexpr char kSecond[] = R"({"type":"sleep","duration":"1s"})";

std::string Throws(absl::string_view steps) {
  return absl::StrCat(R"({"type":"assert_throws","steps":[)", steps, "]}");
}

TEST(StepRunnerTest, TellsEveryStepWithItsNumberAndTypeAtItsTime) {
  const ScenarioRun run = RunAll({kSecond, Throws(kFail), kPass});
  EXPECT_THAT(
      run.EventsOf(EventKind::kStep),
      ElementsAre(HeardEvent{EventKind::kStep, 0, {0}, {"sleep"}},
                  HeardEvent{EventKind::kStep, 1000, {1}, {"assert_throws"}},
                  HeardEvent{EventKind::kStep, 1000, {2}, {"fail"}},
                  HeardEvent{EventKind::kStep, 1000, {3}, {"assert_ok"}}));
  EXPECT_EQ(run.report.steps, 4u);
}

TEST(StepRunnerTest, TheFirstFailureEndsTheRunAndIsTold) {
  const ScenarioRun run = RunAll({kPass, kFail, kPass});
  EXPECT_EQ(OutcomeOf(run), "fail assertion/fail@1: no");
  EXPECT_EQ(run.report.steps, 2u);
  EXPECT_THAT(run.EventsOf(EventKind::kFinding),
              ElementsAre(HeardEvent{
                  EventKind::kFinding, 0, {1}, {"assertion", "fail", "no"}}));
}

TEST(StepRunnerTest, NoStepsPass) {
  const ScenarioRun run = RunAll({});
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_EQ(run.report.steps, 0u);
}

TEST(StepRunnerTest, RollingBackPutsTimeBackToo) {
  const ScenarioRun run = RunAll(
      {kSecond, Throws(absl::StrCat(kSecond, R"(,{"type":"freeze"},)", kFail)),
       kSecond});
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_EQ(run.report.virtual_time, 2000u);
  EXPECT_THAT(run.EventsOf(EventKind::kRollback),
              ElementsAre(HeardEvent{EventKind::kRollback, 1000, {1}, {}}));
}

TEST(StepRunnerTest, ScopesInsideOfScopesRollBackOneByOne) {
  const auto set = [](absl::string_view value) {
    return absl::StrCat(R"({"type":"set_kv","key":"k","value":")", value,
                        R"("})");
  };
  const auto get = [](absl::string_view value) {
    return absl::StrCat(R"({"type":"get_kv_assert","key":"k","equals":")",
                        value, R"("})");
  };
  const std::string inner = Throws(set("c") + "," + kFail);
  const std::string outer = Throws(
      absl::StrJoin({set("b"), inner, get("b"), std::string(kFail)}, ","));
  EXPECT_EQ(OutcomeOf(RunAll({set("a"), outer, get("a")})), "pass");
}

TEST(StepRunnerTest, AFailureAfterAScopeNamesTheOuterStepAgain) {
  EXPECT_EQ(OutcomeOf(RunAll({Throws(kPass)})),
            "fail assertion/assert_throws@0: assert_throws expected failure "
            "but nested steps passed");
}

// D17, in virtual time.
TEST(TimeLimitTest, ADeterministicRunEndsWhenVirtualTimeReachesTheLimit) {
  ScenarioRunOptions options;
  options.config.timeout = 2000;
  EXPECT_EQ(OutcomeOf(RunAll({kSecond, kPass}, options)), "pass");
  const ScenarioRun run = RunAll({kSecond, kSecond, kPass}, options);
  EXPECT_THAT(
      OutcomeOf(run),
      testing::StartsWith("timeout hang/timeout@1: scenario timed out"));
  EXPECT_EQ(run.report.steps, 2u);
  EXPECT_EQ(ExitCodeOf(run.report.status), 3);
}

TEST(TimeLimitTest, ADeterministicRunNeverLooksAtTheWallClock) {
  FakeWall wall;
  wall.now = 1'000'000;
  ScenarioRunOptions options;
  options.config.timeout = 2000;
  options.host.wall = &wall;
  wall.per_look = 1;
  EXPECT_EQ(OutcomeOf(RunAll({kPass}, options)), "pass");
  EXPECT_EQ(wall.now, 1'000'000u);
}

TEST(TimeLimitTest, ALimitOfNothingEndsBeforeTheFirstStep) {
  ScenarioRunOptions options;
  options.config.timeout = 0;
  const ScenarioRun run = RunAll({kPass}, options);
  EXPECT_THAT(
      OutcomeOf(run),
      testing::StartsWith("timeout hang/timeout@0: scenario timed out"));
  EXPECT_EQ(run.report.steps, 0u);
}

TEST(TimeLimitTest, AFailureInTheLastMomentIsNotATimeOut) {
  ScenarioRunOptions options;
  options.config.timeout = 30;
  EXPECT_EQ(OutcomeOf(RunAll({R"({"type":"assert_eventually_kv","key":"k",
                                  "equals":"v","within":"30ms","poll":"10ms",
                                  "msg":"late"})"},
                             options)),
            "fail assertion/assert_eventually_kv@0: late");
}

TEST(TimeLimitTest, NestedStepsAreNotTimedButTheirTimeIsRolledBack) {
  ScenarioRunOptions options;
  options.config.timeout = 500;
  EXPECT_EQ(OutcomeOf(RunAll({Throws(absl::StrCat(kSecond, ",", kFail)), kPass},
                             options)),
            "pass");
}

ScenarioRunOptions RealTime(FakeWall& wall, Millis limit) {
  ScenarioRunOptions options;
  options.config.is_det = false;
  options.config.timeout = limit;
  options.host.wall = &wall;
  return options;
}

// D17, in wall time: what really waits is cut off at the limit.
TEST(TimeLimitTest, ASleepInRealTimeIsCutOffAtTheLimit) {
  FakeWall wall;
  const ScenarioRun run = RunAll({kSecond, kPass}, RealTime(wall, 100));
  EXPECT_THAT(
      OutcomeOf(run),
      testing::StartsWith("timeout hang/timeout@0: scenario timed out"));
  EXPECT_THAT(wall.slept, ElementsAre(100));
}

TEST(TimeLimitTest, WhatTheWallClockSaidIsAnObservationOnlyIfItWasYes) {
  FakeWall wall;
  const ScenarioRun in_time = RunAll({kPass, kPass}, RealTime(wall, 100));
  EXPECT_TRUE(in_time.heard.observations.empty());
  const ScenarioRun late = RunAll({kSecond}, RealTime(wall, 100));
  EXPECT_THAT(late.heard.observations,
              ElementsAre(Observation{ObservationKind::kTimeout, {}, {}}));
}

TEST(TimeLimitTest, TimeSpentBetweenStepsCountsBeforeTheNext) {
  FakeWall wall;
  wall.per_look = 60;  // looked at before and after the first: 0 and 60
  const ScenarioRun run = RunAll({kPass, kPass}, RealTime(wall, 100));
  EXPECT_THAT(
      OutcomeOf(run),
      testing::StartsWith("timeout hang/timeout@1: scenario timed out"));
  EXPECT_EQ(run.report.steps, 1u);
}

TEST(TimeLimitTest, HostBackendsAreHandedWhatIsLeft) {
  FakeWall wall;
  FakeProc proc;
  ScenarioRunOptions options = RealTime(wall, 1500);
  options.config.has_host_proc = true;
  options.host.proc = &proc;
  const char* spawn = R"({"type":"proc_spawn","cmd":"c"})";
  EXPECT_EQ(OutcomeOf(RunAll({kSecond, spawn}, options)), "pass");
  options.config.timeout.reset();
  EXPECT_EQ(OutcomeOf(RunAll({spawn}, options)), "pass");
  ASSERT_EQ(proc.asked.size(), 2u);
  EXPECT_EQ(proc.asked[0].limit, 500u);
  EXPECT_EQ(proc.asked[1].limit, 0u);
}

// A host can hang for real, whatever the virtual clock says.
TEST(TimeLimitTest, AVirtualClockBesideAHostIsLimitedInBothTimes) {
  FakeWall wall;
  FakeProc proc;
  ScenarioRunOptions options = RealTime(wall, 100);
  options.config.is_det = true;
  options.config.has_host_proc = true;
  options.host.proc = &proc;
  EXPECT_THAT(
      OutcomeOf(RunAll({kSecond}, options)),
      testing::StartsWith("timeout hang/timeout@0: scenario timed out"));
  EXPECT_TRUE(wall.slept.empty());
  wall.now = 100;
  EXPECT_THAT(
      OutcomeOf(RunAll({kPass}, options)),
      testing::StartsWith("timeout hang/timeout@0: scenario timed out"));
}

// Handlers of steps, as a table of their own.
void FailTwice(StepRunner& runner, const Step&) {
  runner.Fail(FindingKind::kChecker, "first", "one", R"({"a":1})");
  runner.FailAssertion("two");
  EXPECT_TRUE(runner.has_failed());
}

TEST(StepRunnerTest, TheFirstCallOfFailWins) {
  const StepSpec specs[] = {
      {"twice", "fails twice", "", {}, nullptr, FailTwice}};
  const Step step;
  RunConfig config = DetConfig();
  RecordingSink heard;
  SeededStrategy strategy({7});
  class Run run({&strategy, &heard, nullptr});
  World::Options world_options;
  world_options.run = &run;
  World world(world_options);
  StepRunner runner({&config, &world, nullptr, specs});

  runner.Run({&step, 1});

  const RunReport report = runner.TakeReport();
  ASSERT_EQ(OutcomeOf(report), "fail checker/first@0: one");
  EXPECT_EQ(report.findings[0].details, R"({"a":1})");
  EXPECT_EQ(heard.events.size(), 2u);  // the step and one finding
}

}  // namespace
}  // namespace fozzy
