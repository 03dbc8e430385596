// A distributed scenario, ready to run: names resolved, flags applied.
#ifndef FOZZY_SCENARIOS_CLUSTER_PLAN_H_
#define FOZZY_SCENARIOS_CLUSTER_PLAN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "scenarios/cluster_system.h"
#include "scenarios/run_config.h"
#include "scenarios/scenario.h"

namespace fozzy {

// One step of the script.  Nodes, keys and values are indices into what the
// plan names.
struct ClusterStep {
  enum class Kind : uint8_t {
    kClientGet,
    kClientPut,
    kCrash,
    kHeal,
    kPartition,
    kRestart,
    kTick,
  };

  Kind kind = Kind::kTick;
  uint32_t a = 0;  // the node, or one end of the connection
  uint32_t b = 0;  // the other end
  uint32_t key = 0;
  std::optional<uint32_t> value;  // written, or expected
  bool expects_null = false;
  Millis duration = 0;
  std::optional<uint32_t> number;  // of the step in the file; none for presets
};

// Something that must hold when nothing can be delivered any more.
struct ClusterInvariant {
  enum class Kind : uint8_t { kAllEqual, kNodeEquals, kPresentOnAll };

  Kind kind = Kind::kAllEqual;
  uint32_t key = 0;
  uint32_t node = 0;   // kNodeEquals
  uint32_t value = 0;  // kNodeEquals
};

struct ClusterPlan {
  ClusterSystem system = ClusterSystem::kKv;
  std::vector<std::string> nodes;
  std::vector<std::string> texts;  // keys and values, each once
  std::vector<ClusterStep> steps;
  std::vector<ClusterInvariant> invariants;
};

// Returns what `config` makes of `scenario`: other nodes, presets put first,
// other invariants.  Requires a distributed scenario.
// Errors: INVALID_ARGUMENT for a node, preset or checker that does not exist.
absl::StatusOr<ClusterPlan> PlanCluster(const Scenario& scenario,
                                        const RunConfig& config);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_CLUSTER_PLAN_H_
