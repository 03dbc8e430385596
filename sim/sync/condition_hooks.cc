#include "fozzy/hooks.h"
#include "sim/sync/hook_scope.h"
#include "sim/sync/mutex_state.h"

namespace fozzy::hooks {
namespace {

// Returns whether the current task was told before the deadline.  Its lock is
// gone, and what woke it up wants it back.
bool WaitToBeTold(Simulation& simulation, SyncObject& condition,
                  const Wait& wait, Site site) {
  const SyncObject& mutex = *condition.partner;
  return simulation.executor().PointIn(
      condition.queue, {.kind = OpKind::kLock, .object = mutex.id}, site,
      wait.deadline);
}

}  // namespace

bool WaitFor(SyncCell& cell, const Wait& wait, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  SyncObject& condition = simulation->Bind(cell);
  SyncObject& mutex = simulation->Bind(wait.mutex);
  Executor& executor = simulation->executor();
  if (mutex.owner != executor.current()) {
    Misuse("wait with a mutex that the task does not hold", site);
  }
  PointAt(*simulation, cell, {.kind = OpKind::kWait, .object = condition.id},
          site);
  if (condition.queue.size > 0 && condition.partner != &mutex) {
    Misuse("wait for one condition with two mutexes", site);
  }
  condition.partner = &mutex;
  const bool is_spurious = simulation->ChooseSpuriousWake();
  executor.Do({.kind = OpKind::kUnlock, .object = mutex.id}, site);
  LeaveMutex(*simulation, mutex);
  const bool is_told =
      !is_spurious && WaitToBeTold(*simulation, condition, wait, site);
  if (!is_told) {
    LetOthersHave(*simulation, mutex);
    executor.PointIn(mutex.queue, {.kind = OpKind::kLock, .object = mutex.id},
                     site);
  }
  TakeMutex(*simulation, mutex);
  return is_told || is_spurious;
}

}  // namespace fozzy::hooks
