#include "sim/core/testing/toy_machine.h"

#include <algorithm>
#include <utility>

#include "sim/base/check.h"

namespace fozzy {
namespace {

struct ToyLock {
  std::optional<uint32_t> owner;
  uint32_t readers = 0;
};

// A task on its way.
struct ToyState {
  bool is_started = true;
  bool has_ended = false;
  bool is_waiting = false;  // to be told
  std::vector<uint64_t> results;
  ToyAction next;
};

class ToyMachine {
 public:
  ToyMachine(const ToyTasks& program, Strategy& strategy)
      : program_(program),
        strategy_(strategy),
        states_(program.tasks.size()),
        pending_(program.tasks.size()),
        deadlines_(program.deadlines) {
    states_[kTimerTask.value].has_ended = true;
    for (const uint32_t task : program.spawned) {
      states_[task].is_started = false;
      states_[task].next = {.kind = OpKind::kStart, .object = task};
    }
    for (uint32_t i = 0; i < states_.size(); ++i) {
      if (states_[i].is_started && !states_[i].has_ended) Prepare(i);
    }
  }

  MachineRun Run() {
    for (;;) {
      Gather();
      if (runnable_.empty()) break;
      Step(runnable_[Choose()].value);
    }
    std::vector<Op> waiting;
    for (uint32_t i = 0; i < states_.size(); ++i) {
      if (!states_[i].is_started || states_[i].has_ended) continue;
      waiting.push_back(pending_[i]);
      run_.is_deadlock = true;
    }
    strategy_.End({.abandoned = run_.is_abandoned,
                   .points = points_,
                   .waiting = waiting});
    return std::move(run_);
  }

 private:
  // Finds out what a task does next; executes what needs no schedule point.
  void Prepare(uint32_t task) {
    ToyState& state = states_[task];
    for (;;) {
      state.next = program_.tasks[task](state.results);
      const OpKind kind = state.next.kind;
      const bool is_free = kind == OpKind::kSpawn || kind == OpKind::kRead ||
                           kind == OpKind::kWrite;
      if (!is_free) break;
      Execute(task, state.next);
      if (kind == OpKind::kSpawn) states_[state.next.object].is_started = true;
      state.results.push_back(0);
    }
    if (state.next.kind != OpKind::kNone) return;
    Execute(task, {.kind = OpKind::kExit, .object = task});
    state.has_ended = true;
  }

  bool CanGoOn(uint32_t task) {
    const ToyState& state = states_[task];
    if (!state.is_started || state.has_ended || state.is_waiting) return false;
    ToyLock& lock = locks_[state.next.object];
    switch (state.next.kind) {
      case OpKind::kLock:
        return !lock.owner && lock.readers == 0;
      case OpKind::kLockShared:
        return !lock.owner;
      case OpKind::kWait:
        return state.next.lock != 0 || permits_[state.next.object] > 0;
      case OpKind::kJoin:
        return states_[state.next.object].has_ended;
      default:
        return true;
    }
  }

  void Gather() {
    runnable_.clear();
    for (uint32_t i = 0; i < states_.size(); ++i) {
      const ToyAction& next = states_[i].next;
      pending_[i] = {
          .kind = next.kind, .object = next.object, .task = TaskId{i}};
      if (CanGoOn(i)) runnable_.push_back({i});
    }
    if (deadlines_ > 0 && !runnable_.empty()) OfferDeadline();
    const auto current =
        std::find(runnable_.begin(), runnable_.end(), current_);
    if (current != runnable_.end()) {
      std::rotate(runnable_.begin(), current, current + 1);
    }
  }

  void OfferDeadline() {
    pending_[kTimerTask.value] = {.kind = OpKind::kTimer, .task = kTimerTask};
    runnable_.push_back(kTimerTask);
    std::sort(runnable_.begin(), runnable_.end(),
              [](TaskId a, TaskId b) { return a.value < b.value; });
  }

  uint32_t Choose() {
    ++points_;
    if (runnable_.size() == 1 || run_.is_abandoned) return 0;
    const uint32_t answer = strategy_.PickTask({.runnable = runnable_,
                                                .pending = pending_,
                                                .point = points_,
                                                .current = current_});
    if (answer == Strategy::kAbandon) {
      run_.is_abandoned = true;
      return 0;
    }
    FOZZY_CHECK(answer < runnable_.size());
    return answer;
  }

  void Step(uint32_t task) {
    if (task == kTimerTask.value) {
      PassDeadline();
      return;
    }
    current_ = {task};
    ToyState& state = states_[task];
    const ToyAction action = state.next;
    Execute(task, action);
    const bool is_waited = action.kind == OpKind::kWait && action.lock != 0;
    if (is_waited) {
      state.is_waiting = true;
      state.next = {.kind = OpKind::kLock, .object = action.lock};
      waiting_[action.object].push_back(task);
      return;
    }
    uint64_t result = Apply(task, action);
    if (action.last != 0) {
      result = Ask(task, ChoiceKind::kRandom, action.last);
      run_.steps.back().answer = result;
    }
    const bool is_start = action.kind == OpKind::kStart;
    if (!is_start) state.results.push_back(result);
    Prepare(task);
  }

  // Ends the wait of the first task that waits for a condition.
  void PassDeadline() {
    --deadlines_;
    uint32_t task = 0;
    while (task < states_.size() && !states_[task].is_waiting) ++task;
    const bool is_any = task < states_.size();
    Execute(kTimerTask.value, {.kind = OpKind::kTimer,
                               .object = is_any ? task : kTimerTask.value});
    if (!is_any) return;
    states_[task].is_waiting = false;
    for (auto& [object, waiting] : waiting_) std::erase(waiting, task);
  }

  void Execute(uint32_t task, const ToyAction& action) {
    const Op op = {
        .kind = action.kind, .object = action.object, .task = TaskId{task}};
    if (strategy_.WantsOps()) strategy_.Executed(op);
    run_.steps.push_back({.op = op, .answer = {}});
    if (action.kind != OpKind::kWait || action.lock == 0) return;
    locks_[action.lock].owner.reset();
    if (action.value == 0) return;
    Execute(task, {.kind = OpKind::kUnlock, .object = action.lock});
  }

  uint64_t Apply(uint32_t task, const ToyAction& action) {
    ToyLock& lock = locks_[action.object];
    uint64_t& memory = memory_[action.object];
    switch (action.kind) {
      case OpKind::kLoad:
        return memory;
      case OpKind::kStore:
        memory = action.value;
        return 0;
      case OpKind::kReadModifyWrite:
        return memory == 0 ? std::exchange(memory, action.value) : memory;
      case OpKind::kTryLock:
        if (lock.owner || lock.readers > 0) return 0;
        lock.owner = task;
        return 1;
      case OpKind::kLock:
        lock.owner = task;
        return 0;
      case OpKind::kUnlock:
        lock.owner.reset();
        return 0;
      case OpKind::kLockShared:
        ++lock.readers;
        return 0;
      case OpKind::kUnlockShared:
        --lock.readers;
        return 0;
      case OpKind::kWait:
        --permits_[action.object];
        return 0;
      case OpKind::kNotify:
        Notify(task, action);
        return 0;
      default:
        return 0;
    }
  }

  void Notify(uint32_t task, const ToyAction& action) {
    std::vector<uint32_t>& waiting = waiting_[action.object];
    if (action.lock == 0) ++permits_[action.object];
    if (action.lock == 0 || waiting.empty()) return;
    if (action.value != 1) {
      for (const uint32_t told : waiting) states_[told].is_waiting = false;
      waiting.clear();
      return;
    }
    const uint64_t which =
        waiting.size() == 1 ? 0
                            : Ask(task, ChoiceKind::kWake, waiting.size() - 1);
    run_.steps.back().answer = which;
    const auto told = waiting.begin() + static_cast<std::ptrdiff_t>(which);
    states_[*told].is_waiting = false;
    waiting.erase(told);
  }

  uint64_t Ask(uint32_t task, ChoiceKind kind, uint64_t last) {
    if (run_.is_abandoned) return 0;
    const uint64_t answer = strategy_.PickValue(
        {.kind = kind, .last = last, .key = {{task}, kind, asked_++}});
    FOZZY_CHECK(answer <= last);
    return answer;
  }

  const ToyTasks& program_;
  Strategy& strategy_;
  std::vector<ToyState> states_;
  std::vector<Op> pending_;
  uint32_t deadlines_;
  std::vector<TaskId> runnable_;
  std::map<uint32_t, ToyLock> locks_;
  std::map<uint32_t, uint64_t> memory_;
  std::map<uint32_t, uint32_t> permits_;
  std::map<uint32_t, std::vector<uint32_t>> waiting_;
  TaskId current_ = {};
  uint64_t points_ = 0;
  uint64_t asked_ = 0;
  MachineRun run_;
};

bool IsShared(OpKind kind) {
  return kind == OpKind::kLoad || kind == OpKind::kRead ||
         kind == OpKind::kLockShared || kind == OpKind::kUnlockShared;
}

// The definition of equivalence, written down once more.
bool IsOrdered(const Op& a, const Op& b) {
  if (a.task == b.task) return true;
  if (a.task == kTimerTask || b.task == kTimerTask) return true;
  const auto is_pair = [&](OpKind first, OpKind second) {
    return a.kind == first && b.kind == second && a.object == b.object;
  };
  if (is_pair(OpKind::kSpawn, OpKind::kStart)) return true;
  if (is_pair(OpKind::kExit, OpKind::kJoin)) return true;
  for (const Op& op : {a, b}) {
    if (op.kind == OpKind::kSpawn || op.kind == OpKind::kStart ||
        op.kind == OpKind::kExit || op.kind == OpKind::kJoin ||
        op.kind == OpKind::kYield) {
      return false;
    }
  }
  if (a.object != b.object) return false;
  return !IsShared(a.kind) || !IsShared(b.kind);
}

}  // namespace

ToyTask Straight(std::vector<ToyAction> actions) {
  return [actions = std::move(actions)](std::span<const uint64_t> results) {
    return results.size() < actions.size() ? actions[results.size()]
                                           : ToyAction{};
  };
}

MachineRun RunMachine(const ToyTasks& program, Strategy& strategy) {
  return ToyMachine(program, strategy).Run();
}

std::vector<uint64_t> TraceOf(const MachineRun& run) {
  const size_t size = run.steps.size();
  std::vector<std::vector<uint64_t>> rows;
  // past[i][j]: op j comes before op i in every equivalent interleaving.
  std::vector<std::vector<bool>> past(size, std::vector<bool>(size, false));
  for (size_t i = 0; i < size; ++i) {
    for (size_t j = i; j-- > 0;) {
      if (past[i][j]) continue;
      if (!IsOrdered(run.steps[j].op, run.steps[i].op)) continue;
      past[i][j] = true;
      for (size_t k = 0; k < j; ++k) {
        if (past[j][k]) past[i][k] = true;
      }
    }
    const Op& op = run.steps[i].op;
    std::vector<uint64_t> row = {op.task.value, 0,
                                 static_cast<uint64_t>(op.kind), op.object};
    row.push_back(run.steps[i].answer.value_or(0));
    std::map<uint32_t, uint64_t> before;
    for (size_t j = 0; j < i; ++j) {
      if (run.steps[j].op.task == op.task) ++row[1];
      if (past[i][j]) ++before[run.steps[j].op.task.value];
    }
    for (const auto& [task, count] : before) {
      row.push_back(task);
      row.push_back(count);
    }
    rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end());
  std::vector<uint64_t> trace;
  for (const std::vector<uint64_t>& row : rows) {
    trace.push_back(row.size());
    trace.insert(trace.end(), row.begin(), row.end());
  }
  return trace;
}

}  // namespace fozzy
