#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/program_replay.h"
#include "cli/program_worker.h"
#include "cli/replay_input.h"
#include "cli/scenario_trace.h"
#include "scenarios/bodies/body_trace.h"
#include "scenarios/json_writer.h"
#include "sim/base/status_macros.h"
#include "sim/search/explain.h"

namespace fozzy {
namespace {

absl::Status Passed(const std::string& path) {
  return absl::FailedPreconditionError(absl::StrCat(
      path, ": found a run that passed, expected one that failed"));
}

absl::StatusOr<std::string> ExplainBody(const Context& context,
                                        const std::string& path) {
  FOZZY_ASSIGN_OR_RETURN(const BodyReplayInput input,
                         FindBodyReplay(context, path));
  if (!input.trace.recording.finding) return Passed(path);
  ControlRequest request = RequestOf(input.trace, ControlVerb::kExplain);
  if (const auto seed = context.args.U64("--seed")) request.config.seed = *seed;
  FOZZY_ASSIGN_OR_RETURN(const ControlAnswer answer,
                         CallFresh({input.program}, request));
  return answer.text;
}

absl::StatusOr<std::string> ExplainScenario(const Context& context,
                                            const std::string& path) {
  FOZZY_ASSIGN_OR_RETURN(ScenarioTrace trace, ReadScenarioTrace(path));
  if (!trace.finding) return Passed(path);
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<ScenarioSubject> subject,
                         ScenarioSubject::Make(*trace.scenario, trace.config));
  FOZZY_ASSIGN_OR_RETURN(
      const Explanation why,
      Explain(
          *subject, trace.recorded, *trace.finding,
          {.seed = context.args.U64("--seed").value_or(trace.config.seed)}));
  return ExplanationText(why);
}

}  // namespace

int CmdExplain(Context& context) {
  const absl::StatusOr<std::string> path =
      FindReplayInput(context, context.args.positionals()[0]);
  if (!path.ok()) return context.output.Fail(path.status());
  const absl::StatusOr<std::string> text =
      IsBodyTraceFile(*path) ? ExplainBody(context, *path)
                             : ExplainScenario(context, *path);
  if (!text.ok()) return context.output.Fail(text.status());
  if (context.output.is_json()) {
    JsonWriter json(JsonWriter::Style::kPretty);
    json.BeginObject();
    json.Key("schemaVersion").String("fozzy.explanation.v1");
    json.Key("tracePath").String(*path);
    json.Key("text").String(*text);
    json.EndObject();
    context.output.Json(json.Take());
  } else {
    context.output.Text(*text);
  }
  return kExitOk;
}

}  // namespace fozzy
