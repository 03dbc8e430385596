#include "scenarios/steps_proc.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "scenarios/json_writer.h"
#include "scenarios/quote.h"
#include "scenarios/step_runner.h"
#include "scenarios/text_match.h"

namespace fozzy {
namespace {

// How long a fault keeps a process from ending.
constexpr Millis kSlowDelay = 1000;

constexpr MatchFields kWhenOut = {ProcWhen::kStdout, ProcWhen::kStdoutContains,
                                  ProcWhen::kStdoutRegex};
constexpr MatchFields kWhenErr = {ProcWhen::kStderr, ProcWhen::kStderrContains,
                                  ProcWhen::kStderrRegex};
constexpr MatchFields kSpawnOut = {ProcSpawn::kExpectStdout,
                                   ProcSpawn::kExpectStdoutContains,
                                   ProcSpawn::kExpectStdoutRegex};
constexpr MatchFields kSpawnErr = {ProcSpawn::kExpectStderr,
                                   ProcSpawn::kExpectStderrContains,
                                   ProcSpawn::kExpectStderrRegex};

// What a step or a rule expects of a process.
struct Expectation {
  std::optional<int64_t> exit_code;
  TextMatcher out;
  TextMatcher err;
};

std::vector<std::string> TextsOf(const Step& step, size_t field) {
  std::vector<std::string> texts;
  for (const Value& item : step.items(field)) {
    texts.emplace_back(item.text, item.size);
  }
  return texts;
}

// Returns a rule that would have answered `request`, for the user to paste.
std::string SuggestedRule(const ProcRequest& request) {
  JsonWriter json(JsonWriter::Style::kCompact);
  json.BeginObject();
  json.Key("suggestedProcWhen");
  json.BeginObject();
  json.Key("type").String("proc_when");
  json.Key("cmd").String(request.cmd);
  json.Key("args");
  json.BeginArray();
  for (const std::string& arg : request.args) json.String(arg);
  json.EndArray();
  json.Key("exit_code").Int(0);
  json.Key("stdout").String("");
  json.EndObject();
  json.EndObject();
  return json.Take();
}

std::string CommandLine(const ProcRequest& request) {
  std::string line = Quote(request.cmd);
  for (const std::string& arg : request.args) {
    absl::StrAppend(&line, " ", Quote(arg));
  }
  return line;
}

// Answers from the rules, or fails the step.
std::optional<ProcResult> SpawnScripted(StepRunner& runner,
                                        const ProcRequest& request) {
  World& world = runner.world();
  const ProcRule* rule = world.proc_rules().Take(
      [&](const ProcRule& candidate) { return candidate.Fits(request); });
  if (rule == nullptr) {
    runner.Fail(FindingKind::kAssertion, "proc_unmatched",
                absl::StrCat("no proc_when matches ", CommandLine(request)),
                SuggestedRule(request));
    return std::nullopt;
  }
  ProcResult result;
  result.exit_code = rule->exit_code;
  result.out = rule->out.equals.value_or("");
  result.err = rule->err.equals.value_or("");
  if (world.faults().Strike(FaultSite::kProcSpawn)) {
    result = {};
    result.end = ProcResult::End::kNotStarted;
    result.reason = "EAGAIN";
  } else if (world.faults().Strike(FaultSite::kProcKill)) {
    result.end = ProcResult::End::kSignaled;
    result.exit_code = -1;
    result.signal = 9;
    result.reason = "SIGKILL";
  } else if (world.faults().Strike(FaultSite::kProcSlow)) {
    if (!runner.Sleep(kSlowDelay)) return std::nullopt;
  }
  return result;
}

// Fails the step if `result` is not as expected; `who` is expecting it.
void FailUnlessMet(StepRunner& runner, const Expectation& expected,
                   const ProcResult& result, absl::string_view who) {
  if (expected.exit_code && result.exit_code != *expected.exit_code) {
    runner.Fail(FindingKind::kAssertion, "proc_exit",
                absl::StrCat("expected exit ", *expected.exit_code, ", got ",
                             result.exit_code, who));
    return;
  }
  if (const auto wrong = Mismatch(expected.out, result.out)) {
    runner.Fail(FindingKind::kAssertion, "proc_stdout",
                absl::StrCat("proc stdout mismatch: ", *wrong, who));
    return;
  }
  if (const auto wrong = Mismatch(expected.err, result.err)) {
    runner.Fail(FindingKind::kAssertion, "proc_stderr",
                absl::StrCat("proc stderr mismatch: ", *wrong, who));
  }
}

// A sanitizer's report is a crash, whatever the exit code says.
bool IsSanitizerReport(const ProcResult& result) {
  return result.exit_code != 0 && absl::StrContains(result.err, "SUMMARY: ") &&
         absl::StrContains(result.err, "Sanitizer: ");
}

// Fails the step if the process did not come to an end of its own, unless that
// is expected.
void FailIfBroken(StepRunner& runner, const Expectation& expected,
                  const ProcRequest& request, const ProcResult& result) {
  switch (result.end) {
    case ProcResult::End::kExited:
      if (IsSanitizerReport(result) && expected.exit_code != result.exit_code) {
        runner.Crash("proc_sanitizer",
                     absl::StrCat(CommandLine(request),
                                  " ended with a sanitizer's report, exit ",
                                  result.exit_code));
      }
      return;
    case ProcResult::End::kSignaled:
      if (expected.exit_code == int64_t{-1}) return;
      runner.Crash("proc_signal",
                   absl::StrCat(CommandLine(request), " was killed by signal ",
                                result.signal, " (", result.reason, ")"));
      return;
    case ProcResult::End::kNotStarted:
      runner.Fail(FindingKind::kAssertion, "proc_spawn",
                  absl::StrCat("could not start ", CommandLine(request), ": ",
                               result.reason));
      return;
    case ProcResult::End::kTimedOut:
      runner.TimeOut(
          absl::StrCat(CommandLine(request), " was killed at the time limit"));
      return;
  }
}

// With rules, a live process must answer as one of them says; `rule` is the
// one that fits, or null.
void FailUnlessRuled(StepRunner& runner, const ProcRequest& request,
                     const ProcResult& result, const ProcRule* rule) {
  if (runner.world().proc_rules().empty()) return;
  if (rule == nullptr) {
    runner.Fail(FindingKind::kAssertion, "proc_when_host_unmatched",
                absl::StrCat("no proc_when matches ", CommandLine(request)),
                SuggestedRule(request));
    return;
  }
  FailUnlessMet(runner, {rule->exit_code, rule->out, rule->err}, result,
                " (proc_when)");
}

// Fails the step unless a live process ended as it should.
void JudgeLive(StepRunner& runner, const Expectation& expected,
               const ProcRequest& request, const ProcResult& result) {
  const ProcRule* rule = runner.world().proc_rules().Take(
      [&](const ProcRule& candidate) { return candidate.Fits(request); });
  // A rule, too, can expect death by a signal, with the code it is given.
  const bool is_death_ruled = result.end == ProcResult::End::kSignaled &&
                              rule != nullptr &&
                              rule->exit_code == result.exit_code;
  if (!is_death_ruled) FailIfBroken(runner, expected, request, result);
  if (!runner.has_failed()) FailUnlessRuled(runner, request, result, rule);
}

}  // namespace

void ProcWhen::Check(const Step& step, CheckReport& report) {
  CheckPattern(step, kWhenOut, report);
  CheckPattern(step, kWhenErr, report);
}

void ProcWhen::Run(StepRunner& runner, const Step& step) {
  ProcRule rule;
  rule.cmd = std::string(step.text(kCmd));
  rule.args = TextsOf(step, kArgs);
  rule.exit_code = static_cast<int32_t>(step.i64(kExitCode));
  rule.out = MatcherOf(step, kWhenOut);
  rule.err = MatcherOf(step, kWhenErr);
  if (step.has(kTimes)) rule.times = step.u64(kTimes);
  runner.world().proc_rules().Add(std::move(rule));
}

void ProcSpawn::Check(const Step& step, CheckReport& report) {
  CheckPattern(step, kSpawnOut, report);
  CheckPattern(step, kSpawnErr, report);
}

void ProcSpawn::Run(StepRunner& runner, const Step& step) {
  World& world = runner.world();
  const ProcRequest request = {std::string(step.text(kCmd)),
                               TextsOf(step, kArgs), runner.RemainingLimit()};
  Expectation expected = {std::nullopt, MatcherOf(step, kSpawnOut),
                          MatcherOf(step, kSpawnErr)};
  if (step.has(kExpectExit)) expected.exit_code = step.i64(kExpectExit);

  const std::optional<ProcResult> result = world.proc() == nullptr
                                               ? SpawnScripted(runner, request)
                                               : world.proc()->Spawn(request);
  if (!result) return;
  runner.Tell(EventKind::kProcSpawn,
              {static_cast<uint64_t>(int64_t{result->exit_code})},
              {request.cmd});
  if (world.proc() == nullptr) {
    FailIfBroken(runner, expected, request, *result);
  } else {
    JudgeLive(runner, expected, request, *result);
  }
  if (!runner.has_failed()) FailUnlessMet(runner, expected, *result, "");
  if (runner.has_failed() || !step.has(kSaveStdoutAs)) return;
  world.kv().Set(step.text(kSaveStdoutAs), result->out);
}

}  // namespace fozzy
