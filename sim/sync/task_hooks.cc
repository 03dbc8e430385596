#include "fozzy/history.h"
#include "fozzy/hooks.h"
#include "sim/base/check.h"
#include "sim/sync/hook_scope.h"

namespace fozzy::hooks {

uint32_t StartTask(void (*function)(void*), void* argument, Site site) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) {
    Simulation* running = running_simulation.load(std::memory_order_acquire);
    // Tasks are started inside of runs.
    FOZZY_CHECK(running != nullptr);
    running->NoteRealThread(site);
    return 0;
  }
  const TaskId parent = simulation->task();
  const TaskId child = simulation->executor().Spawn(function, argument, site);
  simulation->memory().Fork(parent, child);
  return child.value;
}

void JoinTask(uint32_t task, Site site) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return;
  simulation->executor().Join(TaskId{task}, site);
  simulation->memory().Join(simulation->task(), TaskId{task});
}

uint32_t CurrentTask() {
  Simulation* simulation = current_simulation.simulation;
  return simulation == nullptr ? kMainStack.value : simulation->task().value;
}

void SetTaskName(const char* name) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation != nullptr) simulation->SetName(simulation->task(), name);
}

void Yield(Site site) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return;
  simulation->executor().Yield(site);
  simulation->memory().ReadNewest(simulation->task());
}

void SleepUntil(uint64_t deadline, Site site) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation != nullptr) simulation->executor().Sleep(deadline, site);
}

uint64_t Now() {
  Simulation* simulation = current_simulation.simulation;
  return simulation == nullptr ? 0 : simulation->executor().now();
}

void AtTaskExit(const ExitCall& call) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return;
  simulation->storage().Add(simulation->task(), 0, call);
}

void* FindLocal(LocalCell& cell) {
  Simulation* simulation = Enter(cell.handle, {});
  if (simulation == nullptr) return nullptr;
  return simulation->storage().Find(simulation->task(), simulation->Bind(cell));
}

void KeepLocal(LocalCell& cell, const ExitCall& destroy) {
  Simulation* simulation = Enter(cell.handle, {});
  if (simulation == nullptr) return;
  simulation->storage().Add(simulation->task(), simulation->Bind(cell),
                            destroy);
}

bool IsSimulated() { return current_simulation.simulation != nullptr; }

void Misuse(const char* text, Site site) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return;
  if (site.file == nullptr) site = simulation->site();
  simulation->Fail(FindingKind::kPanic, text,
                   simulation->NameOf(simulation->task()) + " at " +
                       PlaceOf(site) + ": " + text);
}

}  // namespace fozzy::hooks

namespace fozzy {

uint32_t CurrentHistoryTask() {
  Simulation* simulation = current_simulation.simulation;
  return simulation == nullptr ? 0 : simulation->task().value;
}

}  // namespace fozzy
