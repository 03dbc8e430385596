// How hooks find the run they are called in.
#ifndef FOZZY_SIM_SYNC_HOOK_SCOPE_H_
#define FOZZY_SIM_SYNC_HOOK_SCOPE_H_

#include "fozzy/hooks.h"
#include "sim/current.h"
#include "sim/simulation.h"

namespace fozzy::hooks {

// Returns the simulation that the caller runs in, or null: then the object is
// plain memory, and if it belongs to a run that goes on, a thread of the host
// has touched it.
inline Simulation* Enter(const Handle& handle, Site site) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) [[unlikely]] {
    Simulation* running = running_simulation.load(std::memory_order_acquire);
    if (running != nullptr && handle.run == running->run()) {
      running->NoteRealThread(site);
    }
  }
  return simulation;
}

inline MemoryOrder OrderOf(std::memory_order order) {
  return static_cast<MemoryOrder>(order);
}
static_assert(static_cast<int>(std::memory_order_relaxed) == 0);
static_assert(static_cast<int>(std::memory_order_seq_cst) ==
              static_cast<int>(MemoryOrder::kSequentiallyConsistent));

}  // namespace fozzy::hooks

#endif  // FOZZY_SIM_SYNC_HOOK_SCOPE_H_
