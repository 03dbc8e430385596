#include "scenarios/steps_clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "backends/testing/fake_host.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

std::string Outcome(absl::string_view steps) {
  return OutcomeOf(RunSteps(steps));
}

Millis TimeAfter(absl::string_view steps) {
  const ScenarioRun run = RunSteps(steps);
  EXPECT_EQ(OutcomeOf(run), "pass") << std::string(steps);
  return run.report.virtual_time;
}

// Returns what a run in real time comes to, on `wall`.
std::string OutcomeInRealTime(absl::string_view steps, FakeWall& wall) {
  ScenarioRunOptions options;
  options.config.is_det = false;
  options.host.wall = &wall;
  const ScenarioRun run = RunSteps(steps, options);
  EXPECT_EQ(run.report.virtual_time, 0u);
  return OutcomeOf(run);
}

TEST(SleepTest, MovesVirtualTimeInDeterministicRuns) {
  EXPECT_EQ(TimeAfter(R"({"type":"sleep","duration":"2s"},
                         {"type":"advance","duration":"15ms"})"),
            2015u);
}

TEST(SleepTest, TimeStopsAtItsLargestValue) {
  EXPECT_EQ(TimeAfter(R"({"type":"sleep","duration":"18446744073709551615ms"},
                   {"type":"advance","duration":"1h"})"),
            ~Millis{0});
}

TEST(SleepTest, SleepsInRealTimeOtherwise) {
  FakeWall wall;
  EXPECT_EQ(OutcomeInRealTime(R"({"type":"sleep","duration":"40ms"})", wall),
            "pass");
  EXPECT_THAT(wall.slept, ElementsAre(40));
}

TEST(AdvanceTest, NeedsVirtualTime) {
  FakeWall wall;
  EXPECT_EQ(OutcomeInRealTime(R"({"type":"advance","duration":"1ms"})", wall),
            "fail checker/advance_requires_det@0: advance moves virtual time: "
            "run with --det");
  EXPECT_THAT(wall.slept, ElementsAre());
}

// D4: a frozen clock stands still until it is advanced or released.
TEST(FreezeTest, ASleepOnAFrozenClockHangs) {
  EXPECT_EQ(Outcome(R"({"type":"freeze","at_ms":5},
                       {"type":"sleep","duration":"10ms"})"),
            "fail hang/sleep@1: waits for 10ms of a clock that is frozen at "
            "5ms");
}

TEST(FreezeTest, ASleepOfNoTimeAndAnAdvanceGoOn) {
  EXPECT_EQ(TimeAfter(R"({"type":"freeze"},{"type":"sleep","duration":"0ms"},
                         {"type":"advance","duration":"3ms"})"),
            3u);
}

TEST(FreezeTest, UnfreezeLetsSleepersGoOn) {
  EXPECT_EQ(TimeAfter(R"({"type":"freeze"},{"type":"unfreeze"},
                         {"type":"sleep","duration":"10ms"})"),
            10u);
}

TEST(FreezeTest, MovesTheClockForwardButNotBack) {
  EXPECT_EQ(TimeAfter(R"({"type":"freeze","at_ms":100})"), 100u);
  EXPECT_EQ(TimeAfter(R"({"type":"sleep","duration":"7ms"},
                         {"type":"freeze","at_ms":7})"),
            7u);
  EXPECT_EQ(Outcome(R"({"type":"sleep","duration":"7ms"},
                       {"type":"freeze","at_ms":6})"),
            "fail checker/freeze_in_the_past@1: cannot freeze at 6ms: it is "
            "7ms, and time does not go backwards");
}

constexpr char kSet[] = R"({"type":"set_kv","key":"k","value":"v"})";

// Returns set_kv and then a polling step on "k" == `value`.
std::string Poll(absl::string_view type, absl::string_view value,
                 absl::string_view times) {
  return absl::StrCat(kSet, R"(,{"type":")", type, R"(","key":"k","equals":")",
                      value, R"(",)", times, "}");
}

constexpr char kQuarter[] = R"("within":"25ms","poll":"10ms")";

TEST(AssertEventuallyKvTest, PassesAtOnceAndTakesNoTime) {
  EXPECT_EQ(TimeAfter(Poll("assert_eventually_kv", "v", kQuarter)), 0u);
}

TEST(AssertEventuallyKvTest, FailsAfterTheDeadlineThatWasWritten) {
  const ScenarioRun run = RunSteps(Poll("assert_eventually_kv", "w", kQuarter));
  EXPECT_EQ(OutcomeOf(run),
            R"(fail assertion/assert_eventually_kv@1: key "k" did not become )"
            R"("w" within 25ms)");
  EXPECT_EQ(run.report.virtual_time, 30u);
}

TEST(AssertNeverKvTest, TakesWholePolls) {
  EXPECT_EQ(TimeAfter(Poll("assert_never_kv", "w", kQuarter)), 30u);
  EXPECT_EQ(TimeAfter(Poll("assert_never_kv", "w",
                           R"("within":"20ms","poll":"10ms")")),
            20u);
  EXPECT_EQ(TimeAfter(Poll("assert_never_kv", "w",
                           R"("within":"0ms","poll":"10ms")")),
            0u);
}

TEST(AssertNeverKvTest, FailsAtOnceWithItsOwnMessageIfItHasOne) {
  EXPECT_EQ(Outcome(Poll("assert_never_kv", "v", kQuarter)),
            R"(fail assertion/assert_never_kv@1: key "k" became forbidden )"
            R"(value "v")");
  EXPECT_EQ(Outcome(Poll("assert_never_kv", "v",
                         R"("within":"1s","poll":"1ms","msg":"leader lost")")),
            "fail assertion/assert_never_kv@1: leader lost");
}

// D7: they end in both kinds of time.
TEST(AssertKvTest, PollInRealTimeInOrdinaryRunsAndEnd) {
  FakeWall wall;
  EXPECT_EQ(
      OutcomeInRealTime(Poll("assert_eventually_kv", "w", kQuarter), wall),
      R"(fail assertion/assert_eventually_kv@1: key "k" did not become "w" )"
      "within 25ms");
  EXPECT_THAT(wall.slept, ElementsAre(30));
}

TEST(AssertKvTest, ManyPollsCostNoMoreThanOne) {
  EXPECT_EQ(TimeAfter(Poll("assert_never_kv", "w",
                           R"("within":"18446744073709551615ms",)"
                           R"("poll":"1ms")")),
            ~Millis{0});
}

TEST(AssertKvTest, AFrozenClockNeverReachesTheDeadline) {
  EXPECT_EQ(Outcome(absl::StrCat(R"({"type":"freeze"},)",
                                 Poll("assert_never_kv", "w", kQuarter))),
            "fail hang/assert_never_kv@2: waits for 30ms of a clock that is "
            "frozen at 0ms");
}

TEST(AssertKvTest, PollingThatTakesNoTimeIsRefused) {
  const ParseOutcome outcome =
      ParseScenario("t.fozzy.json",
                    FileOfSteps(Poll("assert_never_kv", "v",
                                     R"("within":"1s","poll":"0ms")")),
                    ScenarioTables());
  EXPECT_FALSE(outcome.scenario.has_value());
  ASSERT_EQ(outcome.problems.size(), 1u);
  EXPECT_EQ(outcome.problems[0].field, "poll");
}

}  // namespace
}  // namespace fozzy
