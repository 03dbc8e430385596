#include "sim/core/testing/toy_program.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <utility>

#include "sim/base/check.h"

namespace fozzy {
namespace {

class ToyExecutor {
 public:
  ToyExecutor(const ToyProgram& program, Strategy& strategy,
              const ToyOptions& options)
      : program_(program),
        strategy_(strategy),
        timer_races_(options.timer_races),
        next_(program.size()),
        is_started_(program.size(), true),
        was_runnable_(program.size()),
        pending_(std::max<size_t>(program.size(), 2)) {
    for (const auto& task : program_) {
      for (const ToyOp& op : task) {
        if (op.kind == OpKind::kSpawn) is_started_[op.object] = false;
      }
    }
  }

  ToyRun Run() {
    for (;;) {
      Gather();
      if (runnable_.empty()) break;
      if (runnable_.size() == 1 && runnable_[0] == kTimerTask) break;
      Execute(runnable_[Choose()]);
    }
    for (uint32_t i = 0; i < program_.size(); ++i) {
      if (!HasEnded(i)) run_.is_deadlock = true;
    }
    return std::move(run_);
  }

 private:
  bool HasEnded(uint32_t task) const {
    return next_[task] == program_[task].size();
  }

  bool IsRunnable(uint32_t task) {
    if (!is_started_[task] || HasEnded(task)) return false;
    const ToyOp& op = program_[task][next_[task]];
    switch (op.kind) {
      case OpKind::kLock:
        return owners_.count(op.object) == 0;
      case OpKind::kWait:
        return permits_[op.object] > 0;
      case OpKind::kJoin:
        return HasEnded(op.object);
      default:
        return true;
    }
  }

  void Gather() {
    runnable_.clear();
    for (uint32_t i = 0; i < program_.size(); ++i) {
      const bool is_runnable =
          i == kTimerTask.value ? timer_races_ > 0 : IsRunnable(i);
      if (is_runnable && !was_runnable_[i]) ++wakes_;
      was_runnable_[i] = is_runnable;
      if (is_runnable) runnable_.push_back({i});
      if (i != kTimerTask.value && !HasEnded(i)) pending_[i] = PendingOf(i);
    }
    pending_[kTimerTask.value] = {.kind = OpKind::kTimer, .task = kTimerTask};
    const auto current =
        std::find(runnable_.begin(), runnable_.end(), current_);
    if (current != runnable_.end()) {
      std::rotate(runnable_.begin(), current, current + 1);
    }
  }

  Op PendingOf(uint32_t task) const {
    const ToyOp& op = program_[task][next_[task]];
    return {.kind = op.kind,
            .object = op.object,
            .site = task * 1000 + static_cast<uint32_t>(next_[task]),
            .task = {task}};
  }

  uint32_t Choose() {
    const uint64_t point = point_++;
    if (runnable_.size() == 1) return 0;
    ++run_.questions;
    uint32_t answer = 0;
    if (!run_.is_abandoned) {
      answer = strategy_.PickTask({.runnable = runnable_,
                                   .pending = pending_,
                                   .point = point,
                                   .current = current_,
                                   .wakes = wakes_});
    }
    if (answer == Strategy::kAbandon) {
      run_.is_abandoned = true;
      answer = 0;
    }
    FOZZY_CHECK(answer < runnable_.size());
    run_.decisions.push_back({ChoiceKind::kTask, current_, answer});
    return answer;
  }

  void Execute(TaskId task) {
    current_ = task;
    const Op op = pending_[task.value];
    if (strategy_.WantsOps()) strategy_.Executed(op);
    run_.ops.push_back(op);
    if (task == kTimerTask) {
      --timer_races_;
      return;
    }
    const ToyOp& toy = program_[task.value][next_[task.value]++];
    Apply(toy, task);
    if (toy.last != 0 && !run_.is_abandoned) Ask(toy, task);
  }

  void Apply(const ToyOp& op, TaskId task) {
    switch (op.kind) {
      case OpKind::kLock:
        owners_[op.object] = task.value;
        break;
      case OpKind::kUnlock:
        owners_.erase(op.object);
        break;
      case OpKind::kWait:
        --permits_[op.object];
        break;
      case OpKind::kNotify:
        ++permits_[op.object];
        break;
      case OpKind::kSpawn:
        is_started_[op.object] = true;
        break;
      default:
        break;
    }
  }

  void Ask(const ToyOp& op, TaskId task) {
    const uint64_t answer = strategy_.PickValue(
        {.kind = op.question,
         .last = op.last,
         .key = {task, op.question, asked_[{task.value, op.question}]++}});
    FOZZY_CHECK(answer <= op.last);
    run_.decisions.push_back({op.question, task, answer});
  }

  const ToyProgram& program_;
  Strategy& strategy_;
  uint32_t timer_races_;
  std::vector<size_t> next_;
  std::vector<bool> is_started_;
  std::vector<bool> was_runnable_;
  std::vector<Op> pending_;
  std::vector<TaskId> runnable_;
  std::map<uint32_t, uint32_t> owners_;
  std::map<uint32_t, uint32_t> permits_;
  std::map<std::pair<uint32_t, ChoiceKind>, uint64_t> asked_;
  TaskId current_ = {};
  uint64_t point_ = 0;
  uint64_t wakes_ = 0;
  ToyRun run_;
};

}  // namespace

std::vector<uint32_t> ToyRun::Tasks() const {
  std::vector<uint32_t> tasks;
  for (const Op& op : ops) tasks.push_back(op.task.value);
  return tasks;
}

size_t ToyRun::PlaceOf(uint32_t task, size_t number) const {
  for (size_t i = 0; i < ops.size(); ++i) {
    if (ops[i].task.value != task) continue;
    if (number-- == 0) return i;
  }
  return ops.size();
}

ToyRun RunToy(const ToyProgram& program, Strategy& strategy,
              const ToyOptions& options) {
  return ToyExecutor(program, strategy, options).Run();
}

ToyRun RunToyAt(const ToyProgram& program, Strategy& strategy, uint64_t index,
                const ToyOptions& options) {
  FOZZY_CHECK(strategy.Begin(index));
  ToyRun run = RunToy(program, strategy, options);
  RunSummary summary = {.abandoned = run.is_abandoned,
                        .points = run.ops.size()};
  for (const Op& op : run.ops) {
    summary.digest = (summary.digest ^ (op.site + 1)) * 0x9e3779b97f4a7c15;
  }
  strategy.End(summary);
  return run;
}

ToyProgram Writers(uint32_t tasks, uint32_t ops) {
  ToyProgram program(tasks + 1);
  for (uint32_t i = 0; i < program.size(); ++i) {
    if (i == kTimerTask.value) continue;
    program[i].assign(ops, {.kind = OpKind::kWrite, .object = 1});
  }
  return program;
}

void* TestMemory(size_t bytes) {
  struct Free {
    void operator()(void* block) const { std::free(block); }
  };
  static std::vector<std::unique_ptr<void, Free>> blocks;
  blocks.emplace_back(std::aligned_alloc(64, (bytes + 63) & ~size_t{63}));
  void* block = blocks.back().get();
  FOZZY_CHECK(block != nullptr);
  return std::memset(block, 0, bytes);
}

}  // namespace fozzy
