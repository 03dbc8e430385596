// Who knows how far which task has come.
#ifndef FOZZY_SIM_CORE_VECTOR_CLOCK_H_
#define FOZZY_SIM_CORE_VECTOR_CLOCK_H_

#include <cstdint>

#include "fozzy/decision.h"
#include "sim/core/arena.h"

namespace fozzy {

// A vector clock: an epoch for every task.
class VectorClock {
 public:
  // The epoch of `task`; 0 for tasks not heard of.
  uint32_t Get(TaskId task) const;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_VECTOR_CLOCK_H_
