#include "scenarios/testing/scenario_run.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/schedule.h"
#include "sim/base/check.h"

namespace fozzy {

RunConfig DetConfig() {
  RunConfig config;
  config.is_det = true;
  config.seed = 7;
  return config;
}

RunConfig FaultyConfig(const std::vector<std::string>& sites, uint64_t budget) {
  RunConfig config = DetConfig();
  for (const std::string& site : sites) config.faults.push_back({site, 1, 2});
  config.fault_budget = budget;
  return config;
}

std::vector<HeardEvent> ScenarioRun::EventsOf(EventKind kind) const {
  std::vector<HeardEvent> events;
  for (const HeardEvent& event : heard.events) {
    if (event.kind == kind) events.push_back(event);
  }
  return events;
}

std::string FileOfSteps(absl::string_view steps) {
  return absl::StrCat(R"({"version":1,"name":"t","steps":[)", steps, "]}");
}

std::string FileOfCluster(absl::string_view members) {
  return absl::StrCat(R"({"version":1,"name":"t","distributed":{)", members,
                      "}}");
}

Scenario ParseOrDie(absl::string_view source) {
  ParseOutcome outcome =
      ParseScenario("test.fozzy.json", std::string(source), ScenarioTables());
  FOZZY_CHECK(outcome.scenario.has_value());
  return *std::move(outcome.scenario);
}

ScenarioRun RunParsed(const Scenario& scenario,
                      const ScenarioRunOptions& options) {
  ScheduleStrategy schedule(scenario.variant(), options.config);
  ScenarioRun run;
  RunInputs inputs;
  inputs.scenario = &scenario;
  inputs.config = &options.config;
  inputs.strategy =
      options.strategy == nullptr ? &schedule.strategy() : options.strategy;
  inputs.sink = &run.heard;
  inputs.host = options.host;
  absl::StatusOr<RunReport> report = RunScenario(inputs);
  FOZZY_CHECK(report.ok());
  run.report = *std::move(report);
  return run;
}

ScenarioRun RunText(absl::string_view source,
                    const ScenarioRunOptions& options) {
  return RunParsed(ParseOrDie(source), options);
}

ScenarioRun RunSteps(absl::string_view steps,
                     const ScenarioRunOptions& options) {
  return RunText(FileOfSteps(steps), options);
}

ScenarioRun RunAll(const std::vector<std::string>& steps,
                   const ScenarioRunOptions& options) {
  return RunSteps(absl::StrJoin(steps, ","), options);
}

std::string OutcomeOf(const RunReport& report) {
  std::string outcome(RunStatusName(report.status));
  absl::string_view between = " ";
  for (const Finding& finding : report.findings) {
    absl::StrAppend(&outcome, between, Signature(finding), ": ",
                    finding.message);
    between = "; ";
  }
  return outcome;
}

}  // namespace fozzy
