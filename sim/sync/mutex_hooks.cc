#include "absl/strings/str_cat.h"
#include "fozzy/hooks.h"
#include "sim/sync/hook_scope.h"
#include "sim/sync/mutex_state.h"

namespace fozzy::hooks {
namespace {

bool IsMine(const Simulation& simulation, const SyncObject& mutex) {
  return mutex.owner == simulation.task();
}

[[noreturn]] void FailSelfDeadlock(Simulation& simulation,
                                   const SyncObject& mutex, Site site) {
  const std::string here =
      PlaceOf(site.file == nullptr ? simulation.site() : site);
  simulation.Fail(
      FindingKind::kDeadlock, absl::StrCat(here, ", ", PlaceOf(mutex.site)),
      absl::StrCat(simulation.NameOf(mutex.owner), " locks at ", here,
                   " the mutex that it holds since ", PlaceOf(mutex.site)));
}

// For a mutex that the task has already; returns whether that is all right.
bool LockAgain(SyncObject& mutex) {
  if (mutex.kind != SyncKind::kRecursiveMutex) return false;
  ++mutex.count;
  return true;
}

// A lock that is held by its own shared holder can never be had.
bool IsSharedByMe(const Simulation& simulation, const SyncObject& mutex) {
  for (const SharedHold& hold : simulation.shared_holds()) {
    if (hold.object == &mutex && hold.task == simulation.task()) return true;
  }
  return false;
}

[[noreturn]] void FailUpgrade(Simulation& simulation, Site site) {
  const std::string here =
      PlaceOf(site.file == nullptr ? simulation.site() : site);
  simulation.Fail(
      FindingKind::kDeadlock, here,
      absl::StrCat(simulation.NameOf(simulation.task()), " locks at ", here,
                   " the shared mutex that it shares already"));
}

// After an attempt that failed: doing so over and over is spinning, on the same
// lock by the same owner.
void NoteFailure(Simulation& simulation, const SyncObject& mutex, Site site) {
  const uint64_t owner = uint64_t{mutex.owner.value} + 1;
  if (!simulation.executor().NoteRead(mutex.id, owner)) return;
  simulation.executor().Yield(site);
}

void ShareMutex(Simulation& simulation, SyncObject& mutex) {
  Executor& executor = simulation.executor();
  ++mutex.sharers;
  simulation.shared_holds().push_back(
      {&mutex, simulation.task(), simulation.site()});
  executor.Close(mutex.queue);
  simulation.memory().Acquire(simulation.task(), mutex.id);
  executor.NoteChange();
}

}  // namespace

void LockMutex(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& mutex = simulation->Bind(cell);
  if (IsMine(*simulation, mutex)) {
    if (LockAgain(mutex)) return;
    FailSelfDeadlock(*simulation, mutex, site);
  }
  if (mutex.sharers > 0 && IsSharedByMe(*simulation, mutex)) {
    FailUpgrade(*simulation, site);
  }
  LetOthersHave(*simulation, mutex);
  simulation->executor().PointIn(
      mutex.queue, {.kind = OpKind::kLock, .object = mutex.id}, site);
  TakeMutex(*simulation, mutex);
}

bool LockMutexUntil(SyncCell& cell, uint64_t deadline, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  if (deadline <= simulation->executor().now()) return TryLockMutex(cell, site);
  SyncObject& mutex = simulation->Bind(cell);
  if (IsMine(*simulation, mutex) && LockAgain(mutex)) return true;
  if (!simulation->executor().PointIn(
          mutex.queue, {.kind = OpKind::kLock, .object = mutex.id}, site,
          deadline)) {
    return false;
  }
  TakeMutex(*simulation, mutex);
  return true;
}

bool TryLockMutex(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  SyncObject& mutex = simulation->Bind(cell);
  if (IsMine(*simulation, mutex) && LockAgain(mutex)) return true;
  PointAt(*simulation, cell, {.kind = OpKind::kTryLock, .object = mutex.id},
          site);
  if (mutex.queue.is_open) {
    TakeMutex(*simulation, mutex);
    return true;
  }
  NoteFailure(*simulation, mutex, site);
  return false;
}

void UnlockMutex(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& mutex = simulation->Bind(cell);
  if (!IsMine(*simulation, mutex)) {
    Misuse("unlock of a mutex that the task does not hold", site);
  }
  if (mutex.count > 1) {
    --mutex.count;
    return;
  }
  PointAt(*simulation, cell, {.kind = OpKind::kUnlock, .object = mutex.id},
          site);
  LeaveMutex(*simulation, mutex);
}

bool LockShared(SyncCell& cell, uint64_t deadline, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  if (deadline <= simulation->executor().now()) {
    return TryLockShared(cell, site);
  }
  SyncObject& mutex = simulation->Bind(cell);
  if (IsMine(*simulation, mutex) && deadline == kNever) {
    FailSelfDeadlock(*simulation, mutex, site);
  }
  if (!simulation->executor().PointIn(
          mutex.shared, {.kind = OpKind::kLockShared, .object = mutex.id}, site,
          deadline)) {
    return false;
  }
  ShareMutex(*simulation, mutex);
  return true;
}

bool TryLockShared(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  SyncObject& mutex = simulation->Bind(cell);
  PointAt(*simulation, cell, {.kind = OpKind::kTryLock, .object = mutex.id},
          site);
  if (mutex.shared.is_open) {
    ShareMutex(*simulation, mutex);
    return true;
  }
  NoteFailure(*simulation, mutex, site);
  return false;
}

void UnlockShared(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& mutex = simulation->Bind(cell);
  PointAt(*simulation, cell,
          {.kind = OpKind::kUnlockShared, .object = mutex.id}, site);
  std::vector<SharedHold>& holds = simulation->shared_holds();
  size_t at = 0;
  while (at < holds.size() &&
         (holds[at].object != &mutex || holds[at].task != simulation->task())) {
    ++at;
  }
  if (at == holds.size()) {
    Misuse("unlock_shared of a mutex that the task does not share", site);
  }
  holds[at] = holds.back();
  holds.pop_back();
  simulation->memory().Release(simulation->task(), mutex.id);
  if (--mutex.sharers == 0) simulation->executor().Open(mutex.queue);
  simulation->executor().NoteChange();
}

}  // namespace fozzy::hooks
