#include "sim/core/dpor_record.h"

namespace fozzy {
namespace {

// Whether an op of that kind may have to wait before it is executed.
bool MayBlock(OpKind kind) {
  return kind == OpKind::kLock || kind == OpKind::kLockShared ||
         kind == OpKind::kWait || kind == OpKind::kJoin;
}

}  // namespace

DporRecord::DporRecord(Arena& arena, const DporStack& stack)
    : stack_(stack),
      tasks_(arena),
      objects_(arena),
      uses_(arena),
      object_names_(arena),
      task_names_(arena) {}

void DporRecord::Start(std::span<const DporOp> ops,
                       std::span<const DporAnswer> answers,
                       const Bounds& bounds) {
  ops_ = ops;
  answers_ = answers;
  deadline_ = 0;
  ++run_;
  if (bounds.tasks != tasks_.size()) uses_.clear();
  tasks_.clear();
  tasks_.resize(bounds.tasks);
  if (objects_.size() < bounds.objects) objects_.resize(bounds.objects);
  if (object_names_.size() < objects_.size()) {
    object_names_.resize(objects_.size());
  }
  if (task_names_.size() < tasks_.size()) task_names_.resize(tasks_.size());
  const size_t uses = objects_.size() * tasks_.size();
  if (uses_.size() < uses) uses_.resize(uses);
}

void DporRecord::Add(DporMark mark) {
  const DporOp& op = OpOf(mark);
  Task& task = tasks_[op.task];
  // The lock of a condition is given back by an op of its own, or by the kWait.
  const bool is_part_of_wait =
      task.wait + 1 == mark && op.kind == OpKind::kUnlock;
  if (task.wait != 0 && !is_part_of_wait) {
    task.wait = 0;
    task.told = 0;
  }
  if (IsDeadline(op)) {
    deadline_ = mark;
    const bool is_end_of_wait =
        op.object < tasks_.size() && tasks_[op.object].wait != 0;
    if (is_end_of_wait) tasks_[op.object].told = mark;
  } else if (IsOfTask(op.kind)) {
    AddTask(mark);
  } else if (!IsPrivate(op.kind)) {
    AddToObject(mark);
  }
  task.last = mark;
  ++task.ops;
}

// `op` is the first in its run that speaks of what has this name.
void DporRecord::NoteName(DporMark op, uint64_t& name) {
  const uint32_t task = OpOf(op).task;
  const uint64_t here = uint64_t{task} << 32 | (tasks_[task].ops + 1);
  if (name != 0 && name != here) names_vary_ = true;
  name = here;
}

void DporRecord::AddTask(DporMark mark) {
  const DporOp& op = OpOf(mark);
  if (op.object >= tasks_.size()) return;
  if (op.kind == OpKind::kSpawn) {
    tasks_[op.object].spawn = mark;
    NoteName(mark, task_names_[op.object]);
  }
  if (op.kind == OpKind::kExit) tasks_[op.object].exit = mark;
}

void DporRecord::AddToObject(DporMark mark) {
  const DporOp& op = OpOf(mark);
  if (objects_[op.object].run != run_) NoteName(mark, object_names_[op.object]);
  Object& object = Get(op.object);
  switch (op.kind) {
    case OpKind::kWait:
      object.wait = mark;
      AddWait(mark);
      break;
    case OpKind::kNotify:
      Tell(mark);
      break;
    case OpKind::kLock:
    case OpKind::kTryLock:
      AddLock(mark, object);
      break;
    case OpKind::kUnlock:
      AddUnlock(mark, object);
      break;
    case OpKind::kLockShared:
      UseOf(op).section = {.begin = mark};
      break;
    case OpKind::kUnlockShared:
      UseOf(op).section.end = mark;
      // What begins with a kTryLock may be shared.
      if (object.try_lock != 0 && object.holder == op.task) {
        AddUnlock(mark, object);
      }
      break;
    default:
      break;
  }
  if (IsShared(op.kind)) {
    UseOf(op).shared = mark;
  } else {
    object.write = mark;
  }
}

void DporRecord::AddLock(DporMark mark, Object& object) {
  const DporOp& op = OpOf(mark);
  const bool is_try = op.kind == OpKind::kTryLock;
  const bool is_again = object.section.begin != 0 && object.section.end == 0 &&
                        object.holder == op.task;
  if (is_again) {
    // It had the lock already, or a kTryLock before was not successful.
    if (!is_try) ++object.depth;
    if (!is_try && object.section.begin == object.try_lock) {
      object.section.begin = mark;
    }
    return;
  }
  if (is_try && !IsFree(op.object, object)) return;
  object.section = {.begin = mark};
  object.try_lock = is_try ? mark : 0;
  object.holder = op.task;
  object.depth = 1;
}

void DporRecord::AddUnlock(DporMark mark, Object& object) {
  if (object.depth > 0) --object.depth;
  if (object.depth == 0 || object.try_lock != 0) object.section.end = mark;
}

// Whether a kTryLock of `object` may be successful.
bool DporRecord::IsFree(uint32_t object, const Object& state) const {
  if (state.section.begin != 0 && state.section.end == 0) return false;
  for (uint32_t i = 0; i < task_count(); ++i) {
    const DporSection& section = use(object, i).section;
    if (section.begin != 0 && section.end == 0) return false;
  }
  return true;
}

DporRecord::Object& DporRecord::Get(uint32_t object) {
  Object& state = objects_[object];
  if (state.run == run_) return state;
  state = {.run = run_};
  for (uint32_t i = 0; i < task_count(); ++i) {
    uses_[size_t{object} * tasks_.size() + i] = {};
  }
  return state;
}

// Ends the wait of one task, if it was asked which, or of all.
void DporRecord::Tell(DporMark notify) {
  const uint32_t object = OpOf(notify).object;
  const DporAnswer* wake = nullptr;
  size_t low = 0;
  size_t high = answers_.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (answers_[middle].op < notify) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < answers_.size() && answers_[low].op == notify; ++low) {
    if (answers_[low].kind == ChoiceKind::kWake) wake = &answers_[low];
  }
  DporMark first = FirstWaiting(object, 0);
  if (wake == nullptr) {
    for (; first != 0; first = FirstWaiting(object, first)) {
      tasks_[OpOf(first).task].told = notify;
    }
    return;
  }
  for (uint64_t i = 0; i < wake->answer && first != 0; ++i) {
    first = FirstWaiting(object, first);
  }
  if (first != 0) tasks_[OpOf(first).task].told = notify;
}

// Returns the first kWait later than `after` whose task still waits for
// `object`, untold.
DporMark DporRecord::FirstWaiting(uint32_t object, DporMark after) const {
  DporMark first = 0;
  for (const Task& task : tasks_) {
    if (task.wait <= after || task.told != 0) continue;
    if (OpOf(task.wait).object != object) continue;
    if (first == 0 || task.wait < first) first = task.wait;
  }
  return first;
}

// A condition gives back the lock that its task takes again.
void DporRecord::AddWait(DporMark wait) {
  const uint32_t task = OpOf(wait).task;
  const bool is_unlocked = IsUnlockedAfter(wait);
  uint32_t next = wait + (is_unlocked ? 1 : 0);  // the number of an op
  const bool goes_on = next < ops_.size() && ops_[next].task == task;
  while (next < ops_.size() && ops_[next].task != task) ++next;
  const bool has_next = next < ops_.size();
  const bool is_condition = has_next && ops_[next].kind == OpKind::kLock &&
                            Had(ops_[next].object, task, wait);
  if (is_condition) {
    DporSection& section = objects_[ops_[next].object].section;
    if (section.end == 0) section.end = wait;
  }
  if (goes_on || CanGoOn(wait)) return;
  if (has_next && MayBlock(ops_[next].kind) && !is_condition) return;
  tasks_[task].wait = wait;
  tasks_[task].told = 0;
}

// Whether a lock is given back right after `wait`, by an op of its own.
bool DporRecord::IsUnlockedAfter(DporMark wait) const {
  return wait < ops_.size() && ops_[wait].task == OpOf(wait).task &&
         ops_[wait].kind == OpKind::kUnlock;
}

// Whether the task of `wait` was seen to be able to go on after it.
bool DporRecord::CanGoOn(DporMark wait) const {
  const uint32_t task = OpOf(wait).task;
  for (uint32_t ops = wait; ops <= wait + (IsUnlockedAfter(wait) ? 1 : 0);
       ++ops) {
    const size_t question = stack_.TaskQuestionAt(ops);
    if (question == stack_.size()) continue;
    if (stack_.IsReady(stack_[question], task)) return true;
  }
  return false;
}

// Whether `task` had `lock` when it executed `wait`.
bool DporRecord::Had(uint32_t lock, uint32_t task, DporMark wait) const {
  if (lock >= objects_.size()) return false;
  const Object& object = objects_[lock];
  if (object.run != run_ || object.holder != task) return false;
  if (object.section.begin == 0 || object.section.begin > wait) return false;
  return object.section.end == 0 || object.section.end >= wait;
}

bool DporRecord::IsUntold(uint32_t task, uint32_t object) const {
  const Task& state = tasks_[task];
  if (state.wait == 0 || state.told != 0) return false;
  for (DporMark op = state.wait - 1; op > 0; --op) {
    if (OpOf(op).task != task || OpOf(op).object != object) continue;
    if (OpOf(op).kind == OpKind::kUnlock) return false;
    if (OpOf(op).kind == OpKind::kLock) return true;
    if (OpOf(op).kind == OpKind::kTryLock) return true;
  }
  return false;
}

}  // namespace fozzy
