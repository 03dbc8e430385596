// Faults as virtual backends meet them.
#ifndef FOZZY_BACKENDS_VIRTUAL_FAULTS_H_
#define FOZZY_BACKENDS_VIRTUAL_FAULTS_H_

#include "sim/fault_plan.h"
#include "sim/run.h"
#include "sim/virtual_clock.h"

namespace fozzy {

// The fault plan of a run together with what it needs to ask.  Nothing is
// owned.
struct Faults {
  Run& run;
  const VirtualClock& clock;
  FaultPlan& plan;

  // Whether the operation that just reached `site` is to fail.
  bool Strike(FaultSite site) const {
    return plan.Inject(run, site, clock.now());
  }
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_VIRTUAL_FAULTS_H_
