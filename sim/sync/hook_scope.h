// How hooks find the run they are called in, and act in it.
#ifndef FOZZY_SIM_SYNC_HOOK_SCOPE_H_
#define FOZZY_SIM_SYNC_HOOK_SCOPE_H_

#include "fozzy/hooks.h"
#include "sim/current.h"
#include "sim/simulation.h"
#include "sim/sync/heap_findings.h"

namespace fozzy::hooks {

// Outside of runs: if the object belongs to a run that goes on, a thread of the
// host has touched it.
inline void LookForRealThread(const Handle& handle, Site site) {
  Simulation* running = running_simulation.load(std::memory_order_acquire);
  if (running != nullptr && handle.run == running->run()) {
    running->NoteRealThread(site);
  }
}

// Returns the simulation that the caller runs in, or null: then the object is
// plain memory.  `handle` is part of the object, which must not have been
// destroyed.
inline Simulation* Enter(const Handle& handle, Site site) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) [[unlikely]] {
    LookForRealThread(handle, site);
  } else if (simulation->heap().is_used()) [[unlikely]] {
    simulation->RequireAlive(&handle, site);
  }
  return simulation;
}

// A schedule point of the object that `cell` is, in this run: another task may
// destroy it meanwhile, which its handle tells.
template <class Cell>
[[gnu::always_inline]] inline void PointAt(Simulation& simulation,
                                           const Cell& cell, const Op& op,
                                           Site site) {
  const uint32_t id = cell.handle.id;
  simulation.executor().Point(op, site);
  if (cell.handle.id != id || cell.handle.run != simulation.run())
      [[unlikely]] {
    FailUseAfterFree(simulation, &cell, site);
  }
}

inline MemoryOrder OrderOf(std::memory_order order) {
  return static_cast<MemoryOrder>(order);
}
static_assert(static_cast<int>(std::memory_order_relaxed) == 0);
static_assert(static_cast<int>(std::memory_order_seq_cst) ==
              static_cast<int>(MemoryOrder::kSequentiallyConsistent));

}  // namespace fozzy::hooks

#endif  // FOZZY_SIM_SYNC_HOOK_SCOPE_H_
