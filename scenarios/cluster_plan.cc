#include "scenarios/cluster_plan.h"

#include <algorithm>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "scenarios/distributed_table.h"
#include "scenarios/duration.h"
#include "scenarios/quote.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

using Kind = ClusterStep::Kind;

// In the order of DistributedSteps().
constexpr Kind kKinds[] = {Kind::kClientGet, Kind::kClientPut, Kind::kCrash,
                           Kind::kHeal,      Kind::kPartition, Kind::kRestart,
                           Kind::kTick};

// In the order of Invariants().
constexpr ClusterInvariant::Kind kInvariantKinds[] = {
    ClusterInvariant::Kind::kAllEqual, ClusterInvariant::Kind::kNodeEquals,
    ClusterInvariant::Kind::kPresentOnAll};

struct Preset {
  absl::string_view name;
  Kind kind;
  size_t nodes;  // it needs
};
constexpr Preset kPresets[] = {
    {"crash-first", Kind::kCrash, 1},
    {"heal-first-two", Kind::kHeal, 2},
    {"partition-first-two", Kind::kPartition, 2},
    {"restart-first", Kind::kRestart, 1},
};

std::vector<std::string> NodesOf(const Scenario& scenario,
                                 const RunConfig& config) {
  std::vector<std::string> nodes;
  if (!config.node_count) {
    for (const absl::string_view node : scenario.distributed().nodes) {
      nodes.emplace_back(node);
    }
    return nodes;
  }
  for (uint64_t i = 0; i < std::min(*config.node_count, kNodesMax); ++i) {
    nodes.push_back(absl::StrCat("n", i));
  }
  return nodes;
}

absl::StatusOr<ClusterStep> StepOfPreset(absl::string_view name, size_t nodes) {
  for (const Preset& preset : kPresets) {
    if (preset.name != name) continue;
    if (nodes < preset.nodes) {
      return absl::InvalidArgumentError(
          absl::StrCat("fault preset ", name, " needs ", preset.nodes,
                       " nodes, the scenario has ", nodes));
    }
    ClusterStep step;
    step.kind = preset.kind;
    step.b = 1;
    return step;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("unknown fault preset ", Quote(name)));
}

// Makes one plan.
class Planner {
 public:
  Planner(const Scenario& scenario, const RunConfig& config)
      : scenario_(scenario), config_(config) {}

  absl::StatusOr<ClusterPlan> Make() {
    plan_.system = scenario_.distributed().system;
    plan_.nodes = NodesOf(scenario_, config_);
    if (plan_.nodes.empty()) {
      return absl::InvalidArgumentError("expected at least one node, got none");
    }
    for (uint32_t i = 0; i < plan_.nodes.size(); ++i) {
      nodes_.emplace(plan_.nodes[i], i);
    }
    FOZZY_RETURN_IF_ERROR(AddSteps());
    FOZZY_RETURN_IF_ERROR(AddInvariants());
    return std::move(plan_);
  }

 private:
  absl::Status AddSteps() {
    for (const std::string& preset : config_.presets) {
      if (preset == "none") continue;
      FOZZY_ASSIGN_OR_RETURN(ClusterStep step,
                             StepOfPreset(preset, plan_.nodes.size()));
      plan_.steps.push_back(step);
    }
    for (const Step& from : scenario_.distributed().steps) {
      FOZZY_ASSIGN_OR_RETURN(ClusterStep step, StepOf(from));
      plan_.steps.push_back(step);
    }
    return absl::OkStatus();
  }

  absl::Status AddInvariants() {
    for (const std::string& flag : config_.checkers) {
      FOZZY_ASSIGN_OR_RETURN(ClusterInvariant invariant, InvariantOfFlag(flag));
      plan_.invariants.push_back(invariant);
    }
    if (!config_.checkers.empty()) return absl::OkStatus();
    for (const Step& from : scenario_.distributed().invariants) {
      FOZZY_ASSIGN_OR_RETURN(ClusterInvariant invariant, InvariantOf(from));
      plan_.invariants.push_back(invariant);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<ClusterStep> StepOf(const Step& from) {
    ClusterStep step;
    step.kind = kKinds[from.type];
    step.number = from.number;
    if (step.kind == Kind::kTick) {
      FOZZY_ASSIGN_OR_RETURN(step.duration,
                             ParseDuration(from.text(TickFields::kDuration)));
      return step;
    }
    // The first field of all others is a node.
    FOZZY_ASSIGN_OR_RETURN(step.a, NodeIndex(from.text(NodeFields::kNode)));
    if (step.kind == Kind::kPartition || step.kind == Kind::kHeal) {
      FOZZY_ASSIGN_OR_RETURN(step.b, NodeIndex(from.text(PairFields::kB)));
    } else if (step.kind == Kind::kClientPut) {
      step.key = TextIndex(from.text(ClientPutFields::kKey));
      step.value = TextIndex(from.text(ClientPutFields::kValue));
    } else if (step.kind == Kind::kClientGet) {
      step.key = TextIndex(from.text(ClientGetFields::kKey));
      if (from.has(ClientGetFields::kEquals)) {
        step.value = TextIndex(from.text(ClientGetFields::kEquals));
      }
      step.expects_null = from.has(ClientGetFields::kIsNull) &&
                          from.boolean(ClientGetFields::kIsNull);
    }
    return step;
  }

  absl::StatusOr<ClusterInvariant> InvariantOf(const Step& from) {
    ClusterInvariant invariant;
    invariant.kind = kInvariantKinds[from.type];
    if (invariant.kind != ClusterInvariant::Kind::kNodeEquals) {
      invariant.key = TextIndex(from.text(KeyFields::kKey));
      return invariant;
    }
    FOZZY_ASSIGN_OR_RETURN(invariant.node,
                           NodeIndex(from.text(NodeEqualsFields::kNode)));
    invariant.key = TextIndex(from.text(NodeEqualsFields::kKey));
    invariant.value = TextIndex(from.text(NodeEqualsFields::kEquals));
    return invariant;
  }

  // Reads "kv_all_equal:K" and the like.
  absl::StatusOr<ClusterInvariant> InvariantOfFlag(absl::string_view flag) {
    const std::vector<absl::string_view> parts = absl::StrSplit(flag, ':');
    ClusterInvariant invariant;
    if (parts.size() == 2 && parts[0] == "kv_all_equal") {
      invariant.key = TextIndex(parts[1]);
    } else if (parts.size() == 2 && parts[0] == "kv_present_on_all") {
      invariant.kind = ClusterInvariant::Kind::kPresentOnAll;
      invariant.key = TextIndex(parts[1]);
    } else if (parts.size() == 4 && parts[0] == "kv_node_equals") {
      invariant.kind = ClusterInvariant::Kind::kNodeEquals;
      FOZZY_ASSIGN_OR_RETURN(invariant.node, NodeIndex(parts[1]));
      invariant.key = TextIndex(parts[2]);
      invariant.value = TextIndex(parts[3]);
    } else {
      return absl::InvalidArgumentError(absl::StrCat(
          "checker ", Quote(flag),
          " is not known; expected kv_all_equal:KEY, kv_present_on_all:KEY or "
          "kv_node_equals:NODE:KEY:VALUE"));
    }
    return invariant;
  }

  absl::StatusOr<uint32_t> NodeIndex(absl::string_view name) const {
    const auto found = nodes_.find(std::string(name));
    if (found != nodes_.end()) return found->second;
    return absl::InvalidArgumentError(
        absl::StrCat("unknown node ", Quote(name), "; expected one of ",
                     absl::StrJoin(plan_.nodes, ", ")));
  }

  uint32_t TextIndex(absl::string_view text) {
    const uint32_t next = static_cast<uint32_t>(plan_.texts.size());
    const auto [known, is_new] = texts_.emplace(std::string(text), next);
    if (is_new) plan_.texts.emplace_back(text);
    return known->second;
  }

  const Scenario& scenario_;
  const RunConfig& config_;
  ClusterPlan plan_;
  absl::btree_map<std::string, uint32_t> nodes_;  // in plan_.nodes
  absl::btree_map<std::string, uint32_t> texts_;  // in plan_.texts
};

}  // namespace

absl::StatusOr<ClusterPlan> PlanCluster(const Scenario& scenario,
                                        const RunConfig& config) {
  return Planner(scenario, config).Make();
}

}  // namespace fozzy
