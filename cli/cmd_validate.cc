#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/run_setup.h"
#include "scenarios/json_writer.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"

namespace fozzy {
namespace {

absl::string_view SeverityName(Problem::Severity severity) {
  switch (severity) {
    case Problem::Severity::kError:
      return "error";
    case Problem::Severity::kMistake:
      return "mistake";
    case Problem::Severity::kWarning:
      return "warning";
  }
  return "";
}

void WriteProblem(const Problem& problem, JsonWriter& json) {
  json.BeginObject();
  json.Key("severity").String(SeverityName(problem.severity));
  json.Key("line").Uint(problem.line);
  json.Key("column").Uint(problem.column);
  if (!problem.step.empty()) json.Key("step").String(problem.step);
  if (!problem.field.empty()) json.Key("field").String(problem.field);
  json.Key("found").String(problem.found);
  json.Key("expected").String(problem.expected);
  json.Key("message").String(problem.Message());
  json.EndObject();
}

std::string Document(const std::string& path, const ParseOutcome& outcome,
                     const Problem* first_error) {
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  if (outcome.scenario) json.Key("name").String(outcome.scenario->name());
  json.Key("ok").Bool(first_error == nullptr);
  json.Key("scenario").String(path);
  if (outcome.scenario) {
    const Scenario& scenario = *outcome.scenario;
    const bool is_cluster = scenario.variant() == ScenarioVariant::kDistributed;
    const Distributed& distributed = scenario.distributed();
    json.Key("steps").Uint(is_cluster ? distributed.steps.size()
                                      : scenario.steps().size());
    if (is_cluster) {
      json.Key("invariants").Uint(distributed.invariants.size());
    }
  }
  if (outcome.variant)
    json.Key("variant").String(VariantName(*outcome.variant));
  if (first_error != nullptr) {
    json.Key("error").String(first_error->Text(path));
  }
  if (!outcome.problems.empty()) {
    json.Key("problems").BeginArray();
    for (const Problem& problem : outcome.problems) {
      WriteProblem(problem, json);
    }
    json.EndArray();
  }
  json.EndObject();
  return json.Take();
}

}  // namespace

int CmdValidate(Context& context) {
  const std::string& path = context.args.positionals()[0];
  absl::StatusOr<std::string> source = ReadScenarioSource(path);
  if (!source.ok()) return context.output.Fail(source.status());
  const ParseOutcome outcome =
      ParseScenario(path, *std::move(source), ScenarioTables());
  const bool are_warnings_errors =
      context.args.Text("--unknown-fields").value_or("warn") == "error";
  const Problem* first_error = nullptr;
  for (const Problem& problem : outcome.problems) {
    const bool is_error =
        problem.severity != Problem::Severity::kWarning || are_warnings_errors;
    if (is_error && first_error == nullptr) first_error = &problem;
  }
  if (context.output.is_json()) {
    context.output.Json(Document(path, outcome, first_error));
  } else {
    for (const Problem& problem : outcome.problems) {
      context.output.Note(absl::StrCat(SeverityName(problem.severity), ": ",
                                       problem.Text(path)));
    }
    if (first_error == nullptr) {
      context.output.Text(
          absl::StrCat(path, ": ok, ", VariantName(*outcome.variant), "\n"));
    }
  }
  return first_error == nullptr ? kExitOk : kExitUsage;
}

}  // namespace fozzy
