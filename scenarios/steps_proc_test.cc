#include "scenarios/steps_proc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "backends/testing/fake_host.h"
#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

std::string When(absl::string_view fields) {
  return absl::StrCat(R"({"type":"proc_when","cmd":"make",)", fields, "}");
}

std::string Spawn(absl::string_view fields) {
  return absl::StrCat(R"({"type":"proc_spawn","cmd":"make")",
                      fields.empty() ? "" : ",", fields, "}");
}

// Returns what one spawn comes to with one rule.
std::string Outcome(absl::string_view rule, absl::string_view spawn) {
  return OutcomeOf(RunSteps(absl::StrCat(When(rule), ",", Spawn(spawn))));
}

TEST(ProcRuleTest, TheWholeListOfArgumentsMustBeEqual) {
  const char* rule = R"("args":["-j","2"],"exit_code":0)";
  EXPECT_EQ(Outcome(rule, R"("args":["-j","2"])"), "pass");
  EXPECT_EQ(Outcome(rule, R"("args":["-j"])"),
            R"(fail assertion/proc_unmatched@1: no proc_when matches "make" )"
            R"("-j")");
  EXPECT_EQ(Outcome(R"("exit_code":0)", R"("args":[])"), "pass");
}

TEST(ProcRuleTest, TheFirstThatFitsAndIsNotUsedUpAnswers) {
  EXPECT_EQ(
      OutcomeOf(RunSteps(absl::StrCat(
          When(R"("exit_code":9,"times":0)"), ",",
          When(R"("exit_code":1,"times":1)"), ",", When(R"("exit_code":0)"),
          ",", Spawn(R"("expect_exit":1)"), ",", Spawn(R"("expect_exit":0)"),
          ",", Spawn(R"("expect_exit":0)")))),
      "pass");
}

TEST(ProcSpawnTest, WithoutARuleOneIsSuggested) {
  const ScenarioRun run = RunSteps(Spawn(R"("args":["a\"b"])"));
  ASSERT_EQ(run.report.findings.size(), 1u);
  EXPECT_EQ(run.report.findings[0].title, "proc_unmatched");
  EXPECT_EQ(run.report.findings[0].details,
            R"({"suggestedProcWhen":{"type":"proc_when","cmd":"make",)"
            R"("args":["a\"b"],"exit_code":0,"stdout":""}})");
}

TEST(ProcSpawnTest, LooksAtExitStdoutAndStderrInThisOrder) {
  const char* rule = R"("exit_code":3,"stdout":"o","stderr":"e")";
  EXPECT_EQ(Outcome(rule, R"("expect_exit":0,"expect_stdout":"x")"),
            "fail assertion/proc_exit@1: expected exit 0, got 3");
  EXPECT_EQ(Outcome(rule, R"("expect_stdout":"x","expect_stderr":"x")"),
            "fail assertion/proc_stdout@1: proc stdout mismatch: expected "
            R"("x", got "o")");
  EXPECT_EQ(Outcome(rule, R"("expect_stderr":"x")"),
            "fail assertion/proc_stderr@1: proc stderr mismatch: expected "
            R"("x", got "e")");
  EXPECT_EQ(Outcome(rule, R"("expect_exit":3,"expect_stdout":"o",
                             "expect_stderr":"e")"),
            "pass");
}

TEST(ProcSpawnTest, NothingExpectedMeansAnyExit) {
  EXPECT_EQ(Outcome(R"("exit_code":-2147483648)", ""), "pass");
}

// D24
TEST(ProcSpawnTest, APartOrAPatternOfTheOutputCanBeExpected) {
  const char* rule =
      R"("exit_code":0,"stdout":"built in 31 ms\n","stderr":"warn: x\n")";
  EXPECT_EQ(Outcome(rule, R"("expect_stdout_regex":"in [0-9]+ ms",
                             "expect_stderr_contains":"warn")"),
            "pass");
  EXPECT_EQ(Outcome(rule, R"("expect_stdout_contains":"error")"),
            "fail assertion/proc_stdout@1: proc stdout mismatch: expected it "
            R"(to contain "error", got "built in 31 ms\n")");
  EXPECT_EQ(Outcome(rule, R"("expect_stderr_regex":"^error")"),
            "fail assertion/proc_stderr@1: proc stderr mismatch: expected it "
            R"(to match "^error", got "warn: x\n")");
}

TEST(ProcSpawnTest, TheOutputIsSavedOnlyIfAllExpectationsHold) {
  const char* rule = R"("exit_code":0,"stdout":"o")";
  const std::string spawn = Spawn(R"("expect_exit":0,"save_stdout_as":"k")");
  EXPECT_EQ(OutcomeOf(RunSteps(absl::StrCat(
                When(rule), ",", spawn,
                R"(,{"type":"get_kv_assert","key":"k","equals":"o"})"))),
            "pass");
}

TEST(ProcSpawnTest, TheExitIsTold) {
  const ScenarioRun run =
      RunSteps(absl::StrCat(When(R"("exit_code":-1)"), ",", Spawn("")));
  EXPECT_THAT(run.EventsOf(EventKind::kProcSpawn),
              ElementsAre(HeardEvent{
                  EventKind::kProcSpawn, 0, {~uint64_t{0}}, {"make"}}));
}

// Runs `steps` on a host whose processes end as `answer`.
std::string Live(absl::string_view steps, const ProcResult& answer) {
  FakeProc proc;
  proc.answer = answer;
  FakeWall wall;
  ScenarioRunOptions options;
  options.config.has_host_proc = true;
  options.host.proc = &proc;
  options.host.wall = &wall;
  const ScenarioRun run = RunSteps(steps, options);
  EXPECT_EQ(proc.asked.size(), 1u);
  EXPECT_EQ(run.heard.observations.size(), 1u);
  return OutcomeOf(run);
}

ProcResult Exited(int32_t exit_code, std::string out, std::string err) {
  ProcResult result;
  result.exit_code = exit_code;
  result.out = std::move(out);
  result.err = std::move(err);
  return result;
}

TEST(LiveProcTest, RulesBecomeWhatTheProcessMustDo) {
  const std::string steps = absl::StrCat(
      When(R"("exit_code":0,"stdout_contains":"ok")"), ",", Spawn(""));
  EXPECT_EQ(Live(steps, Exited(0, "all ok\n", "")), "pass");
  EXPECT_EQ(Live(steps, Exited(2, "all ok\n", "")),
            "fail assertion/proc_exit@1: expected exit 0, got 2 (proc_when)");
  EXPECT_EQ(Live(steps, Exited(0, "", "")),
            "fail assertion/proc_stdout@1: proc stdout mismatch: expected it "
            R"(to contain "ok", got "" (proc_when))");
  EXPECT_EQ(
      Live(absl::StrCat(When(R"("exit_code":0,"args":["x"])"), ",", Spawn("")),
           Exited(0, "", "")),
      "fail assertion/proc_when_host_unmatched@1: no proc_when matches "
      R"("make")");
}

// D23: death by a signal is a crash that names it.
TEST(LiveProcTest, AProcessKilledByASignalIsACrash) {
  ProcResult killed = Exited(-1, "", "");
  killed.end = ProcResult::End::kSignaled;
  killed.signal = 11;
  killed.reason = "SIGSEGV";
  EXPECT_EQ(Live(Spawn(""), killed),
            R"(crash crash/proc_signal@0: "make" was killed by signal 11 )"
            "(SIGSEGV)");
  EXPECT_EQ(Live(Spawn(R"("expect_exit":-1)"), killed), "pass");
}

TEST(LiveProcTest, ASanitizersReportIsACrashUnlessItsExitIsExpected) {
  const ProcResult report =
      Exited(1, "", "==1==SUMMARY: AddressSanitizer: heap-use-after-free");
  EXPECT_EQ(Live(Spawn(""), report),
            R"(crash crash/proc_sanitizer@0: "make" ended with a sanitizer's )"
            "report, exit 1");
  EXPECT_EQ(Live(Spawn(R"("expect_exit":1)"), report), "pass");
}

TEST(LiveProcTest, AProcessThatDoesNotStartIsAFailureAndOneCutOffATimeout) {
  ProcResult result = Exited(-1, "", "");
  result.end = ProcResult::End::kNotStarted;
  result.reason = "ENOENT";
  EXPECT_EQ(Live(Spawn(""), result),
            R"(fail assertion/proc_spawn@0: could not start "make": ENOENT)");
  result.end = ProcResult::End::kTimedOut;
  EXPECT_EQ(Live(Spawn(""), result),
            R"(timeout hang/timeout@0: "make" was killed at the time limit)");
}

}  // namespace
}  // namespace fozzy
