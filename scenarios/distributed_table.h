// The types of steps and invariants of distributed scenarios.
#ifndef FOZZY_SCENARIOS_DISTRIBUTED_TABLE_H_
#define FOZZY_SCENARIOS_DISTRIBUTED_TABLE_H_

#include "scenarios/step_spec.h"

namespace fozzy {

// Both sorted by name.  They are not run one by one: see cluster_plan.h.
StepTable DistributedSteps();
StepTable Invariants();

// Fields by type.
struct ClientPutFields {
  enum Field : size_t { kNode, kKey, kValue };
};
struct ClientGetFields {
  enum Field : size_t { kNode, kKey, kEquals, kIsNull };
};
struct PairFields {
  enum Field : size_t { kA, kB };
};
struct NodeFields {
  enum Field : size_t { kNode };
};
struct TickFields {
  enum Field : size_t { kDuration };
};
struct KeyFields {
  enum Field : size_t { kKey };
};
struct NodeEqualsFields {
  enum Field : size_t { kNode, kKey, kEquals };
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_DISTRIBUTED_TABLE_H_
