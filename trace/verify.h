// Says whether a trace is sound.
#ifndef FOZZY_TRACE_VERIFY_H_
#define FOZZY_TRACE_VERIFY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "fozzy/trace.h"

namespace fozzy {

struct TraceReport {
  bool ok = false;          // whole, undamaged and consistent
  bool is_partial = false;  // undamaged as far as it goes, but without its end
  std::string problem;      // what is damaged and where; empty if nothing is
  uint32_t version = 0;     // of the format; 0 if not even that could be read
  TraceCounts counts;       // of the records that could be read
  std::optional<uint64_t> last_step;  // the last step seen to start
  TraceDigest run_digest;             // recomputed from the records
  std::vector<std::string> warnings;
};

// Reads all of the trace: checksums, file digest, counts, index, scenario
// digest, and the run digest recomputed from the records.
// Errors: what TraceReader::Open says, but damage is part of the report.
absl::StatusOr<TraceReport> VerifyTrace(const std::string& path);

// The same for the bytes of a file.
absl::StatusOr<TraceReport> VerifyTraceBytes(absl::string_view bytes);

}  // namespace fozzy

#endif  // FOZZY_TRACE_VERIFY_H_
