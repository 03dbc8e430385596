// The events of a trace, for reports.
#ifndef FOZZY_CLI_TIMELINE_H_
#define FOZZY_CLI_TIMELINE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/summary.h"

namespace fozzy {

// Entries that a report shows, at most; the trace holds the rest.
inline constexpr size_t kTimelineEntriesMax = 5000;

// Returns the first events of the trace.
// Errors: those of TraceReader.
absl::StatusOr<std::vector<TimelineEvent>> ReadTimeline(
    const std::string& trace_path);

// Events that are written into files, at most; the trace holds the rest.
inline constexpr uint64_t kEventFileEntriesMax = 100'000;

// Writes the events of the trace into events.json, an array, and
// timeline.json, the same numbered, in `folder`.
// Errors: those of TraceReader and WriteFile.
absl::Status WriteEventFiles(const std::string& trace_path,
                             const std::string& folder);

}  // namespace fozzy

#endif  // FOZZY_CLI_TIMELINE_H_
