#include "cli/replay_input.h"

#include "cli/run_store.h"
#include "cli/trace_file.h"
#include "sim/base/status_macros.h"

namespace fozzy {

absl::StatusOr<std::string> FindReplayInput(const Context& context,
                                            const std::string& selector) {
  FOZZY_ASSIGN_OR_RETURN(std::string path,
                         RunStore(context.base_dir()).FindTrace(selector));
  FOZZY_RETURN_IF_ERROR(CheckOurFormat(path));
  return path;
}

}  // namespace fozzy
