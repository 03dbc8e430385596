// `explore` and `test` of programs: their bodies are searched.
#ifndef FOZZY_CLI_PROGRAM_EXPLORE_H_
#define FOZZY_CLI_PROGRAM_EXPLORE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "cli/context.h"

namespace fozzy {

// Searches the tests of `program` that --filter names, up to the first finding
// of each, or of all with `stops_early`.  `mode` is that of the report.
// Returns the exit code.
struct ProgramExploration {
  std::string program;
  absl::string_view mode;  // "explore" or "test"
  bool stops_early = false;
};
int ExploreProgram(Context& context, const ProgramExploration& exploration);

}  // namespace fozzy

#endif  // FOZZY_CLI_PROGRAM_EXPLORE_H_
