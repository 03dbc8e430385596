#include "trace/stat.h"

#include "sim/base/status_macros.h"

namespace fozzy {

absl::StatusOr<TraceStat> StatTrace(const std::string& path) {
  FOZZY_ASSIGN_OR_RETURN(const auto reader, TraceReader::Open(path));
  TraceStat stat;
  TraceRecord record;
  while (true) {
    FOZZY_ASSIGN_OR_RETURN(const bool is_there, reader->Next(record));
    if (!is_there) break;
    switch (record.kind) {
      case TraceRecordKind::kDecision:
        ++stat.decisions[static_cast<size_t>(record.decision.kind)];
        break;
      case TraceRecordKind::kEvent:
        ++stat.events[static_cast<size_t>(record.event.kind)];
        break;
      case TraceRecordKind::kObservation:
        ++stat.observations[static_cast<size_t>(record.observation.kind)];
        break;
    }
  }
  stat.file_size = reader->file_size();
  stat.sizes = reader->sizes();
  stat.counts = reader->counts();
  stat.is_complete = reader->is_complete();
  return stat;
}

}  // namespace fozzy
