// From a command line to runs.
#ifndef FOZZY_CLI_RUN_SETUP_H_
#define FOZZY_CLI_RUN_SETUP_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/context.h"
#include "cli/summary.h"
#include "scenarios/parse.h"
#include "scenarios/run_config.h"
#include "scenarios/scenario.h"

namespace fozzy {

// A scenario that was read, with the warnings about it.
struct LoadedScenario {
  Scenario scenario;
  std::vector<std::string> warnings;  // "FILE:LINE:COLUMN: ..."
};

// Reads the file at `path`, which is to be a scenario.
// Errors: those of ReadScenarioFile; INVALID_ARGUMENT for a trace.
absl::StatusOr<std::string> ReadScenarioSource(const std::string& path);

// Reads and checks the scenario at `path`.
// Errors: those of ReadScenarioSource; INVALID_ARGUMENT with all that is wrong
// with the file, a line each; unknown fields, too, with
// --unknown-fields=error.
absl::StatusOr<LoadedScenario> LoadScenario(const Context& context,
                                            const std::string& path);

// Returns what the command line and the configuration file ask of a run; a
// seed is drawn if none is given.  Only flags the command has are looked at.
// Errors: INVALID_ARGUMENT for faults, schedules or checkers that do not
// exist.
absl::StatusOr<RunConfig> ReadRunConfig(const Context& context);

// Errors: INVALID_ARGUMENT if there are presets, which act on nodes, but no
// distributed scenario (`has_cluster`).
absl::Status CheckPresets(const RunConfig& config, bool has_cluster);

// Returns the command line that makes a run of `config` happen again.
std::string ReproduceLine(const Scenario& scenario, const RunConfig& config);

}  // namespace fozzy

#endif  // FOZZY_CLI_RUN_SETUP_H_
