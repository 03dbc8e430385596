// Traces as plain data, to be changed: a test edits one and sees what notices.
#ifndef FOZZY_TRACE_TESTING_EDIT_H_
#define FOZZY_TRACE_TESTING_EDIT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "fozzy/trace.h"

namespace fozzy {

// A record that owns what it shows; only the fields of its kind matter.
struct EditableRecord {
  TraceRecordKind kind = TraceRecordKind::kDecision;
  Decision decision;
  EventKind event = EventKind::kStep;
  uint64_t time = 0;
  std::vector<uint64_t> numbers;
  std::vector<std::string> texts;
  Observation observation;

  friend bool operator==(const EditableRecord&,
                         const EditableRecord&) = default;
};

EditableRecord MakeDecision(const Decision& decision);
EditableRecord MakeEvent(EventKind kind, uint64_t time,
                         std::vector<uint64_t> numbers,
                         std::vector<std::string> texts);
EditableRecord MakeObservation(const Observation& observation);

struct EditableTrace {
  TraceHeader header;
  std::string scenario;
  std::vector<EditableRecord> records;
  TraceFooter footer;  // left as it is for a partial trace
};

// Reads a whole trace.  Errors: those of TraceReader.
absl::StatusOr<EditableTrace> LoadTrace(const std::string& path);

// Writes `trace` with all checksums and digests, that of the run too,
// computed anew: a forgery that only a replay can tell.
// Errors: those of TraceWriter.
absl::Status SaveTrace(const EditableTrace& trace, const std::string& path);

}  // namespace fozzy

#endif  // FOZZY_TRACE_TESTING_EDIT_H_
