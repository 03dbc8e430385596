#include "sim/deadlock.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "sim/simulation.h"
#include "sim/sync/blame.h"

namespace fozzy {
namespace {

// Where tasks stand, each place once: the same for every run that ends so.
std::string Places(const Simulation& simulation,
                   const std::vector<TaskId>& tasks) {
  std::set<std::string> places;
  for (const TaskId id : tasks) {
    places.insert(PlaceOf(simulation.executor().task(id).site));
  }
  return absl::StrJoin(places, ", ");
}

std::string Lines(const Simulation& simulation,
                  const std::vector<TaskId>& tasks) {
  std::vector<std::string> lines;
  for (const TaskId id : tasks) lines.push_back(Describe(simulation, id));
  return absl::StrJoin(lines, "; ");
}

Finding Make(FindingKind kind, std::string title, std::string message) {
  return {.kind = kind,
          .title = std::move(title),
          .message = std::move(message),
          .step = std::nullopt,
          .details = ""};
}

// Whether `task` waits to be told what it was told too early.
bool MissedIt(const Simulation& simulation, TaskId task) {
  const SyncObject* object = AwaitedBy(simulation, task);
  if (object == nullptr || object->unheard_task == kMainStack) return false;
  return object->kind == hooks::SyncKind::kCondition ||
         object->kind == hooks::SyncKind::kAtomic;
}

// Those of `tasks` that do not just wait for the end of others: the others are
// not to blame.
std::vector<TaskId> WithoutJoins(const Simulation& simulation,
                                 const std::vector<TaskId>& tasks) {
  std::vector<TaskId> kept;
  for (const TaskId id : tasks) {
    if (AwaitedBy(simulation, id) != nullptr) kept.push_back(id);
  }
  return kept.empty() ? tasks : kept;
}

}  // namespace

Finding ExplainDeadlock(const Simulation& simulation) {
  const std::vector<TaskId> cycle = FindCycle(simulation);
  if (!cycle.empty()) {
    return Make(
        FindingKind::kDeadlock, Places(simulation, cycle),
        absl::StrCat("tasks wait in a circle: ", Lines(simulation, cycle)));
  }
  const std::vector<TaskId> left = TasksLeft(simulation);
  std::vector<TaskId> late;
  for (const TaskId id : left) {
    if (MissedIt(simulation, id)) late.push_back(id);
  }
  if (!late.empty()) {
    return Make(
        FindingKind::kLostWakeup, Places(simulation, late),
        absl::StrCat("what they wait for came too early: ",
                     Lines(simulation, late), "; no other task can go on"));
  }
  return Make(FindingKind::kDeadlock,
              Places(simulation, WithoutJoins(simulation, left)),
              absl::StrCat("no task can go on: ", Lines(simulation, left)));
}

Finding ExplainLivelock(const Simulation& simulation) {
  const std::vector<TaskId> left = TasksLeft(simulation);
  return Make(
      FindingKind::kLivelock, Places(simulation, left),
      absl::StrCat("tasks run and nothing changes: ", Lines(simulation, left)));
}

Finding ExplainStepBound(const Simulation& simulation, uint64_t points_max) {
  return Make(FindingKind::kStepBound, "schedule points",
              absl::StrCat("the run has not ended after ", points_max,
                           " schedule points: ",
                           Lines(simulation, TasksLeft(simulation))));
}

}  // namespace fozzy
