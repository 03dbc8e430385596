// `run` and `explore`: one scenario, one run, one report.
#ifndef FOZZY_CLI_RUN_ONE_H_
#define FOZZY_CLI_RUN_ONE_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "cli/context.h"
#include "cli/execute.h"
#include "cli/invocation.h"
#include "cli/run_setup.h"

namespace fozzy {

// Runs the scenario as the command line says and reports.  Returns the exit
// code.  `mode` is "run" or "explore".
int RunOne(Context& context, LoadedScenario loaded, absl::string_view mode);

// Makes the folder of the run and says where the trace goes and when one is
// kept.
// Errors: those of Invocation::MakeFolder and RecordPath.
absl::Status PlanTrace(const Context& context, Invocation& invocation,
                       absl::string_view mode, Execution& execution);

// Replays the trace of a finding in a fresh process.  One that does not come
// back is another finding, which is put first.
// Errors: those of ReplayElsewhere.
absl::Status ConfirmFinding(const RunConfig& config, Executed& executed);

}  // namespace fozzy

#endif  // FOZZY_CLI_RUN_ONE_H_
