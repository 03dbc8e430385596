// Looking at a reactor from outside: all of its processes are visited, which
// costs nothing as long as nobody looks.
#include <algorithm>

#include "kernels/reactive/process.h"
#include "kernels/reactive/reactor.h"
#include "kernels/reactive/signal.h"

namespace fozzy::reactive {
namespace {

// Calls see(branch) for each branch in `root`, those of a scope where it lies.
template <typename See>
void ForEachBranch(Scope& root, See see) {
  std::vector<Member*> left = {&root};
  while (!left.empty()) {
    Member* const member = left.back();
    left.pop_back();
    if (!member->is_scope) {
      see(static_cast<Branch&>(*member));
      continue;
    }
    const size_t first = left.size();
    static_cast<Scope*>(member)->members.ForEach(
        [&](Member& inside) { left.push_back(&inside); });
    std::reverse(left.begin() + static_cast<ptrdiff_t>(first), left.end());
  }
}

ProcessName NameOf(const Branch& branch) {
  for (const Frame* frame = branch.top; frame != nullptr;
       frame = frame->parent) {
    if (frame->name != nullptr) return {branch.id, frame->name};
  }
  return {branch.id, ""};
}

// Returns what a branch inside `gate` waits for: the outermost guard that is
// absent, or else the innermost abort or suspend.
const SignalBase* Missing(const Gate& gate, uint64_t instant) {
  const Gate* guard = gate.is_guard() ? &gate : gate.outer_guard;
  const Gate* missing = nullptr;
  for (; guard != nullptr; guard = guard->outer_guard) {
    if (guard->present != instant) missing = guard;
  }
  const Gate* asking = &gate;
  while (asking->is_guard() && asking->outer_gate != nullptr) {
    asking = asking->outer_gate;
  }
  return missing != nullptr ? missing->signal : asking->signal;
}

}  // namespace

Snapshot Reactor::Inspect() {
  Snapshot snapshot;
  snapshot.instant = scheduler_.instant() - 1;
  snapshot.current = scheduler_.current().count();
  snapshot.next = scheduler_.next().count();
  snapshot.signals = scheduler_.live_signals;
  ForEachBranch(scheduler_.root(), [&](const Branch& branch) {
    snapshot.blocked += branch.wait == Wait::kGuard;
    snapshot.waiting += branch.wait == Wait::kSignal;
    snapshot.joining += branch.wait == Wait::kJoin;
  });
  return snapshot;
}

std::vector<ProcessState> Reactor::Processes() {
  std::vector<ProcessState> states;
  ForEachBranch(scheduler_.root(), [&](const Branch& branch) {
    ProcessState state = {NameOf(branch), branch.wait, ""};
    const SignalBase* signal = nullptr;
    if (branch.wait == Wait::kSignal) signal = branch.waiting->signal;
    if (branch.wait == Wait::kGuard) {
      signal = Missing(*branch.gate, scheduler_.instant());
    }
    if (signal != nullptr) state.signal = std::string(signal->name());
    states.push_back(std::move(state));
  });
  return states;
}

}  // namespace fozzy::reactive
