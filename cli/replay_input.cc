#include "cli/replay_input.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/run_store.h"
#include "cli/trace_file.h"
#include "sim/base/status_macros.h"

namespace fozzy {

absl::StatusOr<std::string> FindReplayInput(const Context& context,
                                            const std::string& selector) {
  FOZZY_ASSIGN_OR_RETURN(std::string path,
                         RunStore(context.base_dir()).FindTrace(selector));
  FOZZY_ASSIGN_OR_RETURN(const bool is_established, IsEstablishedTrace(path));
  if (!is_established) return path;
  return absl::FailedPreconditionError(absl::StrCat(
      path,
      " is a JSON trace of the established tool; it can be verified and "
      "shown, but not replayed: record the scenario again"));
}

}  // namespace fozzy
