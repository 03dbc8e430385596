// Running many scenarios, several at a time.
#ifndef FOZZY_CLI_SUITE_H_
#define FOZZY_CLI_SUITE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "cli/context.h"
#include "cli/record_path.h"
#include "cli/summary.h"
#include "scenarios/run_config.h"

namespace fozzy {

struct SuiteOptions {
  const Context* context = nullptr;  // not owned
  RunConfig config;                  // its seed is that of the suite
  uint64_t jobs = 1;
  bool is_fail_fast = false;
  std::vector<RecordTarget> recordings;  // by file; or none
  // A folder for the traces of what failed, each failed-STEM.fozzy, with -2 and
  // so on behind a stem that was there.
  std::string artifacts;
};

struct SuiteOutcome {
  std::vector<ScenarioResult> results;  // by file
  std::vector<std::string> warnings;
  Millis virtual_time = 0;  // of all runs
};

// Runs `files`: scenarios of steps and distributed ones, each with the seed
// that the established rule gives it, and traces, which are replayed.  What
// cannot be read is a result of status "error"; the rest still runs.  Results
// do not depend on `jobs`.  `on_progress` hears how many are done.
SuiteOutcome RunSuite(const std::vector<std::string>& files,
                      const SuiteOptions& options,
                      absl::FunctionRef<void(size_t)> on_progress);

}  // namespace fozzy

#endif  // FOZZY_CLI_SUITE_H_
