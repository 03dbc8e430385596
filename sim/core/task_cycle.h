// Runnable tasks in the order of their ids, in a circle.
#ifndef FOZZY_SIM_CORE_TASK_CYCLE_H_
#define FOZZY_SIM_CORE_TASK_CYCLE_H_

#include <cstdint>

#include "fozzy/strategy.h"

namespace fozzy {

// Returns the index into `runnable`, as TaskChoice orders it, of the task with
// the least id above that of `task`, or of the one with the least id of all.
// Costs O(log n).
uint32_t NextInCycle(const TaskChoice& choice, TaskId task);

// Returns the index of `task`, or kNotRunnable.  Costs O(log n).
inline constexpr uint32_t kNotRunnable = ~uint32_t{0};
uint32_t IndexOf(const TaskChoice& choice, TaskId task);

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_TASK_CYCLE_H_
