#include "fozzy/hooks.h"
#include "sim/sync/hook_scope.h"

namespace fozzy::hooks {
namespace {

// The count of a mutex is how often its owner has locked it.
void Own(Simulation& simulation, SyncObject& mutex, Site site) {
  Executor& executor = simulation.executor();
  mutex.owner = executor.current();
  mutex.queue.owner = mutex.owner;
  mutex.count = 1;
  mutex.site = site;
  executor.Close(mutex.queue);
  simulation.memory().Acquire(mutex.owner, mutex.id);
  executor.NoteChange();
}

// Returns the mutex that `cell` is; one that nobody has is open.
SyncObject& MutexOf(Simulation& simulation, SyncCell& cell) {
  SyncObject& mutex = simulation.Bind(cell);
  if (mutex.owner == kMainStack) mutex.queue.is_open = true;
  return mutex;
}

}  // namespace

bool LockMutexUntil(SyncCell& cell, bool is_recursive, uint64_t deadline,
                    Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  SyncObject& mutex = MutexOf(*simulation, cell);
  if (is_recursive && mutex.owner == simulation->task()) {
    ++mutex.count;
    return true;
  }
  if (!simulation->executor().PointIn(
          mutex.queue, {.kind = OpKind::kLock, .object = mutex.id}, site,
          deadline)) {
    return false;
  }
  Own(*simulation, mutex, site);
  return true;
}

void LockMutex(SyncCell& cell, bool is_recursive, Site site) {
  LockMutexUntil(cell, is_recursive, kNever, site);
}

bool TryLockMutex(SyncCell& cell, bool is_recursive, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  SyncObject& mutex = MutexOf(*simulation, cell);
  if (is_recursive && mutex.owner == simulation->task()) {
    ++mutex.count;
    return true;
  }
  Executor& executor = simulation->executor();
  executor.Point({.kind = OpKind::kTryLock, .object = mutex.id}, site);
  if (mutex.owner == kMainStack) {
    Own(*simulation, mutex, site);
    return true;
  }
  // Failing over and over is spinning, on the same lock by the same owner.
  if (executor.NoteRead(mutex.id, mutex.owner.value + uint64_t{1})) {
    executor.Yield(site);
  }
  return false;
}

void UnlockMutex(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& mutex = MutexOf(*simulation, cell);
  if (mutex.owner != simulation->task()) {
    Panic("unlock of a mutex that the task does not hold", site);
  }
  if (--mutex.count > 0) return;
  Executor& executor = simulation->executor();
  executor.Point({.kind = OpKind::kUnlock, .object = mutex.id}, site);
  simulation->memory().Release(mutex.owner, mutex.id);
  mutex.owner = kMainStack;
  mutex.queue.owner = kMainStack;
  executor.Open(mutex.queue);
  executor.NoteChange();
}

void End(SyncCell& cell) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation != nullptr) simulation->End(cell);
}

}  // namespace fozzy::hooks
