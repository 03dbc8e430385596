// The recorded run of a scenario as something to run again, otherwise.
#ifndef FOZZY_CLI_SCENARIO_TRACE_H_
#define FOZZY_CLI_SCENARIO_TRACE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "fozzy/finding.h"
#include "scenarios/run_config.h"
#include "scenarios/scenario.h"
#include "scenarios/scenario_subject.h"
#include "sim/search/subject.h"

namespace fozzy {

struct ScenarioTrace {
  std::optional<Scenario> scenario;
  RunConfig config;
  RecordedRun recorded;
  std::optional<Finding> finding;  // the first
};

// Reads the trace at `path` and replays it.
// Errors: those of ReplayTrace; FAILED_PRECONDITION for a run that does not
// come back, or that depends on what the host said.
absl::StatusOr<ScenarioTrace> ReadScenarioTrace(const std::string& path);

}  // namespace fozzy

#endif  // FOZZY_CLI_SCENARIO_TRACE_H_
