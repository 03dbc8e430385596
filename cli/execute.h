// Running a scenario for a command, with or without a trace.
#ifndef FOZZY_CLI_EXECUTE_H_
#define FOZZY_CLI_EXECUTE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/record_path.h"
#include "fozzy/strategy.h"
#include "scenarios/run_config.h"
#include "scenarios/run_report.h"
#include "scenarios/scenario.h"

namespace fozzy {

// Which runs leave a trace.
enum class KeepTrace : uint8_t { kNever, kUnlessPassed, kAlways };

// One run.  Nothing is owned.
struct Execution {
  const Scenario* scenario = nullptr;
  const RunConfig* config = nullptr;
  Strategy* strategy = nullptr;  // begun; null: what the schedule says
  absl::string_view mode;        // "run", "explore" or "test"
  KeepTrace keep = KeepTrace::kNever;
  RecordTarget trace;  // unless kNever
};

// What came of it.
struct Executed {
  RunReport report;
  std::string warning;     // why there is no trace though one was to be kept
  std::string trace_path;  // of the trace that was kept; empty if none was
};

// Runs the scenario.
// Errors: those of RunScenario, of the host backends and of the trace writer.
absl::StatusOr<Executed> Execute(const Execution& execution);

// Replays the traces in a fresh process and returns for each whether it came
// out the same.  A finding is reported only if it does.
// Errors: UNAVAILABLE if the process cannot be run.
absl::StatusOr<std::vector<bool>> ReplayElsewhere(
    const std::vector<std::string>& traces);

}  // namespace fozzy

#endif  // FOZZY_CLI_EXECUTE_H_
