// Everything besides the scenario and the answers that decides a run.  It is
// stored in the trace, so that a replay is set up like the recording.
#ifndef FOZZY_SCENARIOS_RUN_CONFIG_H_
#define FOZZY_SCENARIOS_RUN_CONFIG_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sim/virtual_clock.h"

namespace fozzy {

// The memory model of a run, before steps change it.
struct MemoryConfig {
  bool is_tracked = false;
  bool fails_on_leak = false;
  std::optional<uint64_t> limit_mb;
  std::optional<uint64_t> fail_after;
  std::optional<uint64_t> fragmentation_seed;
  std::optional<std::string> pressure_wave;
  std::optional<uint64_t> leak_budget;
  std::optional<uint64_t> alloc_budget;   // bytes allocated in all, at most
  std::optional<uint64_t> in_use_budget;  // bytes in use at any time, at most

  friend bool operator==(const MemoryConfig&, const MemoryConfig&) = default;
};

// One armed fault site: it fails once in `denominator / numerator` times.
struct FaultOdds {
  std::string site;  // "fs.eio"
  uint64_t numerator = 1;
  uint64_t denominator = 1;

  friend bool operator==(const FaultOdds&, const FaultOdds&) = default;
};

struct RunConfig {
  bool is_det = false;  // virtual time
  uint64_t seed = 0;
  std::optional<Millis> timeout;

  bool has_host_proc = false;
  bool has_host_fs = false;
  bool has_host_http = false;

  MemoryConfig memory;
  std::vector<FaultOdds> faults;  // sorted by site, each once
  uint64_t fault_budget = 3;      // faults per run at most

  // Distributed scenarios.
  std::string schedule = "fifo";
  std::optional<uint64_t> node_count;  // in place of the file's nodes
  std::vector<std::string> presets;    // "partition-first-two": steps put first
  std::vector<std::string> checkers;   // in place of the file's invariants
  std::optional<uint64_t> deliveries_max;

  // Whether some backend touches the real world.
  bool has_host() const {
    return has_host_proc || has_host_fs || has_host_http;
  }

  // Whether the same seed must give the same run.
  bool is_repeatable() const { return is_det && !has_host(); }

  friend bool operator==(const RunConfig&, const RunConfig&) = default;
};

using Settings = std::vector<std::pair<std::string, std::string>>;

// Returns the settings that differ from the default, in a fixed order; the
// seed is not among them.  ReadSettings is the way back.
Settings WriteSettings(const RunConfig& config);

// Errors: FAILED_PRECONDITION for a setting this version does not know,
// DATA_LOSS for a value that does not fit.
absl::StatusOr<RunConfig> ReadSettings(const Settings& settings);

// Adds the comma list `list` of presets and sites ("fs.eio=1/50") to `config`.
// Errors: INVALID_ARGUMENT for an unknown name or odds outside (0, 1].
absl::Status AddFaults(absl::string_view list, RunConfig& config);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_RUN_CONFIG_H_
