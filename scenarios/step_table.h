// The types of steps a scenario file may contain.
#ifndef FOZZY_SCENARIOS_STEP_TABLE_H_
#define FOZZY_SCENARIOS_STEP_TABLE_H_

#include "scenarios/step_spec.h"

namespace fozzy {

// The 42 types of the steps variant, sorted by name.
StepTable Steps();

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEP_TABLE_H_
