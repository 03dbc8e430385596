#include "sim/sync/blame.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "sim/sync/sync_names.h"

namespace fozzy {
namespace {

using hooks::SyncKind;

std::string Named(const SyncObject& object) {
  return absl::StrCat(NameOf(object.kind), " ", object.id);
}

// Of a lock, say, in the words of what `object` is.
std::string HeldBy(const Simulation& simulation, TaskId holder, Site since) {
  const bool has_ended =
      simulation.executor().task(holder).state == TaskState::kEnded;
  return absl::StrCat(simulation.NameOf(holder),
                      has_ended ? " (which has ended)" : "", " since ",
                      PlaceOf(since));
}

// Returns what makes `object` hard to get: ", held by ..." say.
std::string ReasonOf(const Simulation& simulation, const SyncObject& object) {
  if (object.owner != kMainStack) {
    return absl::StrCat(
        object.kind == SyncKind::kOnce ? ", begun by " : ", held by ",
        HeldBy(simulation, object.owner, object.site));
  }
  std::vector<std::string> holders;
  for (const SharedHold& hold : simulation.shared_holds()) {
    if (hold.object != &object) continue;
    holders.push_back(HeldBy(simulation, hold.task, hold.site));
  }
  if (!holders.empty()) {
    return absl::StrCat(", shared by ", absl::StrJoin(holders, " and "));
  }
  if (object.unheard_task != kMainStack) {
    return absl::StrCat(", last notified by ",
                        simulation.NameOf(object.unheard_task), " at ",
                        PlaceOf(object.unheard_site), " when nobody waited");
  }
  const bool counts_down =
      object.kind == SyncKind::kLatch || object.kind == SyncKind::kBarrier;
  if (counts_down) return absl::StrCat(", ", object.count, " still to come");
  return "";
}

// Returns "mutex 3 since a.cc:4" for each lock that `task` has.
std::vector<std::string> HoldsOf(const Simulation& simulation, TaskId task) {
  std::vector<std::string> holds;
  for (const SyncObject* object : simulation.objects()) {
    if (object->owner != task) continue;
    holds.push_back(
        absl::StrCat(Named(*object), " since ", PlaceOf(object->site)));
  }
  for (const SharedHold& hold : simulation.shared_holds()) {
    if (hold.task != task) continue;
    holds.push_back(absl::StrCat(Named(*hold.object), " shared since ",
                                 PlaceOf(hold.site)));
  }
  return holds;
}

bool IsJoining(const Executor& executor, TaskId task) {
  return executor.task(task).state == TaskState::kWaiting &&
         executor.pending(task).kind == OpKind::kJoin;
}

}  // namespace

std::vector<TaskId> TasksLeft(const Simulation& simulation) {
  const Executor& executor = simulation.executor();
  std::vector<TaskId> left;
  for (uint32_t i = 0; i < executor.task_count(); ++i) {
    const TaskId id{i};
    if (id == kTimerTask) continue;
    if (executor.task(id).state != TaskState::kEnded) left.push_back(id);
  }
  return left;
}

const SyncObject* AwaitedBy(const Simulation& simulation, TaskId task) {
  const WaitQueue* queue = simulation.executor().task(task).queue;
  if (queue == nullptr) return nullptr;
  for (const SyncObject* object : simulation.objects()) {
    if (&object->queue == queue || &object->shared == queue) return object;
  }
  return nullptr;
}

std::vector<TaskId> BlockersOf(const Simulation& simulation, TaskId task) {
  const Executor& executor = simulation.executor();
  if (IsJoining(executor, task)) {
    return {TaskId{executor.pending(task).object}};
  }
  const SyncObject* object = AwaitedBy(simulation, task);
  if (object == nullptr) return {};
  if (object->owner != kMainStack) return {object->owner};
  std::vector<TaskId> blockers;
  for (const SharedHold& hold : simulation.shared_holds()) {
    if (hold.object == object) blockers.push_back(hold.task);
  }
  return blockers;
}

std::vector<TaskId> FindCycle(const Simulation& simulation) {
  struct Step {
    TaskId task;
    size_t from;
  };
  for (const TaskId start : TasksLeft(simulation)) {
    // All that can be reached, the nearest first.
    std::vector<Step> steps = {{start, 0}};
    for (size_t i = 0; i < steps.size(); ++i) {
      for (const TaskId next : BlockersOf(simulation, steps[i].task)) {
        if (next == start) {
          std::vector<TaskId> cycle;
          for (size_t at = i; at != 0; at = steps[at].from) {
            cycle.push_back(steps[at].task);
          }
          cycle.push_back(start);
          std::reverse(cycle.begin(), cycle.end());
          return cycle;
        }
        const bool is_new =
            std::none_of(steps.begin(), steps.end(),
                         [&](const Step& step) { return step.task == next; });
        if (is_new) steps.push_back({next, i});
      }
    }
  }
  return {};
}

std::string Describe(const Simulation& simulation, TaskId task) {
  const Executor& executor = simulation.executor();
  std::string text = simulation.NameOf(task);
  const std::vector<std::string> holds = HoldsOf(simulation, task);
  if (!holds.empty()) {
    absl::StrAppend(&text, " holds ", absl::StrJoin(holds, " and "), " and");
  }
  const bool is_waiting = executor.task(task).state == TaskState::kWaiting;
  absl::StrAppend(&text, is_waiting ? " waits at " : " is at ",
                  PlaceOf(executor.task(task).site));
  if (!is_waiting) return text;
  if (IsJoining(executor, task)) {
    const TaskId awaited{executor.pending(task).object};
    return absl::StrCat(text, " for the end of ", simulation.NameOf(awaited));
  }
  const SyncObject* object = AwaitedBy(simulation, task);
  if (object == nullptr) return text;
  return absl::StrCat(text, " for ", Named(*object),
                      ReasonOf(simulation, *object));
}

}  // namespace fozzy
