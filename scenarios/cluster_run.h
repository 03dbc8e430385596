// One run of a distributed scenario.
#ifndef FOZZY_SCENARIOS_CLUSTER_RUN_H_
#define FOZZY_SCENARIOS_CLUSTER_RUN_H_

#include "backends/interface/wall.h"
#include "scenarios/cluster_plan.h"
#include "scenarios/run_config.h"
#include "scenarios/run_report.h"
#include "sim/run.h"

namespace fozzy {

// What a run of a cluster needs; nothing is owned.
struct ClusterInputs {
  const ClusterPlan* plan = nullptr;
  const RunConfig* config = nullptr;
  Run* run = nullptr;
  Wall* wall = nullptr;  // null on replay
};

// Runs the plan once, as ClusterSubject says.
RunReport RunCluster(const ClusterInputs& inputs);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_CLUSTER_RUN_H_
