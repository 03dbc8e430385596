// Where a recording goes if something is there already.
#ifndef FOZZY_CLI_RECORD_PATH_H_
#define FOZZY_CLI_RECORD_PATH_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "trace/writer.h"

namespace fozzy {

// Where a trace goes; the fields are those of TraceWriter::Options.
struct RecordTarget {
  std::string path;
  bool replaces = true;
  TraceWriter::NextPath next_path = nullptr;
  std::string asked;  // what the user named; empty if nobody did
};

// Returns the target of `--record path`.  `collision` says what to do if
// something is there, now or when the run ends: "error", "overwrite" or
// "append"; the last makes "a.fozzy" into "a.1.fozzy", with one more than the
// largest number there is.
// Errors: ALREADY_EXISTS with "error"; INVALID_ARGUMENT for a folder.
absl::StatusOr<RecordTarget> RecordPath(const std::string& path,
                                        absl::string_view collision);

// Returns a warning if the trace is at another path, `recorded`, than was
// asked for, or "".
std::string RecordWarning(const RecordTarget& target,
                          const std::string& recorded);

}  // namespace fozzy

#endif  // FOZZY_CLI_RECORD_PATH_H_
