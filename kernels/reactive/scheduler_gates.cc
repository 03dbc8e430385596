// Which gates are passable, and what waits for it.
//
// Invariant: a guard with something in `blocked` or `inner` is waiting, and a
// guard is waiting in one list only: that of the guard around it if that one
// was not present when it was asked, else that of its signal.
#include "kernels/reactive/scheduler.h"
#include "kernels/reactive/signal.h"

namespace fozzy::reactive {
namespace {

bool IsThere(const Gate& gate) {
  return gate.signal != nullptr && gate.signal->IsPresent();
}

}  // namespace

// Whether `gate`, of abort or suspend, still relies on nothing.
bool Scheduler::IsAsking(const Gate& gate) const {
  if (gate.is_guard() || gate.entered == instant_) return false;
  return gate.signal == nullptr || !gate.signal->IsFrozen();
}

// Puts `branch` where it waits if it may not run.  Guards come first: absence
// is relied on only for what would run otherwise.
bool Scheduler::IsPassable(Branch& branch) {
  Gate& gate = *branch.gate;
  Gate& guard = gate.is_guard() ? gate : *gate.outer_guard;
  if (!MakePresent(guard)) {
    branch.wait = Wait::kGuard;
    guard.blocked.PushBack(branch);
    return false;
  }
  for (Gate* at = &gate; at->passable != instant_; at = at->outer_gate) {
    if (!IsAsking(*at)) continue;
    branch.wait = Wait::kGuard;
    asking_.PushBack(branch);
    return false;
  }
  for (Gate* at = &gate; at->passable != instant_; at = at->outer_gate) {
    at->passable = instant_;
  }
  return true;
}

void Scheduler::AddGuard(Gate& guard) {
  guard.is_waiting = true;
  if (guard.signal != nullptr) guard.signal->guards().PushBack(guard);
}

// Returns whether `guard` and those around it are present; if not, the first of
// them that is absent waits for its signal, and the others for it.
bool Scheduler::MakePresent(Gate& guard) {
  Gate* at = &guard;
  for (; at->present != instant_ && !at->is_waiting; at = at->outer_guard) {
    path_.push_back(at);
  }
  for (; !path_.empty(); path_.pop_back()) {
    Gate& inner = *path_.back();
    if (at->present != instant_) {
      inner.is_waiting = true;
      at->inner.PushBack(inner);
    } else if (IsThere(inner)) {
      inner.present = instant_;
    } else {
      AddGuard(inner);
    }
    at = &inner;
  }
  return guard.present == instant_;
}

// `guard` is there, and those around it are present.
void Scheduler::Admit(Gate& guard) {
  admitted_.PushBack(guard);
  while (!admitted_.empty()) {
    Gate& admitted = admitted_.PopFront();
    admitted.is_waiting = false;
    admitted.present = instant_;
    current_.TakeAll(admitted.blocked);
    while (!admitted.inner.empty()) {
      Gate& inner = admitted.inner.PopFront();
      if (IsThere(inner)) {
        admitted_.PushBack(inner);
      } else {
        AddGuard(inner);
      }
    }
  }
}

// `guard` is waiting, in no list, and its signal is present.
void Scheduler::AdmitOrWait(Gate& guard) {
  if (MakePresent(*guard.outer_guard)) {
    Admit(guard);
  } else {
    guard.outer_guard->inner.PushBack(guard);
  }
}

void Scheduler::Appeared(SignalBase& signal) {
  FirePreempts(signal, ScopeKind::kAbort, current_);
  guards_.TakeAll(signal.guards());
  while (!guards_.empty()) AdmitOrWait(guards_.PopFront());
}

// Nothing is ready: signals of aborts and suspends around those that want to
// run are absent, if they have not been emitted yet.  All are decided at once,
// so that it does not matter which asked first.
bool Scheduler::Decide() {
  asked_.TakeAll(asking_);
  while (!asked_.empty()) {
    Branch& branch = asked_.PopFront();
    bool is_held = false;
    for (Gate* at = branch.gate; at->passable != instant_;
         at = at->outer_gate) {
      is_held = is_held || (IsAsking(*at) && IsThere(*at));
    }
    (is_held ? asking_ : decided_).PushBack(branch);
  }
  if (decided_.empty()) return false;
  decided_.ForEach([this](Branch& branch) {
    for (Gate* at = branch.gate; at->passable != instant_;
         at = at->outer_gate) {
      if (IsAsking(*at) && at->signal != nullptr) at->signal->Freeze();
      at->passable = instant_;
    }
  });
  current_.TakeAll(decided_);
  return true;
}

// `branch` leaves the list it is in; if it was blocked, it no longer asks.
void Scheduler::Unblock(Branch& branch) {
  Link<QueueTag>& queued = branch;
  if (!queued.linked()) {
    if (!current_.Erase(branch)) next_.Erase(branch);
    return;
  }
  queued.Unlink();
  if (branch.wait != Wait::kGuard) return;
  Gate* guard =
      branch.gate->is_guard() ? branch.gate : branch.gate->outer_guard;
  for (; guard != nullptr; guard = guard->outer_guard) {
    if (!guard->is_waiting || !guard->blocked.empty() ||
        !guard->inner.empty()) {
      return;
    }
    guard->is_waiting = false;
    Leave<WaitTag>(*guard);
  }
}

}  // namespace fozzy::reactive
