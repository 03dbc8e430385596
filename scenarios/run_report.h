// What one run of a scenario came to.
#ifndef FOZZY_SCENARIOS_RUN_REPORT_H_
#define FOZZY_SCENARIOS_RUN_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "fozzy/finding.h"
#include "sim/base/digest.h"
#include "sim/virtual_clock.h"

namespace fozzy {

// How a run ended.
enum class RunStatus : uint8_t { kPass = 0, kFail, kTimeout, kCrash, kError };

// Returns the word used in reports, "pass" say.
absl::string_view RunStatusName(RunStatus status);

// Returns the status of that name, or nothing.
std::optional<RunStatus> RunStatusOf(absl::string_view name);

// Returns the exit code of a run that ended so: 0, 1, 3, 4, 2.
int ExitCodeOf(RunStatus status);

// Of the memory model, at the end of the run.
struct MemorySummary {
  uint64_t alloc_count = 0;
  uint64_t free_count = 0;
  uint64_t failed_alloc_count = 0;
  uint64_t in_use_bytes = 0;
  uint64_t peak_bytes = 0;
  uint64_t leaked_bytes = 0;
  uint64_t leaked_allocs = 0;

  friend bool operator==(const MemorySummary&, const MemorySummary&) = default;
};

struct RunReport {
  RunStatus status = RunStatus::kPass;
  std::vector<Finding> findings;
  Millis virtual_time = 0;
  uint64_t steps = 0;  // carried out, nested ones too
  std::optional<MemorySummary> memory;
  Digest digest;  // the identity of the run
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_RUN_REPORT_H_
