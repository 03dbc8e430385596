#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/context.h"
#include "cli/explore_campaign.h"
#include "cli/handlers.h"
#include "cli/program_explore.h"
#include "cli/program_worker.h"
#include "cli/run_one.h"
#include "cli/run_setup.h"

namespace fozzy {

int CmdExplore(Context& context) {
  const std::string& path = context.args.positionals()[0];
  if (IsProgram(path)) return ExploreProgram(context, {path, "explore", true});
  absl::StatusOr<LoadedScenario> loaded = LoadScenario(context, path);
  if (!loaded.ok()) return context.output.Fail(loaded.status());
  if (loaded->scenario.variant() != ScenarioVariant::kDistributed) {
    return context.output.Fail(absl::InvalidArgumentError(
        absl::StrCat(path,
                     " is a scenario of steps; expected a distributed "
                     "one (use: fozzy run ",
                     path, ")")));
  }
  if (IsCampaign(context)) return ExploreMany(context, *std::move(loaded));
  return RunOne(context, *std::move(loaded), "explore");
}

}  // namespace fozzy
