// The systems that a distributed scenario can be about.
#ifndef FOZZY_SCENARIOS_CLUSTER_SYSTEM_H_
#define FOZZY_SCENARIOS_CLUSTER_SYSTEM_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace fozzy {

enum class ClusterSystem : uint8_t { kKv = 0, kKvLwwBug };

struct ClusterSystemInfo {
  absl::string_view name;  // the value of "distributed.system"
  absl::string_view help;  // one line
};

// In the order of ClusterSystem.
inline constexpr ClusterSystemInfo kClusterSystems[] = {
    {"kv", "a replicated key-value store (default)"},
    {"kv-lww-bug",
     "the same, but what waited behind a partition may undo newer writes once "
     "it is healed: a bug to be found"},
};

// Returns the system of that name, or nothing.
constexpr std::optional<ClusterSystem> ClusterSystemOf(absl::string_view name) {
  uint8_t index = 0;
  for (const ClusterSystemInfo& info : kClusterSystems) {
    if (info.name == name) return static_cast<ClusterSystem>(index);
    ++index;
  }
  return std::nullopt;
}

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_CLUSTER_SYSTEM_H_
