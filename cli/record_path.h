// Where a recording goes if something is there already.
#ifndef FOZZY_CLI_RECORD_PATH_H_
#define FOZZY_CLI_RECORD_PATH_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace fozzy {

// Returns the path that `--record path` writes to.  `collision` is "error",
// "overwrite" or "append"; the last makes "a.fozzy" into "a.1.fozzy", with one
// more than the largest number there is.
// Errors: ALREADY_EXISTS with "error".
absl::StatusOr<std::string> RecordPath(const std::string& path,
                                       absl::string_view collision);

}  // namespace fozzy

#endif  // FOZZY_CLI_RECORD_PATH_H_
