// What the planted programs share: the simulated types, and a way to run tasks.
#ifndef SCENARIOS_KNOWN_BUGS_PLANTED_TASKS_H_
#define SCENARIOS_KNOWN_BUGS_PLANTED_TASKS_H_

#include "fozzy/property.h"
#include "fozzy/sync.h"

namespace fozzy::known_bugs {

// Starts a task for each body, in order, and joins them all.
template <typename... Bodies>
void RunTasks(const Bodies&... bodies) {
  fozzy::thread tasks[] = {fozzy::thread(bodies)...};
  for (fozzy::thread& task : tasks) task.join();
}

}  // namespace fozzy::known_bugs

#endif  // SCENARIOS_KNOWN_BUGS_PLANTED_TASKS_H_
