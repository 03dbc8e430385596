// The tasks that want to do something with an object.
#ifndef FOZZY_SIM_CORE_WAIT_QUEUE_H_
#define FOZZY_SIM_CORE_WAIT_QUEUE_H_

#include <cstdint>

#include "fozzy/decision.h"
#include "sim/core/carrier.h"

namespace fozzy {

// A list of tasks, first come first.  While it is open, those in it can run,
// and find their op possible; while it is closed they cannot.  It is part of
// the object; the links are in the tasks.
struct WaitQueue {
  TaskId first = kMainStack;  // kMainStack: empty
  TaskId last = kMainStack;
  uint32_t size = 0;
  bool is_open = false;
  // Who could open it, for the report of a deadlock; kMainStack: not known.
  TaskId owner = kMainStack;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_WAIT_QUEUE_H_
