// Who waits for what, and who has it.
#ifndef FOZZY_SIM_SYNC_BLAME_H_
#define FOZZY_SIM_SYNC_BLAME_H_

#include <string>
#include <vector>

#include "sim/simulation.h"

namespace fozzy {

// Returns the tasks that have not ended, in order.
std::vector<TaskId> TasksLeft(const Simulation& simulation);

// Returns what `task` waits for, or null: the end of a task, say.
const SyncObject* AwaitedBy(const Simulation& simulation, TaskId task);

// Returns the tasks that could let `task` go on, as far as that is known.
std::vector<TaskId> BlockersOf(const Simulation& simulation, TaskId task);

// Returns a shortest circle of tasks of which each is blocked by the next, or
// nothing.
std::vector<TaskId> FindCycle(const Simulation& simulation);

// Returns "task 1 holds mutex 3 since a.cc:4 and waits at a.cc:5 for mutex 2,
// held by main since a.cc:9", say.
std::string Describe(const Simulation& simulation, TaskId task);

}  // namespace fozzy

#endif  // FOZZY_SIM_SYNC_BLAME_H_
