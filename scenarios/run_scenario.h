// One run of one scenario.
#ifndef FOZZY_SCENARIOS_RUN_SCENARIO_H_
#define FOZZY_SCENARIOS_RUN_SCENARIO_H_

#include "absl/status/statusor.h"
#include "backends/world.h"
#include "fozzy/strategy.h"
#include "scenarios/run_config.h"
#include "scenarios/run_report.h"
#include "scenarios/scenario.h"
#include "sim/run.h"

namespace fozzy {

class StepWatcher;

// What a run needs.  Nothing is owned.
struct RunInputs {
  const Scenario* scenario = nullptr;
  const RunConfig* config = nullptr;
  Strategy* strategy = nullptr;    // already begun
  RunSink* sink = nullptr;         // may be null
  StepWatcher* watcher = nullptr;  // of scenarios of steps; may be null
  // On replay, what the host said; `host` is then not touched.
  ObservationSource* recorded = nullptr;
  // What of the host the configuration asks for; the wall clock always, but
  // on replay.
  Host host;
};

// Returns the tables that scenarios are read with.
ParseTables ScenarioTables();

// Runs the scenario to its end.  What it does wrong is in the report.
// Errors: INVALID_ARGUMENT if the configuration does not fit the scenario.
absl::StatusOr<RunReport> RunScenario(const RunInputs& inputs);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_RUN_SCENARIO_H_
