// What carries tasks: fibers, or threads that hand a baton.
#ifndef FOZZY_SIM_CORE_CARRIER_H_
#define FOZZY_SIM_CORE_CARRIER_H_

#include "fozzy/decision.h"

namespace fozzy {

// The stack that runs were started on.
inline constexpr TaskId kMainStack{~uint32_t{0}};

// Lets exactly one stack run at a time.
class Carrier {
 public:
  // Gives `task` a stack.  When it is first resumed, entry(argument) is called
  // on it, which returns who is to be resumed when the task has ended: the
  // stack may then carry another one.
  using Entry = TaskId (*)(void* argument);
  virtual void Prepare(TaskId task, Entry entry, void* argument) = 0;

  // Parks the stack that calls, `from`, and resumes `to`.  Returns when
  // somebody resumes `from`.
  virtual void Switch(TaskId from, TaskId to) = 0;

  // Forgets all stacks whose tasks have not ended, with what is on them.
  virtual void Forget() = 0;

 protected:
  ~Carrier() = default;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_CARRIER_H_
