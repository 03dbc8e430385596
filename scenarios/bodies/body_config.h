// How a body is run.
#ifndef FOZZY_SCENARIOS_BODIES_BODY_CONFIG_H_
#define FOZZY_SCENARIOS_BODIES_BODY_CONFIG_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "fozzy/trace.h"
#include "sim/simulation.h"

namespace fozzy {

// What decides the runs of a body besides the answers, and where answers come
// from in a search.
struct BodyConfig {
  uint64_t seed = 0;
  std::string strategy = "portfolio";
  Simulation::Options simulation = {};
};

bool operator==(const BodyConfig& a, const BodyConfig& b);

// "cpp20" or "sc".
absl::string_view MemoryModelName(MemoryModelKind kind);
std::optional<MemoryModelKind> MemoryModelOf(absl::string_view name);

// Gives each task a stack of `kib` KiB.
// Errors: INVALID_ARGUMENT for less than 16, or more than a GiB.
absl::Status SetStack(uint64_t kib, BodyConfig& config);

// Returns what a trace says of `config`; seed and strategy are in its header.
// ReadBodySettings is the way back; it leaves out settings that begin with
// "body.".
TraceSettings WriteBodySettings(const BodyConfig& config);

// Errors: FAILED_PRECONDITION for a setting this version does not know,
// DATA_LOSS for a value that does not fit.
absl::StatusOr<BodyConfig> ReadBodySettings(const TraceSettings& settings);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_BODY_CONFIG_H_
