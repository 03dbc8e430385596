// Semaphores, latches and barriers.
#include "fozzy/hooks.h"
#include "sim/sync/hook_scope.h"

namespace fozzy::hooks {
namespace {

void TakePermit(Simulation& simulation, SyncObject& semaphore) {
  Executor& executor = simulation.executor();
  if (--semaphore.count == 0) executor.Close(semaphore.queue);
  simulation.memory().Acquire(simulation.task(), semaphore.id);
  executor.NoteChange();
}

// After an attempt that failed, for the same reason as the last one unless the
// number changed.
void NoteFailure(Simulation& simulation, const SyncObject& object, Site site) {
  Executor& executor = simulation.executor();
  if (executor.NoteRead(object.id, object.count + 1)) executor.Yield(site);
}

}  // namespace

bool AcquireSemaphore(SyncCell& cell, uint64_t deadline, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  if (deadline <= simulation->executor().now()) {
    return TryAcquireSemaphore(cell, site);
  }
  SyncObject& semaphore = simulation->Bind(cell);
  if (!simulation->executor().PointIn(
          semaphore.queue, {.kind = OpKind::kWait, .object = semaphore.id},
          site, deadline)) {
    return false;
  }
  TakePermit(*simulation, semaphore);
  return true;
}

bool TryAcquireSemaphore(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  SyncObject& semaphore = simulation->Bind(cell);
  PointAt(*simulation, cell, {.kind = OpKind::kTryLock, .object = semaphore.id},
          site);
  if (semaphore.count > 0) {
    TakePermit(*simulation, semaphore);
    return true;
  }
  NoteFailure(*simulation, semaphore, site);
  return false;
}

void ReleaseSemaphore(SyncCell& cell, uint64_t count, uint64_t max, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& semaphore = simulation->Bind(cell);
  Executor& executor = simulation->executor();
  PointAt(*simulation, cell, {.kind = OpKind::kNotify, .object = semaphore.id},
          site);
  if (count > max - semaphore.count) {
    Misuse("release of a semaphore above its maximum", site);
  }
  simulation->memory().Release(simulation->task(), semaphore.id);
  semaphore.count += count;
  if (semaphore.count > 0) executor.Open(semaphore.queue);
  executor.NoteChange();
}

void CountDown(SyncCell& cell, uint64_t count, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& latch = simulation->Bind(cell);
  Executor& executor = simulation->executor();
  PointAt(*simulation, cell, {.kind = OpKind::kNotify, .object = latch.id},
          site);
  if (count > latch.count) {
    Misuse("count_down of a latch below zero", site);
  }
  simulation->memory().Release(simulation->task(), latch.id);
  latch.count -= count;
  if (latch.count == 0) executor.Open(latch.queue);
  executor.NoteChange();
}

bool TryWaitLatch(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  SyncObject& latch = simulation->Bind(cell);
  PointAt(*simulation, cell, {.kind = OpKind::kTryLock, .object = latch.id},
          site);
  if (latch.count == 0) {
    simulation->memory().Acquire(simulation->task(), latch.id);
    return true;
  }
  NoteFailure(*simulation, latch, site);
  return false;
}

void WaitLatch(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& latch = simulation->Bind(cell);
  simulation->executor().PointIn(
      latch.queue, {.kind = OpKind::kWait, .object = latch.id}, site);
  simulation->memory().Acquire(simulation->task(), latch.id);
}

Arrival ArriveAtBarrier(SyncCell& cell, uint64_t count, bool is_drop,
                        Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return {0, false};
  SyncObject& barrier = simulation->Bind(cell);
  Executor& executor = simulation->executor();
  PointAt(*simulation, cell, {.kind = OpKind::kUnlock, .object = barrier.id},
          site);
  if (count > barrier.count) {
    Misuse("more arrive at a barrier than it expects", site);
  }
  simulation->memory().Release(simulation->task(), barrier.id);
  barrier.count -= count;
  if (is_drop) --barrier.sharers;
  executor.NoteChange();
  if (barrier.count > 0) return {barrier.phase, false};
  // What all did before they came happens before its completion.
  simulation->memory().Acquire(simulation->task(), barrier.id);
  return {barrier.phase, true};
}

void CompleteBarrier(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& barrier = simulation->Bind(cell);
  Executor& executor = simulation->executor();
  const Op op = {.kind = OpKind::kWait, .object = barrier.id};
  PointAt(*simulation, cell, {.kind = OpKind::kNotify, .object = barrier.id},
          site);
  simulation->memory().Release(simulation->task(), barrier.id);
  ++barrier.phase;
  barrier.count = barrier.sharers;
  while (barrier.queue.size > 0) {
    executor.Move(barrier.queue.first, barrier.shared, op);
  }
  executor.NoteChange();
}

void WaitAtBarrier(SyncCell& cell, uint32_t phase, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& barrier = simulation->Bind(cell);
  WaitQueue& queue = barrier.phase == phase ? barrier.queue : barrier.shared;
  simulation->executor().PointIn(
      queue, {.kind = OpKind::kWait, .object = barrier.id}, site);
  simulation->memory().Acquire(simulation->task(), barrier.id);
}

}  // namespace fozzy::hooks
