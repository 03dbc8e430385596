#include "scenarios/cluster_plan.h"

#include <algorithm>

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

absl::StatusOr<uint32_t> NodeIndex(const ClusterPlan& plan,
                                   absl::string_view name) {
  const auto found = std::find(plan.nodes.begin(), plan.nodes.end(), name);
  if (found != plan.nodes.end()) {
    return static_cast<uint32_t>(found - plan.nodes.begin());
  }
  return absl::InvalidArgumentError(
      absl::StrCat("unknown node ", Quote(name), "; expected one of ",
                   absl::StrJoin(plan.nodes, ", ")));
}

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

absl::StatusOr<ClusterStep> StepOfPreset(const ClusterPlan& plan,
                                         absl::string_view name) {
  for (const Preset& preset : kPresets) {
    if (preset.name != name) continue;
    if (plan.nodes.size() < preset.nodes) {
      return absl::InvalidArgumentError(
          absl::StrCat("fault preset ", name, " needs ", preset.nodes,
                       " nodes, the scenario has ", plan.nodes.size()));
    }
    ClusterStep step;
    step.kind = preset.kind;
    step.b = 1;
    return step;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("unknown fault preset ", Quote(name)));
}

absl::StatusOr<ClusterStep> StepOf(const ClusterPlan& plan, const Step& from) {
  ClusterStep step;
  step.kind = kKinds[from.type];
  step.number = from.number;
  if (step.kind == Kind::kTick) {
    FOZZY_ASSIGN_OR_RETURN(step.duration,
                           ParseDuration(from.text(TickFields::kDuration)));
    return step;
  }
  // The first field of all others is a node.
  FOZZY_ASSIGN_OR_RETURN(step.a, NodeIndex(plan, from.text(NodeFields::kNode)));
  if (step.kind == Kind::kPartition || step.kind == Kind::kHeal) {
    FOZZY_ASSIGN_OR_RETURN(step.b, NodeIndex(plan, from.text(PairFields::kB)));
  } else if (step.kind == Kind::kClientPut) {
    step.key = std::string(from.text(ClientPutFields::kKey));
    step.value = std::string(from.text(ClientPutFields::kValue));
  } else if (step.kind == Kind::kClientGet) {
    step.key = std::string(from.text(ClientGetFields::kKey));
    if (from.has(ClientGetFields::kEquals)) {
      step.value = std::string(from.text(ClientGetFields::kEquals));
    }
    step.expects_null = from.has(ClientGetFields::kIsNull) &&
                        from.boolean(ClientGetFields::kIsNull);
  }
  return step;
}

absl::StatusOr<ClusterInvariant> InvariantOf(const ClusterPlan& plan,
                                             const Step& from) {
  ClusterInvariant invariant;
  invariant.kind = kInvariantKinds[from.type];
  if (invariant.kind != ClusterInvariant::Kind::kNodeEquals) {
    invariant.key = std::string(from.text(KeyFields::kKey));
    return invariant;
  }
  FOZZY_ASSIGN_OR_RETURN(invariant.node,
                         NodeIndex(plan, from.text(NodeEqualsFields::kNode)));
  invariant.key = std::string(from.text(NodeEqualsFields::kKey));
  invariant.value = std::string(from.text(NodeEqualsFields::kEquals));
  return invariant;
}

// Reads "kv_all_equal:K" and the like.
absl::StatusOr<ClusterInvariant> InvariantOfFlag(const ClusterPlan& plan,
                                                 absl::string_view flag) {
  const std::vector<std::string> parts = absl::StrSplit(flag, ':');
  ClusterInvariant invariant;
  if (parts.size() == 2 && parts[0] == "kv_all_equal") {
    invariant.key = parts[1];
  } else if (parts.size() == 2 && parts[0] == "kv_present_on_all") {
    invariant.kind = ClusterInvariant::Kind::kPresentOnAll;
    invariant.key = parts[1];
  } else if (parts.size() == 4 && parts[0] == "kv_node_equals") {
    invariant.kind = ClusterInvariant::Kind::kNodeEquals;
    FOZZY_ASSIGN_OR_RETURN(invariant.node, NodeIndex(plan, parts[1]));
    invariant.key = parts[2];
    invariant.value = parts[3];
  } else {
    return absl::InvalidArgumentError(absl::StrCat(
        "checker ", Quote(flag),
        " is not known; expected kv_all_equal:KEY, kv_present_on_all:KEY or "
        "kv_node_equals:NODE:KEY:VALUE"));
  }
  return invariant;
}

}  // namespace

absl::StatusOr<ClusterPlan> PlanCluster(const Scenario& scenario,
                                        const RunConfig& config) {
  ClusterPlan plan;
  plan.nodes = NodesOf(scenario, config);
  if (plan.nodes.empty()) {
    return absl::InvalidArgumentError("expected at least one node, got none");
  }
  for (const std::string& preset : config.presets) {
    if (preset == "none") continue;
    FOZZY_ASSIGN_OR_RETURN(ClusterStep step, StepOfPreset(plan, preset));
    plan.steps.push_back(std::move(step));
  }
  for (const Step& from : scenario.distributed().steps) {
    FOZZY_ASSIGN_OR_RETURN(ClusterStep step, StepOf(plan, from));
    plan.steps.push_back(std::move(step));
  }
  for (const std::string& flag : config.checkers) {
    FOZZY_ASSIGN_OR_RETURN(ClusterInvariant invariant,
                           InvariantOfFlag(plan, flag));
    plan.invariants.push_back(std::move(invariant));
  }
  if (!config.checkers.empty()) return plan;
  for (const Step& from : scenario.distributed().invariants) {
    FOZZY_ASSIGN_OR_RETURN(ClusterInvariant invariant, InvariantOf(plan, from));
    plan.invariants.push_back(std::move(invariant));
  }
  return plan;
}

}  // namespace fozzy
