#include "scenarios/cluster_run.h"

#include "scenarios/cluster_subject.h"

namespace fozzy {

RunReport RunCluster(const ClusterInputs& inputs) {
  ClusterSubject subject(*inputs.plan, *inputs.config);
  subject.RunOnce(*inputs.run, inputs.wall);
  return subject.Report();
}

}  // namespace fozzy
