// What a trace holds: a recorded run as plain data.  trace/writer.h makes one,
// trace/reader.h reads it.
#ifndef FOZZY_TRACE_H_
#define FOZZY_TRACE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fozzy/decision.h"

namespace fozzy {

// The version of the format that this build writes; it reads all up to it.
inline constexpr uint32_t kTraceVersion = 1;

// Identifies a run, a scenario or a file.
struct TraceDigest {
  uint64_t low = 0;
  uint64_t high = 0;

  friend bool operator==(const TraceDigest&, const TraceDigest&) = default;
};

// Names and values, in an order that means nothing but is kept.  Any bytes.
using TraceSettings = std::vector<std::pair<std::string, std::string>>;

// What is known before the run starts.  No absolute paths, no wall-clock
// times: two recordings of one run are identical files.
struct TraceHeader {
  uint32_t format_version = kTraceVersion;  // of the file; set by the writer
  std::string tool_version;
  std::string mode;  // "run", "explore" or "test"
  std::string scenario_name;
  uint64_t scenario_size = 0;   // bytes; set by the writer
  TraceDigest scenario_digest;  // set by the writer; see ScenarioDigest
  uint64_t seed = 0;
  std::string strategy;
  std::string time_unit;   // "ms" or "ns"
  TraceSettings settings;  // the configuration of the run

  friend bool operator==(const TraceHeader&, const TraceHeader&) = default;
};

// A finding as stored; `kind` is its name.
struct TraceFinding {
  std::string kind;
  std::string title;
  std::string message;
  std::optional<uint64_t> step;
  std::string details;

  friend bool operator==(const TraceFinding&, const TraceFinding&) = default;
};

// Where a chunk of records starts.
struct TraceIndexEntry {
  uint64_t offset = 0;        // bytes into the file
  uint64_t first_record = 0;  // number of its first record, from 0

  friend bool operator==(const TraceIndexEntry&,
                         const TraceIndexEntry&) = default;
};

// How many records of each kind there are.
struct TraceCounts {
  uint64_t decisions = 0;
  uint64_t events = 0;
  uint64_t observations = 0;

  uint64_t total() const { return decisions + events + observations; }
  friend bool operator==(const TraceCounts&, const TraceCounts&) = default;
};

// What is known when the run has ended.
struct TraceFooter {
  std::string status;  // "pass", "fail", "timeout", "crash" or "error"
  std::vector<TraceFinding> findings;
  uint64_t virtual_time = 0;  // in the unit of the header
  uint64_t steps = 0;         // carried out
  TraceDigest run_digest;     // the identity of the run
  TraceSettings results;      // figures of the run, of its memory say

  // Set by the writer.
  TraceCounts counts;
  std::vector<TraceIndexEntry> index;  // every n-th chunk, at most 1024
  TraceDigest file_digest;             // over all that comes before the footer

  friend bool operator==(const TraceFooter&, const TraceFooter&) = default;
};

// Where in a file something was read.
struct TracePosition {
  uint64_t chunk = 0;   // counted from 0, the header being 0
  uint64_t offset = 0;  // of that chunk, in bytes into the file
  uint64_t record = 0;  // counted from 0 over the whole trace
};

enum class TraceRecordKind : uint8_t { kDecision, kEvent, kObservation };

// One record; only the field that `kind` names is valid.
struct TraceRecord {
  TraceRecordKind kind = TraceRecordKind::kDecision;
  Decision decision;
  Event event;  // its spans are valid until the reader is asked for the next
  Observation observation;
  TracePosition position;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_H_
