// Finds why runs differ, by intervention: runs are repeated with one source of
// nondeterminism held fixed at a time, and the one whose fixing makes them
// agree is the cause.
//
//   CauseOf([&](const Disturbance& disturbance, PinSet pins) { ... }, {});
#ifndef FOZZY_BACKENDS_HOST_DOCTOR_CAUSE_H_
#define FOZZY_BACKENDS_HOST_DOCTOR_CAUSE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "backends/host/doctor/disturb.h"
#include "backends/host/doctor/pin.h"

namespace fozzy {

// Does one run and returns its digest.  FAILED_PRECONDITION says that these
// pins cannot be held; any other error ends the search.
using RunOnce =
    std::function<absl::StatusOr<std::string>(const Disturbance&, PinSet)>;

struct CauseOptions {
  uint32_t runs = 3;              // that are compared; at least 2
  uint32_t pinned_runs_min = 4;   // per intervention; at least 3
  uint32_t pinned_runs_max = 24;  // when runs differ only now and then
  DisturbOptions disturb = {};
  // If runs differ too seldom to tell, the search is repeated with this delay
  // before each run, which a clock that shows seconds needs; 0: never.
  uint32_t retry_delay_ms = 1100;
};

struct Cause {
  enum class Verdict : uint8_t {
    kDeterministic,  // the runs agree
    kAll,            // holding all of `pins`, and no fewer, makes them agree
    kAny,            // holding any one of `pins` does
    kUnknown,        // holding everything does not, or is_rare
  };

  Verdict verdict = Verdict::kDeterministic;
  PinSet pins;
  bool is_rare = false;              // unknown: they differ too seldom
  PinSet untested;                   // those that cannot be held
  std::vector<std::string> digests;  // of the compared runs, 0 first
  uint32_t runs = 0;                 // done in all
};

// Returns the words for a report: "none", "clock", "clock and pid",
// "clock or pid", "unknown".
std::string CauseName(const Cause& cause);

// Compares options.runs runs and, if they differ, looks for the cause.
//
// A pin counts as the cause only after so many equal runs that chance explains
// them in less than one search of a thousand, judged by how often runs without
// pins agree.
//
// Errors: INVALID_ARGUMENT for options out of range; those of `run`.
absl::StatusOr<Cause> CauseOf(const RunOnce& run, const CauseOptions& options);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_DOCTOR_CAUSE_H_
