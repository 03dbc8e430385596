// What the bytes of a trace are spent on.
#ifndef FOZZY_TRACE_STAT_H_
#define FOZZY_TRACE_STAT_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "fozzy/trace.h"
#include "trace/reader.h"

namespace fozzy {

struct TraceStat {
  uint64_t file_size = 0;  // bytes
  TraceReader::Sizes sizes;
  TraceCounts counts;
  // By the number of the kind.
  std::array<uint64_t, kChoiceKinds> decisions = {};
  std::array<uint64_t, kEventKinds> events = {};
  std::array<uint64_t, kObservationKinds> observations = {};
  bool is_complete = false;

  // Bytes of records and answers, as stored.
  uint64_t record_bytes() const { return sizes.records + sizes.answers; }

  // Hundredths of a byte that recording took per decision and per step, all
  // records counted; 0 if there is none.
  uint64_t centibytes_per_decision() const { return PerOne(counts.decisions); }
  uint64_t centibytes_per_step() const {
    return PerOne(events[static_cast<size_t>(EventKind::kStep)]);
  }

 private:
  uint64_t PerOne(uint64_t count) const {
    return count == 0 ? 0 : 100 * record_bytes() / count;
  }
};

// Errors: those of TraceReader.
absl::StatusOr<TraceStat> StatTrace(const std::string& path);

}  // namespace fozzy

#endif  // FOZZY_TRACE_STAT_H_
