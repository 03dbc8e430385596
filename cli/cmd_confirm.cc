#include <string>

#include "absl/status/statusor.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "scenarios/replay.h"

namespace fozzy {

// One line per trace; whoever started this process reads them.
int CmdConfirm(Context& context) {
  int exit_code = kExitOk;
  for (const std::string& path : context.args.positionals()) {
    const absl::StatusOr<ReplayReport> replay = ReplayTrace({path});
    const bool is_same = replay.ok() && !replay->drift;
    if (!is_same) exit_code = kExitFinding;
    context.output.Text(is_same ? "same\n" : "different\n");
  }
  return exit_code;
}

}  // namespace fozzy
