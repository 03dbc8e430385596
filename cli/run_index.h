// The log of all runs: one line of JSON for each, in the order they ended.
//
// Lines are appended with one write(2) each, so that runs that end at the same
// time do not disturb each other, and it is read from its end, so that a run
// costs the same however many there were before.  Runs may be dropped from it
// by writing it anew; a lock on the file keeps that apart from appending.
#ifndef FOZZY_CLI_RUN_INDEX_H_
#define FOZZY_CLI_RUN_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace fozzy {

// Bytes of a line, at most: a write of that size is not split.
inline constexpr size_t kRunLineBytesMax = 4096;

struct RunEntry {
  std::string run_id;
  std::string mode;
  std::string status;
  uint64_t seed = 0;
  int64_t finished_unix_ns = 0;

  friend bool operator==(const RunEntry&, const RunEntry&) = default;
};

// Returns the line of `entry`, without its end.
std::string RunLine(const RunEntry& entry);

// Returns what a line says; nothing if it is damaged.
std::optional<RunEntry> ReadRunLine(absl::string_view line);

// Adds a line to the log at `path`, which is made if need be.
// Errors: INVALID_ARGUMENT if it cannot be written, with the path.
absl::Status AppendRun(const std::string& path, const RunEntry& entry);

// Calls `visit` for each run, the last first, while it returns true.  Damaged
// lines are passed over.
// Errors: INVALID_ARGUMENT if the log cannot be read; none if there is no log.
absl::Status VisitRuns(const std::string& path,
                       absl::FunctionRef<bool(const RunEntry&)> visit);

// Drops the runs for which `is_kept`, asked for the last first, is false.
// Errors: as for AppendRun.
absl::Status FilterRuns(const std::string& path,
                        absl::FunctionRef<bool(const RunEntry&)> is_kept);

}  // namespace fozzy

#endif  // FOZZY_CLI_RUN_INDEX_H_
