#include "sim/sync/task_storage.h"

#include <algorithm>

namespace fozzy {

void* TaskStorage::Find(TaskId task, uint32_t variable) const {
  for (const Entry& entry : entries_) {
    if (entry.variable == variable && entry.task == task) {
      return entry.call.argument;
    }
  }
  return nullptr;
}

void TaskStorage::CallAll(TaskId task) {
  const auto is_its = [task](const Entry& entry) { return entry.task == task; };
  for (;;) {
    const auto latest =
        std::find_if(entries_.rbegin(), entries_.rend(), is_its);
    if (latest == entries_.rend()) return;
    const hooks::ExitCall call = latest->call;
    entries_.erase(std::next(latest).base());
    call.function(call.argument);
  }
}

}  // namespace fozzy
