// `run` and `explore`: one scenario, one run, one report.
#ifndef FOZZY_CLI_RUN_ONE_H_
#define FOZZY_CLI_RUN_ONE_H_

#include "absl/strings/string_view.h"
#include "cli/context.h"
#include "cli/run_setup.h"

namespace fozzy {

// Runs the scenario as the command line says and reports.  Returns the exit
// code.  `mode` is "run" or "explore".
int RunOne(Context& context, LoadedScenario loaded, absl::string_view mode);

}  // namespace fozzy

#endif  // FOZZY_CLI_RUN_ONE_H_
