#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/program_replay.h"
#include "cli/replay_input.h"
#include "cli/trace_file.h"
#include "scenarios/bodies/body_trace.h"
#include "scenarios/json_writer.h"
#include "scenarios/record.h"
#include "scenarios/replay.h"
#include "trace/verify.h"

namespace fozzy {
namespace {

struct CiCheck {
  absl::string_view name;
  bool is_ok = false;
  std::string detail;
};

absl::string_view Truth(bool value) { return value ? "true" : "false"; }

// Memory figures as one text, or "None".
std::string MemoryText(const TraceSettings& results) {
  if (results.empty()) return "None";
  return absl::StrJoin(results, " ", absl::PairFormatter("="));
}

// The check that fails, with exit code 2, if there is nothing to replay.
constexpr absl::string_view kReadable = "replay_readable";

// The checks that need a replay.
void AddReplayChecks(const ReplayReport& replay, std::vector<CiCheck>& checks) {
  const TraceFooter got = MakeFooter(replay.run);
  checks.push_back(
      {"replay_outcome_class", replay.footer.status == got.status,
       absl::StrCat("expected=", replay.footer.status, " got=", got.status)});
  checks.push_back({"replay_same_run", !replay.drift.has_value(),
                    replay.drift ? replay.drift->Text() : "no difference"});
  checks.push_back({"replay_findings_parity",
                    replay.footer.findings == got.findings,
                    absl::StrCat("expected=", replay.footer.findings.size(),
                                 " got=", got.findings.size())});
  checks.push_back({"replay_memory_parity",
                    replay.footer.results == got.results,
                    absl::StrCat("expected=", MemoryText(replay.footer.results),
                                 " got=", MemoryText(got.results))});
}

absl::string_view OutcomeOf(const BodyRecording& recording) {
  return recording.is_crash ? "crash" : recording.finding ? "fail" : "pass";
}

std::string FindingOf(const BodyRecording& recording) {
  return recording.finding ? Signature(*recording.finding) : "none";
}

// The same of a trace of C++ code.
void AddBodyChecks(const Context& context, const std::string& path,
                   std::vector<CiCheck>& checks) {
  const absl::StatusOr<BodyReplayInput> input = FindBodyReplay(context, path);
  const absl::StatusOr<BodyReplay> replay =
      input.ok() ? ReplayBody(*input) : input.status();
  if (!replay.ok()) {
    checks.push_back(
        {kReadable, false, std::string(replay.status().message())});
    return;
  }
  const BodyRecording& recorded = input->trace.recording;
  const BodyRecording& got = replay->recording;
  checks.push_back({"replay_outcome_class",
                    OutcomeOf(recorded) == OutcomeOf(got),
                    absl::StrCat("expected=", OutcomeOf(recorded),
                                 " got=", OutcomeOf(got))});
  checks.push_back(
      {"replay_same_run", replay->difference.empty(),
       replay->difference.empty() ? "no difference" : replay->difference});
  checks.push_back({"replay_findings_parity",
                    FindingOf(recorded) == FindingOf(got),
                    absl::StrCat("expected=", FindingOf(recorded),
                                 " got=", FindingOf(got))});
}

std::vector<CiCheck> RunChecks(const Context& context, const std::string& path,
                               const TraceReport& report) {
  std::vector<CiCheck> checks;
  const bool is_sound = report.ok && !report.is_partial;
  const std::string warnings =
      report.warnings.empty() ? "<none>" : absl::StrJoin(report.warnings, "; ");
  checks.push_back(
      {"trace_verify", is_sound,
       absl::StrCat(
           "checksum_present=true checksum_valid=", Truth(report.ok),
           " complete=", Truth(!report.is_partial), " warnings=", warnings,
           report.problem.empty()
               ? ""
               : absl::StrCat(" problem=", path, ": ", report.problem))});
  checks.push_back({"strict_warning_policy",
                    !context.is_strict() || report.warnings.empty(),
                    absl::StrCat("strict=", Truth(context.is_strict()),
                                 " warnings=", warnings)});
  if (!is_sound) return checks;
  if (IsBodyTraceFile(path)) {
    AddBodyChecks(context, path, checks);
    return checks;
  }
  const absl::StatusOr<ReplayReport> replay = ReplayTrace({path});
  if (replay.ok()) {
    AddReplayChecks(*replay, checks);
  } else {
    checks.push_back({kReadable, false,
                      std::string(AtTrace(path, replay.status()).message())});
  }
  return checks;
}

std::string Document(bool is_ok, const std::vector<CiCheck>& checks) {
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("schemaVersion").String("fozzy.ci_report.v1");
  json.Key("ok").Bool(is_ok);
  json.Key("checks").BeginArray();
  for (const CiCheck& check : checks) {
    json.BeginObject();
    json.Key("name").String(check.name);
    json.Key("ok").Bool(check.is_ok);
    json.Key("detail").String(check.detail);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.Take();
}

}  // namespace

int CmdCi(Context& context) {
  const absl::StatusOr<std::string> path =
      FindReplayInput(context, context.args.positionals()[0]);
  if (!path.ok()) return context.output.Fail(path.status());
  const absl::StatusOr<TraceReport> report = VerifyTrace(*path);
  if (!report.ok()) {
    return context.output.Fail(AtTrace(*path, report.status()));
  }
  const std::vector<CiCheck> checks = RunChecks(context, *path, *report);
  bool is_ok = true;
  for (const CiCheck& check : checks) is_ok = is_ok && check.is_ok;
  if (context.output.is_json()) {
    context.output.Json(Document(is_ok, checks));
  } else {
    for (const CiCheck& check : checks) {
      context.output.Text(
          absl::StrCat(check.is_ok ? context.output.Paint(Color::kGreen, "ok  ")
                                   : context.output.Paint(Color::kRed, "FAIL"),
                       " ", check.name, ": ", check.detail, "\n"));
    }
  }
  // What cannot be read says nothing about the run.
  if (!report->ok && report->counts.total() == 0) return kExitUsage;
  if (checks.back().name == kReadable) return kExitUsage;
  return is_ok ? kExitOk : kExitFinding;
}

}  // namespace fozzy
