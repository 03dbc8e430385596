// Where the code of users is called, and what it throws ends.
#ifndef FOZZY_SIM_TASK_ENTRY_H_
#define FOZZY_SIM_TASK_ENTRY_H_

namespace fozzy {

// Calls function(argument) in the current task of the current simulation.  An
// exception that leaves it is a panic of the run.
void CallUserCode(void (*function)(void*), void* argument);

}  // namespace fozzy

#endif  // FOZZY_SIM_TASK_ENTRY_H_
