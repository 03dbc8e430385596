// Says why the tasks of a run could not go on.
#ifndef FOZZY_SIM_DEADLOCK_H_
#define FOZZY_SIM_DEADLOCK_H_

#include <cstdint>

#include "fozzy/finding.h"

namespace fozzy {

class Simulation;

// Each is called after a run that ended so, before the next one.  The message
// names every task that is left, what it waits for and where; a deadlock of
// locks names the cycle.
Finding ExplainDeadlock(const Simulation& simulation);
Finding ExplainLivelock(const Simulation& simulation);
Finding ExplainStepBound(const Simulation& simulation, uint64_t points_max);

}  // namespace fozzy

#endif  // FOZZY_SIM_DEADLOCK_H_
