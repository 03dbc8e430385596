// Compares two traces.
#ifndef FOZZY_TRACE_DIFF_H_
#define FOZZY_TRACE_DIFF_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace fozzy {

// The first place at which two traces tell of different runs.
struct TraceDifference {
  uint64_t record = 0;           // number of the record, from 0
  std::optional<uint64_t> step;  // that it belongs to; nothing before the first
  // What the two say there: a record as FormatRecord writes it, or how the
  // trace ends.  They can look alike where long texts are cut.
  std::string a;
  std::string b;
};

// Returns nothing if both have the same records, end in the same way and with
// the same findings.  Headers and figures are not compared.
// Errors: those of TraceReader, with the path.
absl::StatusOr<std::optional<TraceDifference>> DiffTraces(const std::string& a,
                                                          const std::string& b);

}  // namespace fozzy

#endif  // FOZZY_TRACE_DIFF_H_
