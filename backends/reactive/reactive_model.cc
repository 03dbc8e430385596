#include "backends/reactive/reactive_model.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace fozzy {
namespace {

// What a branch remembers.
struct Memory {
  uint64_t value = 0;     // its register
  uint32_t thread = ~0U;  // that it has forked last
};

using Then = std::function<void(Memory)>;

// Where a task runs: in which scopes, the outermost first.
using Place = std::vector<uint32_t>;

struct Task {
  Place place;
  std::function<void()> run;
};

struct Scope {
  ReactiveKind kind;
  uint32_t signal;
  Place around;  // where the statement is
  uint64_t entered;
  std::function<void()> then;  // what comes behind, if the signal ends it
  bool is_open = true;         // the statement has not ended
  bool is_dead = false;        // its signal has ended it
};

struct Signal {
  bool is_aggregate = false;
  bool is_present = false;
  bool is_frozen = false;
  uint64_t value = 0;
};

struct Awaiting {
  Place place;
  uint32_t signal;
  bool is_immediate;
  std::function<void(uint64_t)> then;
};

struct Thread {
  Place place;
  bool has_ended = false;
  std::vector<Task> joining = {};
};

class Model {
 public:
  explicit Model(const ReactiveProgram& program);

  ReactiveRun Run();

 private:
  void Execute(const ReactiveNode& node, const Place& place, Memory memory,
               const Then& then);
  void ExecuteRow(const ReactiveNode& node, size_t first, uint64_t rounds,
                  const Place& place, Memory memory, const Then& then);
  void ExecuteEmit(const ReactiveNode& node, Memory memory, const Then& then);
  void ExecuteAwait(const ReactiveNode& node, const Place& place, Memory memory,
                    const Then& then);
  void ExecuteParallel(const ReactiveNode& node, const Place& place,
                       Memory memory, const Then& then);
  void ExecuteBody(const ReactiveNode& node, const Place& place, Memory memory,
                   const Then& then);
  void ExecuteFork(const ReactiveNode& node, const Place& place, Memory memory,
                   const Then& then);
  void ExecuteJoin(const Place& place, Memory memory, const Then& then);

  bool React();
  bool Emit(uint32_t signal, uint64_t value);
  bool Decide();
  void End();
  void Kill(uint32_t scope, std::vector<Task>& to);
  void EndThread(Thread& thread, std::vector<Task>& to);
  bool IsAlive(const Place& place) const;
  bool AreGuardsPresent(const Place& place) const;
  // Returns the signals whose absence must be relied on, for something to run
  // there.
  std::vector<uint32_t> AskedFor(const Place& place) const;

  const ReactiveProgram& program_;
  uint64_t instant_ = 0;
  bool has_failed_ = false;
  std::vector<Signal> signals_;
  std::vector<Scope> scopes_;
  std::vector<Thread> threads_;
  std::vector<uint64_t> groups_;  // of parallels: branches that have not ended
  std::vector<Task> current_;
  std::vector<Task> next_;
  std::vector<Task> blocked_;
  std::vector<Awaiting> awaiting_;
  bool has_ended_ = false;
};

Model::Model(const ReactiveProgram& program) : program_(program) {
  for (const bool is_aggregate : program.aggregates) {
    signals_.push_back({.is_aggregate = is_aggregate});
  }
}

bool Model::IsAlive(const Place& place) const {
  return std::none_of(place.begin(), place.end(), [this](uint32_t scope) {
    return scopes_[scope].is_dead;
  });
}

bool Model::AreGuardsPresent(const Place& place) const {
  return std::all_of(place.begin(), place.end(), [this](uint32_t index) {
    const Scope& scope = scopes_[index];
    return scope.kind != ReactiveKind::kWhen ||
           signals_[scope.signal].is_present;
  });
}

std::vector<uint32_t> Model::AskedFor(const Place& place) const {
  std::vector<uint32_t> asked;
  for (const uint32_t index : place) {
    const Scope& scope = scopes_[index];
    if ((scope.kind == ReactiveKind::kAbort ||
         scope.kind == ReactiveKind::kSuspend) &&
        scope.entered != instant_ && !signals_[scope.signal].is_frozen) {
      asked.push_back(scope.signal);
    }
  }
  return asked;
}

// Returns false if it is an error.
bool Model::Emit(uint32_t index, uint64_t value) {
  Signal& signal = signals_[index];
  if (signal.is_frozen) return false;
  if (signal.is_present && !signal.is_aggregate) return false;
  if (signal.is_present) {
    signal.value += value;
    return true;
  }
  signal.is_present = true;
  signal.value = value;
  // Bodies of abort end, the outer ones first.
  for (uint32_t i = 0; i < scopes_.size(); ++i) {
    if (scopes_[i].kind == ReactiveKind::kAbort && scopes_[i].signal == index &&
        scopes_[i].entered < instant_) {
      Kill(i, current_);
    }
  }
  // Those that await an event get its value.
  if (!signal.is_aggregate) {
    std::vector<Awaiting> left;
    for (Awaiting& awaiting : awaiting_) {
      if (awaiting.signal != index) {
        left.push_back(std::move(awaiting));
        continue;
      }
      const auto run = [then = awaiting.then, value] { then(value); };
      (awaiting.is_immediate ? current_ : next_)
          .push_back({awaiting.place, run});
    }
    awaiting_ = std::move(left);
  }
  // Those that are blocked try again.
  for (Task& task : blocked_) current_.push_back(std::move(task));
  blocked_.clear();
  return true;
}

void Model::Kill(uint32_t index, std::vector<Task>& to) {
  if (!scopes_[index].is_open || !IsAlive(scopes_[index].around)) return;
  if (scopes_[index].is_dead) return;
  scopes_[index].is_dead = true;
  scopes_[index].is_open = false;
  for (Thread& thread : threads_) {
    if (!thread.has_ended && !IsAlive(thread.place)) EndThread(thread, to);
  }
  to.push_back({scopes_[index].around, scopes_[index].then});
}

void Model::EndThread(Thread& thread, std::vector<Task>& to) {
  thread.has_ended = true;
  for (Task& task : thread.joining) to.push_back(std::move(task));
  thread.joining.clear();
}

bool Model::React() {
  do {
    while (!current_.empty()) {
      const Task task = std::move(current_.front());
      current_.erase(current_.begin());
      if (!IsAlive(task.place)) continue;
      if (!AreGuardsPresent(task.place) || !AskedFor(task.place).empty()) {
        blocked_.push_back(task);
        continue;
      }
      task.run();
      if (has_failed_) return false;
    }
  } while (Decide());
  return true;
}

// Nothing can run: of those that would if certain signals were absent, and they
// are, all may rely on it.
bool Model::Decide() {
  std::vector<uint32_t> relied_on;
  for (const Task& task : blocked_) {
    if (!IsAlive(task.place) || !AreGuardsPresent(task.place)) continue;
    const std::vector<uint32_t> asked = AskedFor(task.place);
    if (std::none_of(asked.begin(), asked.end(), [this](uint32_t signal) {
          return signals_[signal].is_present;
        })) {
      relied_on.insert(relied_on.end(), asked.begin(), asked.end());
    }
  }
  for (const uint32_t signal : relied_on) signals_[signal].is_frozen = true;
  if (relied_on.empty()) return false;
  current_ = std::move(blocked_);
  blocked_.clear();
  return true;
}

void Model::End() {
  for (uint32_t i = 0; i < scopes_.size(); ++i) {
    if (scopes_[i].kind == ReactiveKind::kWatch &&
        signals_[scopes_[i].signal].is_present) {
      Kill(i, next_);
    }
  }
  std::vector<Awaiting> left;
  for (Awaiting& awaiting : awaiting_) {
    if (!signals_[awaiting.signal].is_present) {
      left.push_back(std::move(awaiting));
      continue;
    }
    const uint64_t value = signals_[awaiting.signal].value;
    next_.push_back(
        {awaiting.place, [then = awaiting.then, value] { then(value); }});
  }
  awaiting_ = std::move(left);
  for (Signal& signal : signals_) {
    signal.is_present = false;
    signal.is_frozen = false;
  }
  // Those that are blocked try again in the next instant, behind the others.
  current_ = std::move(next_);
  next_.clear();
  for (Task& task : blocked_) current_.push_back(std::move(task));
  blocked_.clear();
}

ReactiveRun Model::Run() {
  ReactiveRun run;
  const auto count_main = [this](Memory) { has_ended_ = true; };
  current_.push_back(
      {{}, [this, count_main] { Execute(program_.main, {}, {}, count_main); }});
  for (const std::optional<uint64_t>& input : program_.inputs) {
    ++instant_;
    if (input) Emit(0, *input);
    if (!React()) {
      run.has_failed = true;
      return run;
    }
    std::vector<std::optional<uint64_t>>& seen = run.instants.emplace_back();
    for (const Signal& signal : signals_) {
      seen.push_back(signal.is_present ? std::optional(signal.value)
                                       : std::nullopt);
    }
    End();
    run.is_finished =
        has_ended_ && std::all_of(threads_.begin(), threads_.end(),
                                  [](const Thread& t) { return t.has_ended; });
    if (run.is_finished) return run;
  }
  return run;
}

void Model::Execute(const ReactiveNode& node, const Place& place, Memory memory,
                    const Then& then) {
  switch (node.kind) {
    case ReactiveKind::kNothing:
      return then(memory);
    case ReactiveKind::kPause:
      next_.push_back({place, [then, memory] { then(memory); }});
      return;
    case ReactiveKind::kEmit:
    case ReactiveKind::kTryEmit:
      return ExecuteEmit(node, memory, then);
    case ReactiveKind::kAwait:
    case ReactiveKind::kAwaitImmediate:
      return ExecuteAwait(node, place, memory, then);
    case ReactiveKind::kSequence:
      return ExecuteRow(node, 0, 1, place, memory, then);
    case ReactiveKind::kRepeat:
      return ExecuteRow(node, 0, node.value, place, memory, then);
    case ReactiveKind::kParallel:
      return ExecuteParallel(node, place, memory, then);
    case ReactiveKind::kFork:
      return ExecuteFork(node, place, memory, then);
    case ReactiveKind::kJoin:
      return ExecuteJoin(place, memory, then);
    default:
      return ExecuteBody(node, place, memory, then);
  }
}

// The children from `first` on, and then all of them, `rounds` in all.
void Model::ExecuteRow(const ReactiveNode& node, size_t first, uint64_t rounds,
                       const Place& place, Memory memory, const Then& then) {
  if (rounds == 0) return then(memory);
  if (first == node.children.size()) {
    return ExecuteRow(node, 0, node.children.empty() ? 0 : rounds - 1, place,
                      memory, then);
  }
  Execute(node.children[first], place, memory,
          [this, &node, first, rounds, place, then](Memory after) {
            ExecuteRow(node, first + 1, rounds, place, after, then);
          });
}

void Model::ExecuteEmit(const ReactiveNode& node, Memory memory,
                        const Then& then) {
  const uint64_t value = node.value + (node.adds_register ? memory.value : 0);
  if (!Emit(node.signal, value) && node.kind == ReactiveKind::kEmit) {
    has_failed_ = true;
    return;
  }
  then(memory);
}

void Model::ExecuteAwait(const ReactiveNode& node, const Place& place,
                         Memory memory, const Then& then) {
  const Signal& signal = signals_[node.signal];
  const bool is_immediate = node.kind == ReactiveKind::kAwaitImmediate;
  const auto go_on = [memory, then](uint64_t value) {
    Memory after = memory;
    after.value = value;
    then(after);
  };
  if (!signal.is_present || signal.is_aggregate) {
    awaiting_.push_back({place, node.signal, is_immediate, go_on});
  } else if (is_immediate) {
    go_on(signal.value);
  } else {
    const uint64_t value = signal.value;
    next_.push_back({place, [go_on, value] { go_on(value); }});
  }
}

void Model::ExecuteParallel(const ReactiveNode& node, const Place& place,
                            Memory memory, const Then& then) {
  if (node.children.empty()) return then(memory);
  const size_t group = groups_.size();
  groups_.push_back(node.children.size());
  const Then ended = [this, group, place, memory, then](Memory) {
    if (--groups_[group] > 0) return;
    current_.push_back({place, [then, memory] { then(memory); }});
  };
  for (const ReactiveNode& child : node.children) {
    current_.push_back({place, [this, &child, place, memory, ended] {
                          Execute(child, place, memory, ended);
                        }});
  }
}

void Model::ExecuteBody(const ReactiveNode& node, const Place& place,
                        Memory memory, const Then& then) {
  const auto index = static_cast<uint32_t>(scopes_.size());
  scopes_.push_back({.kind = node.kind,
                     .signal = node.signal,
                     .around = place,
                     .entered = instant_,
                     .then = [then, memory] { then(memory); }});
  Place inside = place;
  inside.push_back(index);
  const Then ended = [this, index, memory, then](Memory) {
    scopes_[index].is_open = false;
    then(memory);
  };
  current_.insert(current_.begin(),
                  {inside, [this, &node, inside, memory, ended] {
                     ExecuteRow(node, 0, 1, inside, memory, ended);
                   }});
}

void Model::ExecuteFork(const ReactiveNode& node, const Place& place,
                        Memory memory, const Then& then) {
  const auto index = static_cast<uint32_t>(threads_.size());
  threads_.push_back({.place = place});
  const Then ended = [this, index](Memory) {
    EndThread(threads_[index], current_);
  };
  current_.push_back({place, [this, &node, place, memory, ended] {
                        ExecuteRow(node, 0, 1, place, memory, ended);
                      }});
  memory.thread = index;
  then(memory);
}

void Model::ExecuteJoin(const Place& place, Memory memory, const Then& then) {
  if (memory.thread == ~0U || threads_[memory.thread].has_ended) {
    return then(memory);
  }
  threads_[memory.thread].joining.push_back(
      {place, [then, memory] { then(memory); }});
}

}  // namespace

ReactiveRun RunReactiveModel(const ReactiveProgram& program) {
  return Model(program).Run();
}

}  // namespace fozzy
