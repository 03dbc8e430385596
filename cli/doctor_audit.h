// `doctor --deep`: does a scenario come out the same in processes made
// different on purpose, and if not, why?
#ifndef FOZZY_CLI_DOCTOR_AUDIT_H_
#define FOZZY_CLI_DOCTOR_AUDIT_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "backends/host/doctor/cause.h"
#include "cli/backend_choice.h"
#include "trace/diff.h"

namespace fozzy {

// What to run.
struct AuditPlan {
  std::string scenario;  // absolute paths, for runs work elsewhere
  std::string config;    // empty: there is no such file
  uint64_t seed = 0;
  uint32_t runs = 3;  // at least 2
  BackendChoice backends;
  // Takes a line that says how far it is; may be empty.
  std::function<void(absl::string_view)> progress;
};

// Where the runs worked.
enum class AuditFolder : uint8_t {
  kEmpty = 0,  // nothing there has a say
  kCopied,     // each in its own copy of the working directory
  kShared,     // in the working directory itself: it is too large to copy
};

struct Audit {
  Cause cause;  // its digests are those of the compared runs
  AuditFolder folder = AuditFolder::kEmpty;
  // If the environment alone is the cause: which parts of it, as
  // DisturbanceSources names them.
  std::vector<std::string> parts;
  // Of runs 0 and `differing_run`.  Absent if they agree.
  std::optional<TraceDifference> difference;
  uint32_t differing_run = 0;

  bool is_consistent() const {
    return cause.verdict == Cause::Verdict::kDeterministic;
  }
};

// Does the runs and, if they differ, those that find the cause.
// Errors: those of CauseOf; UNAVAILABLE if a run leaves no trace.
absl::StatusOr<Audit> AuditScenario(const AuditPlan& plan);

}  // namespace fozzy

#endif  // FOZZY_CLI_DOCTOR_AUDIT_H_
