#include "sim/sync/notify.h"

#include "fozzy/hooks.h"
#include "sim/sync/hook_scope.h"

namespace fozzy {
namespace {

// Whether `task`, in a queue, still waits: not if its time is up.
bool IsListening(const Executor& executor, TaskId task) {
  return !executor.task(task).has_timed_out;
}

uint32_t CountListening(const Executor& executor, const WaitQueue& queue) {
  uint32_t count = 0;
  for (TaskId id = queue.first; id != kMainStack; id = executor.task(id).next) {
    if (IsListening(executor, id)) ++count;
  }
  return count;
}

// Returns the one that comes after `skipped` others.
TaskId Listening(const Executor& executor, const WaitQueue& queue,
                 uint64_t skipped) {
  TaskId id = queue.first;
  for (;; id = executor.task(id).next) {
    if (!IsListening(executor, id)) continue;
    if (skipped == 0) return id;
    --skipped;
  }
}

void NoteUnheard(Simulation& simulation, SyncObject& object) {
  object.unheard_task = simulation.task();
  object.unheard_site = simulation.site();
}

void NoteHeard(Simulation& simulation, SyncObject& object) {
  object.unheard_task = kMainStack;
  simulation.executor().NoteChange();
}

}  // namespace

void TellOne(Simulation& simulation, SyncObject& object,
             const Awakening& awakening) {
  Executor& executor = simulation.executor();
  const uint32_t listening = CountListening(executor, object.queue);
  if (listening == 0) return NoteUnheard(simulation, object);
  const uint64_t skipped = executor.Choose(ChoiceKind::kWake, listening - 1);
  executor.Move(Listening(executor, object.queue, skipped), awakening.queue,
                awakening.op);
  NoteHeard(simulation, object);
}

void TellAll(Simulation& simulation, SyncObject& object,
             const Awakening& awakening) {
  Executor& executor = simulation.executor();
  const uint32_t listening = CountListening(executor, object.queue);
  if (listening == 0) return NoteUnheard(simulation, object);
  for (uint32_t i = 0; i < listening; ++i) {
    executor.Move(Listening(executor, object.queue, 0), awakening.queue,
                  awakening.op);
  }
  NoteHeard(simulation, object);
}

namespace hooks {
namespace {

using Tell = void (*)(Simulation&, SyncObject&, const Awakening&);

// Those that wait for a condition want its mutex next.
void TellWaiters(SyncCell& cell, Tell tell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  SyncObject& condition = simulation->Bind(cell);
  PointAt(*simulation, cell, {.kind = OpKind::kNotify, .object = condition.id},
          site);
  if (condition.queue.size == 0) return NoteUnheard(*simulation, condition);
  SyncObject& mutex = *condition.partner;
  tell(*simulation, condition,
       {mutex.queue, {.kind = OpKind::kLock, .object = mutex.id}});
}

// Those that wait for an atomic object look at it again.
void TellReaders(AtomicCell& cell, Tell tell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  const LocationId location = simulation->Bind(cell);
  PointAt(*simulation, cell, {.kind = OpKind::kNotify, .object = location},
          site);
  SyncObject& waiters = simulation->WaitersOf(location);
  tell(*simulation, waiters,
       {waiters.shared, {.kind = OpKind::kLoad, .object = location}});
}

}  // namespace

void NotifyOne(SyncCell& condition, Site site) {
  TellWaiters(condition, TellOne, site);
}

void NotifyAll(SyncCell& condition, Site site) {
  TellWaiters(condition, TellAll, site);
}

void NotifyOne(AtomicCell& cell, Site site) {
  TellReaders(cell, TellOne, site);
}

void NotifyAll(AtomicCell& cell, Site site) {
  TellReaders(cell, TellAll, site);
}

}  // namespace hooks
}  // namespace fozzy
