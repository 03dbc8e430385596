// Which of the two trace formats a file is in.
#ifndef FOZZY_CLI_TRACE_FILE_H_
#define FOZZY_CLI_TRACE_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace fozzy {

// Whether the file at `path` is a JSON trace of the established tool.
// Errors: NOT_FOUND, INVALID_ARGUMENT if it cannot be read.
absl::StatusOr<bool> IsEstablishedTrace(const std::string& path);

// Errors: FAILED_PRECONDITION for a JSON trace of the established tool, which
// cannot be replayed but recorded anew; those of IsEstablishedTrace.
absl::Status CheckOurFormat(const std::string& path);

// Returns `status` with the trace's path before its message, unless it is OK or
// names the path already: readers of traces know only bytes.
absl::Status AtTrace(const std::string& path, const absl::Status& status);

}  // namespace fozzy

#endif  // FOZZY_CLI_TRACE_FILE_H_
