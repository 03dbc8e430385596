// Finding the trace that a user means.
#ifndef FOZZY_CLI_REPLAY_INPUT_H_
#define FOZZY_CLI_REPLAY_INPUT_H_

#include <string>

#include "absl/status/statusor.h"
#include "cli/context.h"

namespace fozzy {

// Returns the path of the trace that `selector` names: a path, a run id,
// latest, last-pass or last-fail.
// Errors: those of RunStore::FindTrace; FAILED_PRECONDITION for a trace of the
// established tool, which cannot be replayed but recorded anew.
absl::StatusOr<std::string> FindReplayInput(const Context& context,
                                            const std::string& selector);

}  // namespace fozzy

#endif  // FOZZY_CLI_REPLAY_INPUT_H_
