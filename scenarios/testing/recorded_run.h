// Recording runs for tests.
#ifndef FOZZY_SCENARIOS_TESTING_RECORDED_RUN_H_
#define FOZZY_SCENARIOS_TESTING_RECORDED_RUN_H_

#include <string>

#include "scenarios/run_report.h"
#include "scenarios/testing/scenario_run.h"

namespace fozzy {

// Runs `scenario` and records it at `path`.  Aborts if that fails.
RunReport RecordRun(const Scenario& scenario, const ScenarioRunOptions& options,
                    const std::string& path);

// Replays the trace at `path`.  Returns "" if the run came out as recorded,
// else where the two part, or why the trace cannot be replayed.
std::string DriftOf(const std::string& path);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_TESTING_RECORDED_RUN_H_
