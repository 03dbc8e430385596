#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/run_one.h"
#include "cli/run_setup.h"

namespace fozzy {

int CmdRun(Context& context) {
  const std::string& path = context.args.positionals()[0];
  absl::StatusOr<LoadedScenario> loaded = LoadScenario(context, path);
  if (!loaded.ok()) return context.output.Fail(loaded.status());
  if (loaded->scenario.variant() == ScenarioVariant::kDistributed) {
    return context.output.Fail(absl::InvalidArgumentError(
        absl::StrCat(path,
                     " is a distributed scenario; expected one of steps "
                     "(use: fozzy explore ",
                     path, ")")));
  }
  return RunOne(context, *std::move(loaded), "run");
}

}  // namespace fozzy
