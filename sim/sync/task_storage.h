// What tasks keep until they end.
#ifndef FOZZY_SIM_SYNC_TASK_STORAGE_H_
#define FOZZY_SIM_SYNC_TASK_STORAGE_H_

#include <cstdint>
#include <vector>

#include "fozzy/decision.h"
#include "fozzy/hooks.h"

namespace fozzy {

// The variables that each task has its own of, and what is to be called when it
// ends.  There are few: a search through all of them is quick.
class TaskStorage {
 public:
  // Starts a run.  What an earlier one left behind is not called.
  void Reset() { entries_.clear(); }

  // `variable` is 0 for what is only to be called.
  void Add(TaskId task, uint32_t variable, const hooks::ExitCall& call) {
    entries_.push_back({task, variable, call});
  }

  // Returns the argument that `task` has kept for `variable`, or null.
  void* Find(TaskId task, uint32_t variable) const;

  // Calls what `task` has kept, the latest first, until nothing is left: what
  // is called may add more, and may let other tasks run.
  void Leave(TaskId task) {
    if (!entries_.empty()) CallAll(task);
  }

 private:
  void CallAll(TaskId task);

  struct Entry {
    TaskId task;
    uint32_t variable;
    hooks::ExitCall call;
  };
  std::vector<Entry> entries_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SYNC_TASK_STORAGE_H_
