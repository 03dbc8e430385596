// Every fault site, through scenarios whose strategy says when it strikes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "scenarios/testing/scenario_run.h"
#include "sim/fault_plan.h"
#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kWrite[] = R"({"type":"fs_write","path":"a","data":"data"})";
constexpr char kRead[] =
    R"({"type":"fs_write","path":"a","data":"data"},
       {"type":"fs_read_assert","path":"a","equals":"data"})";
constexpr char kGet[] =
    R"({"type":"http_when","method":"GET","path":"/","status":200,
        "delay":"5ms"},
       {"type":"http_request","method":"GET","path":"/","expect_status":200})";
constexpr char kSpawn[] =
    R"({"type":"proc_when","cmd":"c","exit_code":0},
       {"type":"proc_spawn","cmd":"c","expect_exit":0})";
constexpr char kSend[] =
    R"({"type":"net_send","from":"a","to":"b","payload":"p"},
       {"type":"net_deliver_one"},
       {"type":"net_recv_assert","node":"b","payload":"p"})";

// What one fault makes of some steps that pass without.
struct FaultCase {
  const char* site;
  const char* steps;
  const char* outcome;
  Millis time = 0;  // at the end
};

constexpr FaultCase kCases[] = {
    {"fs.eio", kWrite, "fail assertion/fs_write@0: fs_write failed: EIO"},
    {"fs.enospc", kWrite, "fail assertion/fs_write@0: fs_write failed: ENOSPC"},
    {"fs.short_write", kWrite,
     "fail assertion/fs_write@0: fs_write failed: short write: 2 of 4 bytes"},
    {"fs.short_read", kRead,
     R"(fail assertion/fs_read_assert@1: expected "a" == "data", got )"
     R"(Some("da"))"},
    {"http.timeout", kGet,
     "fail assertion/http_timeout@1: no answer to GET /: timed out", 5},
    {"http.reset", kGet,
     "fail assertion/http_reset@1: no answer to GET /: connection reset", 5},
    {"http.5xx", kGet,
     "fail assertion/http_status@1: expected status 200, got 503", 5},
    {"http.slow", kGet, "pass", 1005},
    {"proc.spawn", kSpawn,
     R"(fail assertion/proc_spawn@1: could not start "c": EAGAIN)"},
    {"proc.kill", kSpawn,
     R"(crash crash/proc_signal@1: "c" was killed by signal 9 (SIGKILL))"},
    {"proc.slow", kSpawn, "pass", 1000},
    {"net.drop", kSend,
     "fail assertion/net_recv_assert@2: no matching inbox message for node "
     R"("b" payload "p")"},
};

ScenarioRun RunWith(const RunConfig& config, absl::string_view steps,
                    ScriptedStrategy& strategy) {
  ScenarioRunOptions options;
  options.config = config;
  options.strategy = &strategy;
  return RunSteps(steps, options);
}

TEST(FaultSitesTest, EverySiteHasACaseHere) {
  std::set<std::string> sites;
  for (const FaultCase& fault : kCases) sites.insert(fault.site);
  for (const FaultSiteInfo& info : kFaultSites) {
    EXPECT_EQ(sites.count(std::string(info.name)), 1u) << info.name;
  }
}

TEST(FaultSitesTest, AnswerOneIsTheFaultAndIsTold) {
  for (const FaultCase& fault : kCases) {
    ScriptedStrategy strategy({1});
    const ScenarioRun run =
        RunWith(FaultyConfig({fault.site}, 1), fault.steps, strategy);
    EXPECT_EQ(OutcomeOf(run), fault.outcome) << fault.site;
    EXPECT_EQ(run.report.virtual_time, fault.time) << fault.site;
    const auto events = run.EventsOf(EventKind::kFault);
    ASSERT_EQ(events.size(), 1u) << fault.site;
    EXPECT_THAT(events[0].texts, ElementsAre(fault.site));
    EXPECT_THAT(run.heard.decisions,
                ElementsAre(Decision{ChoiceKind::kFault, {}, 1}));
  }
}

TEST(FaultSitesTest, AnswerZeroIsTheRunWithoutFaults) {
  for (const FaultCase& fault : kCases) {
    ScriptedStrategy none;
    ScriptedStrategy zeros;
    const ScenarioRun calm = RunWith(DetConfig(), fault.steps, none);
    const ScenarioRun armed =
        RunWith(FaultyConfig({fault.site}), fault.steps, zeros);
    EXPECT_TRUE(none.questions().empty()) << fault.site;
    EXPECT_FALSE(zeros.questions().empty()) << fault.site;
    EXPECT_EQ(OutcomeOf(armed), "pass") << fault.site;
    EXPECT_EQ(armed.heard.events, calm.heard.events) << fault.site;
    EXPECT_EQ(armed.report.virtual_time, calm.report.virtual_time);
  }
}

TEST(FaultSitesTest, EveryQuestionHasTheOddsOfItsSite) {
  for (const FaultCase& fault : kCases) {
    RunConfig config = DetConfig();
    config.faults = {{fault.site, 3, 1000}};
    ScriptedStrategy strategy;
    RunWith(config, fault.steps, strategy);
    for (const ValueChoice& question : strategy.questions()) {
      EXPECT_EQ(question.kind, ChoiceKind::kFault);
      EXPECT_EQ(question.last, 1u);
      EXPECT_EQ(question.weight.threshold, Weight::Odds(3, 1000).threshold);
      EXPECT_EQ(question.draw, kNoDraw);
    }
  }
}

// A fault in the established stream would give old seeds another meaning.
TEST(FaultSitesTest, ArmingASiteDoesNotMoveTheRandomNumbers) {
  const std::string steps = absl::StrCat(
      kWrite, R"(,{"type":"rand_u64","key":"r"},{"type":"get_kv_assert",
                   "key":"r","equals":"877555679359244567"})");
  ScenarioRunOptions options;
  options.config.faults = {{"fs.eio", 1, 1'000'000}};
  EXPECT_EQ(OutcomeOf(RunSteps(steps, options)), "pass");
}

TEST(FaultSitesTest, OnlyOneOfTheFaultsOfAnOperationStrikes) {
  ScriptedStrategy strategy({0, 1, 1, 1});
  const ScenarioRun run =
      RunWith(FaultyConfig({"fs.eio", "fs.enospc", "fs.short_write"}), kWrite,
              strategy);
  EXPECT_EQ(OutcomeOf(run),
            "fail assertion/fs_write@0: fs_write failed: ENOSPC");
  EXPECT_EQ(strategy.questions().size(), 2u);
}

// Returns a write that may fail, `count` times.
std::string Writes(size_t count) {
  std::string steps;
  for (size_t i = 0; i < count; ++i) {
    absl::StrAppend(&steps, i == 0 ? "" : ",",
                    R"({"type":"assert_throws","steps":[)", kWrite,
                    R"(,{"type":"fail","message":"no"}]})");
  }
  return steps;
}

TEST(FaultBudgetTest, NothingIsAskedOnceItIsSpent) {
  ScriptedStrategy strategy({1, 0, 1, 1, 1});
  const ScenarioRun run =
      RunWith(FaultyConfig({"fs.eio"}, 2), Writes(5), strategy);
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_EQ(run.EventsOf(EventKind::kFault).size(), 2u);
  EXPECT_EQ(strategy.questions().size(), 3u);
}

TEST(FaultBudgetTest, IsOneForAllSitesTogether) {
  ScriptedStrategy strategy({1, 1, 1});
  const ScenarioRun run = RunWith(FaultyConfig({"fs.eio", "http.slow"}, 1),
                                  absl::StrCat(Writes(1), ",", kGet), strategy);
  EXPECT_EQ(run.EventsOf(EventKind::kFault).size(), 1u);
  EXPECT_EQ(run.report.virtual_time, 5u);
}

TEST(FaultBudgetTest, ABudgetOfNothingAsksNothing) {
  ScriptedStrategy strategy({1});
  const ScenarioRun run =
      RunWith(FaultyConfig({"fs.eio"}, 0), kWrite, strategy);
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_THAT(run.heard.decisions, IsEmpty());
}

TEST(FaultSitesTest, ASlowAnswerHangsOnAFrozenClock) {
  ScriptedStrategy strategy({1});
  const ScenarioRun run =
      RunWith(FaultyConfig({"proc.slow"}),
              absl::StrCat(R"({"type":"freeze"},)", kSpawn), strategy);
  EXPECT_EQ(OutcomeOf(run),
            "fail hang/proc_spawn@2: waits for 1000ms of a clock that is "
            "frozen at 0ms");
}

TEST(FaultSitesTest, AKilledProcessIsWhatMinusOneExpects) {
  ScriptedStrategy strategy({1});
  const ScenarioRun run =
      RunWith(FaultyConfig({"proc.kill"}),
              R"({"type":"proc_when","cmd":"c","exit_code":0},
         {"type":"proc_spawn","cmd":"c","expect_exit":-1})",
              strategy);
  EXPECT_EQ(OutcomeOf(run), "pass");
}

// Both drops are questions of their own; the drawn one comes first.
TEST(FaultSitesTest, AMessageThatTheRateSparedMayStillBeLost) {
  ScriptedStrategy strategy({0, 1});
  const ScenarioRun run = RunWith(
      FaultyConfig({"net.drop"}),
      absl::StrCat(R"({"type":"net_set_drop_rate","rate":0.5},)", kSend),
      strategy);
  EXPECT_THAT(run.heard.decisions,
              ElementsAre(Decision{ChoiceKind::kDrop, {}, 0},
                          Decision{ChoiceKind::kFault, {}, 1}));
  EXPECT_EQ(run.EventsOf(EventKind::kNetDrop).size(), 1u);
}

}  // namespace
}  // namespace fozzy
