#include "sim/core/executor.h"

#include <algorithm>

#include "sim/base/check.h"

namespace fozzy {

Executor::Executor(Arena& arena, Carrier& carrier)
    : arena_(arena),
      carrier_(carrier),
      runnable_(arena),
      tasks_(arena),
      pending_(arena),
      yielded_(arena),
      woken_(arena),
      timers_(arena),
      answers_(arena) {}

RunEnd Executor::Run(void (*function)(void*), void* argument,
                     Strategy& strategy, const Options& options,
                     RunListener* listener) {
  Reset();
  points_max_ = options.points_max;
  races_left_ = options.timer_races;
  call_ = options.call;
  strategy_ = &strategy;
  listener_ = listener;
  wants_ops_ = strategy.WantsOps();
  is_heard_ = listener != nullptr || wants_ops_;
  AddTask(function, argument);
  AddTimerTask();
  Become(0);
  carrier_.Switch(kMainStack, choice_.current);
  if (end_ != RunEnd::kClean) carrier_.Forget();
  return end_;
}

void Executor::Reset() {
  runnable_.Clear();
  yielded_.clear();
  timers_.Clear();
  answers_.Clear();
  digest_ = {};
  is_timer_offered_ = false;
  is_abandoned_ = false;
  live_timers_ = rounds_ = task_count_ = live_ = objects_ = 0;
  now_ = choice_.point = choice_.wakes = 0;
  end_ = RunEnd::kClean;
}

TaskId Executor::AddTask(void (*function)(void*), void* argument) {
  const TaskId id{task_count_++};
  if (id.value == tasks_.size()) {
    tasks_.push_back(arena_.AllocateArray<Task>(1));
    pending_.push_back({});
    choice_.pending = pending_.span();
  }
  Task& task = *tasks_[id.value];
  task.Start(function, argument);
  pending_[id.value] = {.kind = OpKind::kStart, .object = id.value, .task = id};
  ++live_;
  MakeRunnable(task, id);
  carrier_.Prepare(id, &Executor::Enter, this);
  return id;
}

// Takes the number of kTimerTask, which has no stack, and never changes.
void Executor::AddTimerTask() {
  if (tasks_.size() == kTimerTask.value) {
    tasks_.push_back(arena_.AllocateArray<Task>(1));
    pending_.push_back({.kind = OpKind::kTimer, .task = kTimerTask});
    choice_.pending = pending_.span();
  }
  ++task_count_;
}

TaskId Executor::Enter(void* executor) {
  auto& self = *static_cast<Executor*>(executor);
  const Task& task = *self.tasks_[self.choice_.current.value];
  self.Execute();
  if (self.call_ != nullptr) {
    self.call_(task.function, task.argument);
  } else {
    task.function(task.argument);
  }
  return self.Exit();
}

TaskId Executor::Spawn(void (*function)(void*), void* argument, Site site) {
  const TaskId child = AddTask(function, argument);
  Do({.kind = OpKind::kSpawn, .object = child.value}, site);
  return child;
}

// Ends the current task; returns who goes on.
TaskId Executor::Exit() {
  const TaskId self = choice_.current;
  Task& task = *tasks_[self.value];
  Do({.kind = OpKind::kExit, .object = self.value}, task.site);
  NoteChange();
  runnable_.Erase(self);
  task.state = TaskState::kEnded;
  Open(task.joiners);
  if (--live_ == 0) return kMainStack;
  Become(PickNext());
  return choice_.current;
}

void Executor::Stop(RunEnd end) {
  end_ = end;
  carrier_.Switch(choice_.current, kMainStack);
  __builtin_unreachable();
}

void Executor::TellListeners(const Op& op) {
  if (wants_ops_ && !is_abandoned_) strategy_->Executed(op);
  if (listener_ == nullptr) return;
  listener_->OnOp(op, tasks_[op.task.value]->site);
}

// Lets another task go first if the strategy wants so.
void Executor::Decide() {
  while (runnable_.size() > 1) {
    const uint32_t answer = PickTask();
    if (runnable_[answer] == kTimerTask) {
      FireTimer();
      continue;
    }
    if (answer == 0) return;
    const TaskId self = choice_.current;
    Become(answer);
    carrier_.Switch(self, choice_.current);
    return;
  }
}

uint32_t Executor::PickTask() {
  choice_.runnable = runnable_.span();
  choice_.objects = objects_;
  uint32_t answer = is_abandoned_ ? 0 : strategy_->PickTask(choice_);
  if (answer == Strategy::kAbandon) {
    is_abandoned_ = true;
    answer = 0;
  }
  FOZZY_CHECK(answer < runnable_.size());
  if (listener_ != nullptr) listener_->OnTask(choice_, answer);
  answers_.Append(answer);
  return answer;
}

// Goes on with another task; returns when the current one has its turn again.
// Requires that it is not runnable.
void Executor::Leave() {
  const TaskId self = choice_.current;
  Become(PickNext());
  if (choice_.current != self) carrier_.Switch(self, choice_.current);
}

// Returns the index of the task that goes on when the current one cannot.
uint32_t Executor::PickNext() {
  for (;;) {
    const size_t timer = is_timer_offered_ ? 1 : 0;
    if (runnable_.size() == timer) {
      Advance();
      continue;
    }
    if (runnable_.size() == 1) return 0;
    const uint32_t next = PickTask();
    if (runnable_[next] != kTimerTask) return next;
    FireTimer();
  }
}

// Makes some task runnable, or ends the run: those that only wait for others to
// do something come first, then time moves, then those that have waited so for
// long.
void Executor::Advance() {
  if (ResumeYielded(kYieldsMax)) return;
  if (live_timers_ > 0) return FireTimer();
  if (yielded_.empty()) Stop(RunEnd::kDeadlock);
  if (++rounds_ > kRoundsMax) Stop(RunEnd::kLivelock);
  ResumeYielded(~uint32_t{0});
}

bool Executor::PointIn(WaitQueue& queue, const Op& op, Site site,
                       uint64_t deadline) {
  Announce(op, site);
  const TaskId self = choice_.current;
  Task& task = *tasks_[self.value];
  task.has_timed_out = false;
  if (queue.is_open && runnable_.size() == 1 && deadline == kNoDeadline) {
    Execute();
    return true;
  }
  if (!queue.is_open && deadline <= now_) return false;
  Enqueue(queue, self);
  if (deadline != kNoDeadline) SetTimer(deadline);
  if (queue.is_open) {
    Decide();
  } else {
    task.yields = 0;
    task.spins = 0;
    MakeWaiting(task, self, TaskState::kWaiting);
    Leave();
  }
  Dequeue(self);
  ClearTimer(task);
  Execute();
  return !task.has_timed_out;
}

void Executor::Join(TaskId id, Site site) {
  const Op op = {.kind = OpKind::kJoin, .object = id.value};
  Task& task = *tasks_[id.value];
  if (task.state == TaskState::kEnded) return Do(op, site);
  PointIn(task.joiners, op, site);
}

void Executor::Sleep(uint64_t deadline, Site site) {
  Announce({.kind = OpKind::kTimer}, site);
  if (deadline <= now_) {
    Yield(site);
    return;
  }
  const TaskId self = choice_.current;
  Task& task = *tasks_[self.value];
  SetTimer(deadline);
  MakeWaiting(task, self, TaskState::kWaiting);
  Leave();
  Execute();
}

void Executor::Yield(Site site) {
  Announce({.kind = OpKind::kYield}, site);
  const TaskId self = choice_.current;
  Task& task = *tasks_[self.value];
  task.spins = 0;
  ++task.yields;
  MakeWaiting(task, self, TaskState::kYielded);
  yielded_.push_back(self);
  Leave();
  Execute();
}

void Executor::Open(WaitQueue& queue) {
  queue.is_open = true;
  if (queue.first == kMainStack) return;
  woken_.clear();
  for (TaskId id = queue.first; id != kMainStack;) {
    Task& task = *tasks_[id.value];
    if (task.state == TaskState::kWaiting) {
      task.state = TaskState::kRunnable;
      woken_.push_back(id);
    }
    id = task.next;
  }
  if (woken_.empty()) return;
  ++choice_.wakes;
  if (woken_.size() == 1) return runnable_.Insert(woken_[0]);
  std::sort(woken_.begin(), woken_.end(),
            [](TaskId a, TaskId b) { return a.value < b.value; });
  runnable_.InsertAll(woken_.span());
}

void Executor::Close(WaitQueue& queue) {
  queue.is_open = false;
  bool is_any = false;
  for (TaskId id = queue.first; id != kMainStack;) {
    Task& task = *tasks_[id.value];
    if (task.state == TaskState::kRunnable && !task.has_timed_out) {
      task.state = TaskState::kWaiting;
      is_any = true;
    }
    id = task.next;
  }
  if (!is_any) return;
  runnable_.EraseIf([this](TaskId id) {
    return tasks_[id.value]->state != TaskState::kRunnable;
  });
}

void Executor::Move(TaskId id, WaitQueue& to, const Op& op) {
  Task& task = *tasks_[id.value];
  Dequeue(id);
  ClearTimer(task);
  Enqueue(to, id);
  Op& pending = pending_[id.value];
  const uint32_t site = pending.site;
  pending = op;
  pending.task = id;
  pending.site = site;
  if (to.is_open && task.state == TaskState::kWaiting) MakeRunnable(task, id);
}

uint64_t Executor::Choose(ChoiceKind kind, uint64_t last, Weight weight) {
  if (last == 0) return 0;
  Task& task = *tasks_[choice_.current.value];
  uint32_t& asked = task.asked[static_cast<size_t>(kind)];
  const ValueChoice choice = {.kind = kind,
                              .last = last,
                              .weight = weight,
                              .key = {choice_.current, kind, asked++}};
  const uint64_t answer = is_abandoned_ ? 0 : strategy_->PickValue(choice);
  FOZZY_CHECK(answer <= last);
  if (listener_ != nullptr) listener_->OnValue(choice, answer);
  answers_.Append(answer);
  digest_.Mix(answer << 8 | static_cast<uint64_t>(kind));
  return answer;
}

void Executor::MakeRunnable(Task& task, TaskId id) {
  task.state = TaskState::kRunnable;
  runnable_.Insert(id);
  ++choice_.wakes;
}

void Executor::MakeWaiting(Task& task, TaskId id, TaskState state) {
  task.state = state;
  runnable_.Erase(id);
}

void Executor::Enqueue(WaitQueue& queue, TaskId id) {
  Task& task = *tasks_[id.value];
  task.queue = &queue;
  task.next = kMainStack;
  task.previous = queue.last;
  if (queue.last == kMainStack) {
    queue.first = id;
  } else {
    tasks_[queue.last.value]->next = id;
  }
  queue.last = id;
  ++queue.size;
}

void Executor::Dequeue(TaskId id) {
  Task& task = *tasks_[id.value];
  WaitQueue& queue = *task.queue;
  if (task.previous == kMainStack) {
    queue.first = task.next;
  } else {
    tasks_[task.previous.value]->next = task.next;
  }
  if (task.next == kMainStack) {
    queue.last = task.previous;
  } else {
    tasks_[task.next.value]->previous = task.previous;
  }
  --queue.size;
  task.queue = nullptr;
}

void Executor::SetTimer(uint64_t deadline) {
  Task& task = *tasks_[choice_.current.value];
  task.timer = timers_.Add(deadline, choice_.current);
  ++live_timers_;
  OfferTimer();
}

void Executor::ClearTimer(Task& task) {
  if (task.timer == 0) return;
  task.timer = 0;
  --live_timers_;
  OfferTimer();
}

// Makes kTimerTask runnable while there is a deadline that may pass early.
void Executor::OfferTimer() {
  const bool is_due = live_timers_ > 0 && races_left_ > 0;
  if (is_due == is_timer_offered_) return;
  is_timer_offered_ = is_due;
  if (is_due) {
    runnable_.Insert(kTimerTask);
    ++choice_.wakes;
  } else {
    runnable_.Erase(kTimerTask);
  }
}

// Takes out the next deadline.  Which one that is of those of one moment, of
// the first few at most, is open: the order in which they were set says little.
TimerQueue::Timer Executor::PopTimer() {
  TimerQueue::Timer same[kTiesMax];
  uint64_t count = 0;
  while (count < kTiesMax && !timers_.empty()) {
    const TimerQueue::Timer next = timers_.First();
    if (count > 0 && next.deadline != same[0].deadline) break;
    timers_.PopFirst();
    if (tasks_[next.task.value]->timer == next.number) same[count++] = next;
  }
  const uint64_t answer = Choose(ChoiceKind::kDeadline, count - 1);
  for (uint64_t i = 0; i < count; ++i) {
    if (i != answer) timers_.Restore(same[i]);
  }
  return same[answer];
}

// Moves time to the earliest deadline.  It is a race if somebody could have
// gone on instead.
void Executor::FireTimer() {
  const size_t timer = is_timer_offered_ ? 1 : 0;
  const bool is_race = runnable_.size() > timer;
  const TimerQueue::Timer first = PopTimer();
  if (first.deadline > now_) now_ = first.deadline;
  if (is_race) --races_left_;
  Task& task = *tasks_[first.task.value];
  task.has_timed_out = true;
  ClearTimer(task);
  OfferTimer();
  Hear(
      {.kind = OpKind::kTimer, .object = first.task.value, .task = kTimerTask});
  if (task.queue != nullptr) {
    Op& wait = pending_[first.task.value];
    wait.offset = static_cast<uint16_t>(wait.kind);
    wait.kind = OpKind::kGiveUp;
  }
  if (task.state == TaskState::kWaiting) MakeRunnable(task, first.task);
}

// Makes those runnable that yielded at most `yields_max` times in a row.
bool Executor::ResumeYielded(uint32_t yields_max) {
  size_t kept = 0;
  for (const TaskId id : yielded_) {
    Task& task = *tasks_[id.value];
    if (task.yields > yields_max) {
      yielded_[kept++] = id;
    } else {
      MakeRunnable(task, id);
    }
  }
  const bool is_any = kept < yielded_.size();
  yielded_.resize(kept);
  return is_any;
}

}  // namespace fozzy
