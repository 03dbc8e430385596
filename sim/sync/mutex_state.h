// How tasks come to have a mutex, and lose it.
#ifndef FOZZY_SIM_SYNC_MUTEX_STATE_H_
#define FOZZY_SIM_SYNC_MUTEX_STATE_H_

#include "sim/simulation.h"

namespace fozzy {

// A task that gets a mutex this often, and nobody else in between, may be
// waiting for what only others can bring, lock in hand.
inline constexpr uint32_t kRelocksMax = 100;

// To be called before waiting for `mutex`.
inline void LetOthersHave(Simulation& simulation, SyncObject& mutex) {
  if (mutex.relocks < kRelocksMax) return;
  mutex.relocks = 0;
  simulation.executor().Yield({});
}

// The current task, whose turn it is, gets `mutex`, which nobody has.
inline void TakeMutex(Simulation& simulation, SyncObject& mutex) {
  Executor& executor = simulation.executor();
  mutex.owner = executor.current();
  mutex.relocks = mutex.owner == mutex.last_owner ? mutex.relocks + 1 : 0;
  mutex.last_owner = mutex.owner;
  mutex.count = 1;
  mutex.site = simulation.site();
  executor.Close(mutex.queue);
  if (mutex.kind == hooks::SyncKind::kSharedMutex) executor.Close(mutex.shared);
  simulation.memory().Acquire(mutex.owner, mutex.id);
  executor.NoteChange();
}

// The current task gives `mutex` back.
inline void LeaveMutex(Simulation& simulation, SyncObject& mutex) {
  Executor& executor = simulation.executor();
  simulation.memory().Release(mutex.owner, mutex.id);
  mutex.owner = kMainStack;
  executor.Open(mutex.queue);
  if (mutex.kind == hooks::SyncKind::kSharedMutex) executor.Open(mutex.shared);
  executor.NoteChange();
}

}  // namespace fozzy

#endif  // FOZZY_SIM_SYNC_MUTEX_STATE_H_
