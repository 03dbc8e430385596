// What is done once: call_once, and the state that futures share.
#include "absl/strings/str_cat.h"
#include "fozzy/hooks.h"
#include "sim/sync/hook_scope.h"

namespace fozzy::hooks {
namespace {

enum Phase : uint32_t { kNotDone = 0, kBegun, kDone };

}  // namespace

bool BeginOnce(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  SyncObject& once = simulation->Bind(cell);
  Executor& executor = simulation->executor();
  executor.PointIn(once.queue, {.kind = OpKind::kLock, .object = once.id},
                   site);
  simulation->memory().Acquire(simulation->task(), once.id);
  if (once.phase == kDone) return false;
  once.phase = kBegun;
  once.owner = simulation->task();
  once.site = simulation->site();
  executor.Close(once.queue);
  executor.NoteChange();
  return true;
}

void EndOnce(SyncCell& cell, bool is_done, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& once = simulation->Bind(cell);
  Executor& executor = simulation->executor();
  PointAt(*simulation, cell, {.kind = OpKind::kUnlock, .object = once.id},
          site);
  simulation->memory().Release(simulation->task(), once.id);
  once.phase = is_done ? kDone : kNotDone;
  once.owner = kMainStack;
  executor.Open(once.queue);
  executor.NoteChange();
}

bool ClaimFuture(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  SyncObject& future = simulation->Bind(cell);
  PointAt(*simulation, cell, {.kind = OpKind::kUnlock, .object = future.id},
          site);
  if (future.phase != kNotDone) return false;
  future.phase = kBegun;
  return true;
}

void GiveBackFuture(SyncCell& cell) {
  Simulation* simulation = Enter(cell.handle, {});
  if (simulation != nullptr) simulation->Bind(cell).phase = kNotDone;
}

void OpenFuture(SyncCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& future = simulation->Bind(cell);
  Executor& executor = simulation->executor();
  PointAt(*simulation, cell, {.kind = OpKind::kNotify, .object = future.id},
          site);
  simulation->memory().Release(simulation->task(), future.id);
  future.phase = kDone;
  executor.Open(future.queue);
  executor.NoteChange();
}

bool WaitFuture(SyncCell& cell, uint64_t deadline, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return true;
  SyncObject& future = simulation->Bind(cell);
  Executor& executor = simulation->executor();
  const Op op = {.kind = OpKind::kWait, .object = future.id};
  if (deadline <= executor.now()) {
    PointAt(*simulation, cell, op, site);
    if (future.phase != kDone) {
      if (executor.NoteRead(future.id, 1)) executor.Yield(site);
      return false;
    }
  } else if (!executor.PointIn(future.queue, op, site, deadline)) {
    return false;
  }
  simulation->memory().Acquire(simulation->task(), future.id);
  return true;
}

void LetGo(SyncCell& cell) {
  Simulation* simulation = Enter(cell.handle, {});
  if (simulation == nullptr) return;
  SyncObject& object = simulation->Bind(cell);
  simulation->memory().Release(simulation->task(), object.id);
  simulation->memory().Acquire(simulation->task(), object.id);
}

}  // namespace fozzy::hooks
