#include <optional>
#include <string>

#include "absl/status/status.h"
#include "cli/context.h"
#include "cli/execute.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/run_setup.h"

namespace fozzy {

// One run into a trace and nowhere else; the doctor starts this in processes
// made different on purpose, and reads the trace.  A finding is no failure.
int CmdProbe(Context& context) {
  const std::optional<std::string> trace = context.args.Text("--record");
  if (!trace) {
    return context.output.Fail(
        absl::InvalidArgumentError("probe needs --record PATH"));
  }
  const absl::StatusOr<LoadedScenario> loaded =
      LoadScenario(context, context.args.positionals()[0]);
  if (!loaded.ok()) return context.output.Fail(loaded.status());
  absl::StatusOr<RunConfig> config = ReadRunConfig(context);
  if (!config.ok()) return context.output.Fail(config.status());
  config->is_det = true;  // the wall clock differs anyway
  const bool is_cluster =
      loaded->scenario.variant() == ScenarioVariant::kDistributed;
  Execution execution;
  execution.scenario = &loaded->scenario;
  execution.config = &*config;
  execution.mode = is_cluster ? "explore" : "run";
  execution.keep = KeepTrace::kAlways;
  execution.trace.path = *trace;
  const absl::StatusOr<Executed> executed = Execute(execution);
  return executed.ok() ? kExitOk : context.output.Fail(executed.status());
}

}  // namespace fozzy
