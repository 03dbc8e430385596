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

// Runs the script and delivers the messages it causes.  While the script goes
// on, the strategy is asked (ChoiceKind::kProgress) for its next step, answer
// 0, or the delivery of a message; afterwards (kDeliver) for a message.
// Messages are offered in the order of sending; a delivery takes 1 ms.  The
// invariants are tested when nothing can be delivered any more.
RunReport RunCluster(const ClusterInputs& inputs);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_CLUSTER_RUN_H_
