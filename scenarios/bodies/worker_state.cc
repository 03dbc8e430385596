#include "scenarios/bodies/worker_state.h"

#include <sys/mman.h>

#include <new>

#include "sim/base/check.h"

namespace fozzy {

SharedWorkerState::SharedWorkerState() {
  void* const memory =
      mmap(nullptr, sizeof(WorkerState), PROT_READ | PROT_WRITE,
           MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  FOZZY_CHECK(memory != MAP_FAILED);
  state_ = ::new (memory) WorkerState;
}

SharedWorkerState::~SharedWorkerState() { munmap(state_, sizeof(WorkerState)); }

}  // namespace fozzy
