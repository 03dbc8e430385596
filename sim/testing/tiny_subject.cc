#include "sim/testing/tiny_subject.h"

#include <algorithm>
#include <map>

#include "sim/base/check.h"
#include "sim/base/run_digest.h"
#include "sim/core/seeded_strategy.h"

namespace fozzy {
namespace {

OpKind OpKindOf(TinyKind kind) {
  switch (kind) {
    case TinyKind::kLoad:
    case TinyKind::kLoadAny:
      return OpKind::kLoad;
    case TinyKind::kStore:
      return OpKind::kStore;
    case TinyKind::kLock:
      return OpKind::kLock;
    case TinyKind::kUnlock:
      return OpKind::kUnlock;
    case TinyKind::kSpawn:
      return OpKind::kSpawn;
    case TinyKind::kJoin:
      return OpKind::kJoin;
    case TinyKind::kYield:
      return OpKind::kYield;
    default:
      return OpKind::kNone;
  }
}

struct TinyTask {
  size_t next = 0;  // instruction
  uint64_t r = 0;
  uint32_t loops = 0;
  bool is_started = true;
};

constexpr uint32_t kLoopsMax = 100;

class TinyExecutor {
 public:
  TinyExecutor(const TinyProgram& program, Strategy& strategy,
               RecordedRun* recorded)
      : program_(program),
        strategy_(strategy),
        recorded_(recorded),
        tasks_(program.tasks.size()),
        pending_(std::max<size_t>(program.tasks.size(), 2)),
        stores_(kTinyMemory, {0}),
        owners_(kTinyMemory) {
    if (recorded_ != nullptr) *recorded_ = {};
    for (const auto& task : program_.tasks) {
      for (const TinyCode& code : task) {
        if (code.kind == TinyKind::kSpawn) tasks_[code.a].is_started = false;
      }
    }
  }

  RunOutcome Run() {
    for (uint32_t i = 0; i < tasks_.size(); ++i) {
      if (tasks_[i].is_started) RunToPoint(i);
    }
    while (!outcome_.finding) {
      Gather();
      if (runnable_.empty()) break;
      Execute(runnable_[Choose()].value);
    }
    if (!outcome_.finding) CheckEnd();
    if (recorded_ != nullptr) Key();
    outcome_.points = point_;
    return outcome_;
  }

 private:
  const TinyCode& CodeOf(uint32_t task) const {
    return program_.tasks[task][tasks_[task].next];
  }

  bool HasEnded(uint32_t task) const {
    return tasks_[task].next >= program_.tasks[task].size();
  }

  bool IsRunnable(uint32_t task) const {
    if (!tasks_[task].is_started || HasEnded(task)) return false;
    const TinyCode& code = CodeOf(task);
    if (code.kind == TinyKind::kLock) return !owners_[code.a];
    if (code.kind == TinyKind::kJoin) {
      return HasEnded(static_cast<uint32_t>(code.a));
    }
    return true;
  }

  void Gather() {
    runnable_.clear();
    for (uint32_t i = 0; i < tasks_.size(); ++i) {
      if (!IsRunnable(i)) continue;
      runnable_.push_back({i});
      pending_[i] = {.kind = OpKindOf(CodeOf(i).kind),
                     .object = static_cast<uint32_t>(CodeOf(i).a),
                     .site = i * 1000 + static_cast<uint32_t>(tasks_[i].next),
                     .task = {i}};
    }
    const auto current =
        std::find(runnable_.begin(), runnable_.end(), current_);
    if (current != runnable_.end()) {
      std::rotate(runnable_.begin(), current, current + 1);
    }
  }

  uint32_t Choose() {
    const uint64_t point = point_++;
    if (runnable_.size() == 1 || outcome_.is_abandoned) return 0;
    uint32_t answer = strategy_.PickTask({.runnable = runnable_,
                                          .pending = pending_,
                                          .point = point,
                                          .current = current_});
    if (answer == Strategy::kAbandon) {
      outcome_.is_abandoned = true;
      answer = 0;
    }
    FOZZY_CHECK(answer < runnable_.size());
    Keep({ChoiceKind::kTask, current_, answer});
    if (recorded_ == nullptr) return answer;
    std::vector<Segment>& schedule = recorded_->schedule;
    if (schedule.empty() || schedule.back().task != runnable_[answer]) {
      schedule.push_back({runnable_[answer], 0});
    }
    ++schedule.back().points;
    return answer;
  }

  uint64_t Ask(uint32_t task, ChoiceKind kind, uint64_t last) {
    if (last == 0 || outcome_.is_abandoned) return 0;
    std::vector<uint64_t>& lasts = lasts_[{task, kind}];
    const uint64_t answer = strategy_.PickValue(
        {.kind = kind, .last = last, .key = {{task}, kind, lasts.size()}});
    FOZZY_CHECK(answer <= last);
    Keep({kind, {task}, answer});
    lasts.push_back(last);
    ++questions_;
    return answer;
  }

  void Keep(const Decision& decision) {
    MixDecision(outcome_.digest, decision);
    if (recorded_ != nullptr) recorded_->decisions.push_back(decision);
  }

  void Key() {
    recorded_->answers.resize(questions_);
    KeyAnswers(recorded_->decisions, recorded_->answers);
    for (const KeyedAnswer& entry : recorded_->answers) {
      recorded_->lasts.push_back(
          lasts_[{entry.key.task.value, entry.key.kind}][entry.key.ordinal]);
    }
  }

  void Execute(uint32_t task) {
    current_ = {task};
    if (strategy_.WantsOps()) strategy_.Executed(pending_[task]);
    outcome_.digest.Mix(pending_[task].site);
    const TinyCode& code = CodeOf(task);
    std::vector<uint64_t>& stores = stores_[code.a % kTinyMemory];
    TinyTask& own = tasks_[task];
    ++own.next;
    switch (code.kind) {
      case TinyKind::kLoad:
        own.r = stores.back();
        break;
      case TinyKind::kLoadAny:
        own.r = stores[stores.size() - 1 -
                       Ask(task, ChoiceKind::kReadsFrom, stores.size() - 1)];
        break;
      case TinyKind::kStore:
        stores.push_back(own.r);
        break;
      case TinyKind::kLock:
        owners_[code.a] = task + 1;
        break;
      case TinyKind::kUnlock:
        owners_[code.a] = 0;
        break;
      case TinyKind::kSpawn:
        tasks_[code.a].is_started = true;
        RunToPoint(static_cast<uint32_t>(code.a));
        break;
      default:
        break;
    }
    RunToPoint(task);
  }

  // Executes the instructions without a point.
  void RunToPoint(uint32_t task) {
    while (!HasEnded(task) && OpKindOf(CodeOf(task).kind) == OpKind::kNone) {
      const TinyCode& code = CodeOf(task);
      ++tasks_[task].next;
      if (code.kind == TinyKind::kFail && !outcome_.finding) {
        Find(FindingKind::kAssertion, "fail", code.a);
      }
      Calculate(code, task);
    }
  }

  void Calculate(const TinyCode& code, uint32_t task) {
    TinyTask& own = tasks_[task];
    switch (code.kind) {
      case TinyKind::kSet:
        own.r = code.a;
        break;
      case TinyKind::kAdd:
        own.r += code.a;
        break;
      case TinyKind::kAsk:
        own.r = Ask(task, static_cast<ChoiceKind>(code.a), code.b);
        break;
      case TinyKind::kSkipBelow:
        if (own.r < code.a) own.next += code.b;
        break;
      case TinyKind::kSkipUnless:
        if (own.r != code.a) own.next += code.b;
        break;
      case TinyKind::kSkip:
        own.next += code.b;
        break;
      case TinyKind::kLoop:
        if (own.r == 0 || ++own.loops > kLoopsMax) break;
        --own.r;
        own.next -= code.b + 1;
        break;
      default:
        break;
    }
  }

  void Find(FindingKind kind, const char* title, std::optional<uint64_t> step) {
    outcome_.finding = Finding{kind, title, "", step, ""};
  }

  void CheckEnd() {
    for (uint32_t i = 0; i < tasks_.size(); ++i) {
      if (!tasks_[i].is_started || HasEnded(i)) continue;
      Find(FindingKind::kDeadlock, "deadlock", std::nullopt);
      return;
    }
    for (const auto& [place, value] : program_.expects) {
      if (stores_[place].back() == value) continue;
      Find(FindingKind::kAssertion, "end", place);
      return;
    }
  }

  const TinyProgram& program_;
  Strategy& strategy_;
  RecordedRun* const recorded_;
  std::vector<TinyTask> tasks_;
  std::vector<Op> pending_;
  std::vector<TaskId> runnable_;
  std::vector<std::vector<uint64_t>> stores_;  // by place, in order
  std::vector<uint32_t> owners_;               // by mutex: task + 1, or 0
  // By task and kind, in the order they were asked.
  std::map<std::pair<uint32_t, ChoiceKind>, std::vector<uint64_t>> lasts_;
  size_t questions_ = 0;
  TaskId current_ = {};
  uint64_t point_ = 0;
  RunOutcome outcome_;
};

constexpr TinyCode kElsewhere = {TinyKind::kLoad, kTinyMemory - 1};

void Pad(std::vector<TinyCode>& task, uint32_t padding) {
  task.insert(task.end(), padding, kElsewhere);
}

}  // namespace

RunOutcome TinySubject::Run(Strategy& strategy, RecordedRun* recorded) {
  ++runs_;
  return TinyExecutor(program_, strategy, recorded).Run();
}

std::optional<TinyFailure> FindFailure(Subject& subject, uint64_t seed,
                                       uint64_t runs_max) {
  SeededStrategy strategy({.seed = seed});
  for (uint64_t i = 0; i < runs_max; ++i) {
    TinyFailure failure;
    strategy.Begin(i);
    const RunOutcome outcome = subject.Run(strategy, &failure.run);
    if (!outcome.finding) continue;
    failure.finding = *outcome.finding;
    return failure;
  }
  return std::nullopt;
}

TinyProgram LostUpdate(uint32_t tasks, uint32_t padding) {
  TinyProgram program;
  program.tasks.resize(2);
  for (uint32_t i = 0; i < tasks; ++i) {
    std::vector<TinyCode> task;
    Pad(task, padding);
    task.push_back({TinyKind::kLoad, 0});
    task.push_back({TinyKind::kAdd, 1});
    task.push_back({TinyKind::kStore, 0});
    Pad(task, padding);
    program.tasks.push_back(task);
  }
  program.expects = {{0, tasks}};
  return program;
}

TinyProgram OppositeLocks(uint32_t padding) {
  TinyProgram program;
  program.tasks.resize(2);
  for (const uint64_t first : {0u, 1u}) {
    std::vector<TinyCode> task;
    Pad(task, padding);
    task.push_back({TinyKind::kLock, first});
    Pad(task, padding);
    task.push_back({TinyKind::kLock, 1 - first});
    Pad(task, padding);
    task.push_back({TinyKind::kUnlock, 1 - first});
    task.push_back({TinyKind::kUnlock, first});
    program.tasks.push_back(task);
  }
  return program;
}

TinyProgram TwoPreemptions(uint32_t padding) {
  TinyProgram program;
  program.tasks.resize(2);
  // Task 2: announces itself, and fails if task 3 has seen that but not yet
  // withdrawn what it did about it.
  std::vector<TinyCode> watched = {{TinyKind::kSet, 1}, {TinyKind::kStore, 0}};
  Pad(watched, padding);
  watched.insert(watched.end(), {{TinyKind::kLoad, 1},
                                 {TinyKind::kSkipUnless, 1, 1},
                                 {TinyKind::kFail, 0},
                                 {TinyKind::kSet, 0},
                                 {TinyKind::kStore, 0}});
  std::vector<TinyCode> watcher;
  Pad(watcher, padding);
  watcher.insert(watcher.end(), {{TinyKind::kLoad, 0},
                                 {TinyKind::kSkipUnless, 1, 5},
                                 {TinyKind::kSet, 1},
                                 {TinyKind::kStore, 1},
                                 kElsewhere,
                                 {TinyKind::kSet, 0},
                                 {TinyKind::kStore, 1}});
  program.tasks.push_back(watched);
  program.tasks.push_back(watcher);
  return program;
}

}  // namespace fozzy
