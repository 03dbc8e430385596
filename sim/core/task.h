// What the executor knows of a task.
#ifndef FOZZY_SIM_CORE_TASK_H_
#define FOZZY_SIM_CORE_TASK_H_

#include <cstdint>

#include "fozzy/decision.h"
#include "fozzy/site.h"
#include "sim/core/wait_queue.h"

namespace fozzy {

enum class TaskState : uint8_t {
  kRunnable = 0,
  kWaiting,  // in a queue that is closed, or for its deadline
  kYielded,  // could run, and lets others go first
  kEnded,
};

// One simulated thread of control.
struct Task {
  TaskState state = TaskState::kRunnable;
  bool has_timed_out = false;  // its last wait ended by its deadline
  uint8_t spins = 0;           // reads in a row that brought nothing new
  uint32_t yields = 0;         // in a row, without a change of its own
  WaitQueue* queue = nullptr;  // it is in
  TaskId next = {};            // in the queue
  TaskId previous = {};
  uint64_t timer = 0;  // the number of its deadline, 0 without
  Site site = {};      // of its latest op
  uint64_t last_reads[8] = {};
  uint32_t asked[kChoiceKinds] = {};
  void (*function)(void*) = nullptr;
  void* argument = nullptr;
  WaitQueue joiners = {};

  // As if new.  Field by field: reading what was just written as a whole would
  // have to wait for it.
  void Start(void (*its_function)(void*), void* its_argument) {
    has_timed_out = false;
    spins = 0;
    yields = 0;
    queue = nullptr;
    timer = 0;
    site = {};
    for (uint64_t& last : last_reads) last = 0;
    for (uint32_t& count : asked) count = 0;
    function = its_function;
    argument = its_argument;
    joiners = {};
  }
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_TASK_H_
