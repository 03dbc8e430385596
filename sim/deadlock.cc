#include "sim/deadlock.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "sim/simulation.h"

namespace fozzy {
namespace {

std::vector<TaskId> TasksLeft(const Executor& executor) {
  std::vector<TaskId> left;
  for (uint32_t i = 0; i < executor.task_count(); ++i) {
    const TaskId id{i};
    if (id == kTimerTask) continue;
    if (executor.task(id).state != TaskState::kEnded) left.push_back(id);
  }
  return left;
}

// Who could let `task` go on, or kMainStack.
TaskId AwaitedBy(const Executor& executor, TaskId id) {
  const Task& task = executor.task(id);
  if (executor.pending(id).kind == OpKind::kJoin) {
    return TaskId{executor.pending(id).object};
  }
  return task.queue == nullptr ? kMainStack : task.queue->owner;
}

// Returns the tasks that wait in a circle, or nothing.
std::vector<TaskId> FindCycle(const Executor& executor,
                              const std::vector<TaskId>& left) {
  for (const TaskId start : left) {
    std::vector<TaskId> path = {start};
    TaskId next = AwaitedBy(executor, start);
    while (path.size() <= left.size() && next != kMainStack && next != start) {
      path.push_back(next);
      next = AwaitedBy(executor, next);
    }
    if (next == start) return path;
  }
  return {};
}

// Where tasks stand, each place once: the same for every run that ends so.
std::string Places(const Executor& executor, const std::vector<TaskId>& tasks) {
  std::set<std::string> places;
  for (const TaskId id : tasks) places.insert(PlaceOf(executor.task(id).site));
  return absl::StrJoin(places, ", ");
}

std::string Line(const Simulation& simulation, const Executor& executor,
                 TaskId id) {
  const TaskId awaited = AwaitedBy(executor, id);
  std::string line = absl::StrCat(simulation.NameOf(id), " waits at ",
                                  PlaceOf(executor.task(id).site));
  if (awaited != kMainStack) {
    absl::StrAppend(&line, " for ", simulation.NameOf(awaited));
  }
  return line;
}

std::string Lines(const Simulation& simulation, const Executor& executor,
                  const std::vector<TaskId>& tasks) {
  std::vector<std::string> lines;
  for (const TaskId id : tasks) {
    lines.push_back(Line(simulation, executor, id));
  }
  return absl::StrJoin(lines, "; ");
}

Finding Make(FindingKind kind, std::string title, std::string message) {
  return {.kind = kind,
          .title = std::move(title),
          .message = std::move(message),
          .step = std::nullopt,
          .details = ""};
}

}  // namespace

Finding ExplainDeadlock(const Simulation& simulation) {
  const Executor& executor = simulation.executor();
  const std::vector<TaskId> left = TasksLeft(executor);
  const std::vector<TaskId> cycle = FindCycle(executor, left);
  if (cycle.empty()) {
    return Make(
        FindingKind::kDeadlock, Places(executor, left),
        absl::StrCat("no task can go on: ", Lines(simulation, executor, left)));
  }
  return Make(FindingKind::kDeadlock, Places(executor, cycle),
              absl::StrCat("tasks wait in a circle: ",
                           Lines(simulation, executor, cycle)));
}

Finding ExplainLivelock(const Simulation& simulation) {
  const Executor& executor = simulation.executor();
  const std::vector<TaskId> left = TasksLeft(executor);
  return Make(FindingKind::kLivelock, Places(executor, left),
              absl::StrCat("tasks run and nothing changes: ",
                           Lines(simulation, executor, left)));
}

Finding ExplainStepBound(const Simulation& simulation, uint64_t points_max) {
  const Executor& executor = simulation.executor();
  return Make(FindingKind::kStepBound, "schedule points",
              absl::StrCat("the run has not ended after ", points_max,
                           " schedule points: ",
                           Lines(simulation, executor, TasksLeft(executor))));
}

}  // namespace fozzy
