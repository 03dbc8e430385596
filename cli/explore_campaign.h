// `explore --runs`: many schedules, one report.
#ifndef FOZZY_CLI_EXPLORE_CAMPAIGN_H_
#define FOZZY_CLI_EXPLORE_CAMPAIGN_H_

#include "cli/context.h"
#include "cli/run_setup.h"

namespace fozzy {

// Whether the command line asks for many schedules.
bool IsCampaign(const Context& context);

// Explores the distributed scenario as the command line says and reports.
// Returns the exit code.  The folder of the run keeps how far it came, also if
// the process is killed, for --resume.
int ExploreMany(Context& context, LoadedScenario loaded);

}  // namespace fozzy

#endif  // FOZZY_CLI_EXPLORE_CAMPAIGN_H_
