// Where the code of users is called, and what it throws ends.
#ifndef FOZZY_SIM_TASK_ENTRY_H_
#define FOZZY_SIM_TASK_ENTRY_H_

#include <atomic>
#include <exception>

namespace fozzy {

// Calls function(argument) in the current task of the current simulation, and
// then what the task has kept until its end.  An exception that leaves either
// is a panic of the run.
void CallUserCode(void (*function)(void*), void* argument);

// While it lives, std::terminate in a simulated task is a panic of the run; in
// other threads of the host it is what it was before.  Inside of another one it
// does nothing, and costs less.
class TerminateInRun {
 public:
  TerminateInRun();
  TerminateInRun(const TerminateInRun&) = delete;
  TerminateInRun& operator=(const TerminateInRun&) = delete;
  ~TerminateInRun();

 private:
  [[noreturn]] static void Terminate();

  // The handler of the run that began last.
  static std::atomic<std::terminate_handler> before_in_run;

  const std::terminate_handler before_;
  const bool is_outermost_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_TASK_ENTRY_H_
