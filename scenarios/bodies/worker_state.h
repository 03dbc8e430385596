// What a worker leaves behind when it dies.
#ifndef FOZZY_SCENARIOS_BODIES_WORKER_STATE_H_
#define FOZZY_SCENARIOS_BODIES_WORKER_STATE_H_

#include <cstdint>

#include "sim/search/crash_note.h"

namespace fozzy {

// The number of the run that strategies look at a body with.
inline constexpr uint64_t kProbeRun = ~uint64_t{0};

struct WorkerState {
  volatile bool is_running = false;  // a body, at the moment
  volatile uint64_t run = 0;         // of a search, that was begun last
  CrashNote note;
};

// One that is shared with the processes that are forked from this one.
class SharedWorkerState {
 public:
  SharedWorkerState();
  SharedWorkerState(const SharedWorkerState&) = delete;
  SharedWorkerState& operator=(const SharedWorkerState&) = delete;
  ~SharedWorkerState();

  void Reset() {
    state_->is_running = false;
    state_->run = 0;
    state_->note = {};
  }
  WorkerState* get() const { return state_; }
  WorkerState* operator->() const { return state_; }

 private:
  WorkerState* state_;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_WORKER_STATE_H_
