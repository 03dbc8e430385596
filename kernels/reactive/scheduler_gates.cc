// Which gates are passable, and what waits for it.
//
// Invariant: a gate with something in `blocked` or `inner` is waiting, and a
// gate is waiting in one list only: that of the gate around it if that one was
// not passable when it was asked, else that of what it waits for.
#include "kernels/reactive/scheduler.h"
#include "kernels/reactive/signal.h"

namespace fozzy::reactive {

bool Scheduler::IsSatisfied(const Gate& gate) const {
  if (gate.signal == nullptr) return false;
  if (gate.kind == ScopeKind::kWhen) return gate.signal->IsPresent();
  return gate.entered == instant_ || gate.signal->IsFrozen();
}

void Scheduler::Register(Gate& gate) {
  gate.is_waiting = true;
  if (gate.kind != ScopeKind::kWhen) {
    asking_.PushBack(gate);
  } else if (gate.signal != nullptr) {
    gate.signal->guards().PushBack(gate);
  }
}

bool Scheduler::MakePassable(Gate& gate) {
  path_.clear();
  Gate* at = &gate;
  for (; at->passable != instant_ && !at->is_waiting; at = at->outer_gate) {
    path_.push_back(at);
  }
  for (; !path_.empty(); path_.pop_back()) {
    Gate& inner = *path_.back();
    if (at->passable != instant_) {
      inner.is_waiting = true;
      at->inner.PushBack(inner);
    } else if (IsSatisfied(inner)) {
      inner.passable = instant_;
    } else {
      Register(inner);
    }
    at = &inner;
  }
  return gate.passable == instant_;
}

// `gate` is satisfied, and the one around it passable.
void Scheduler::Pass(Gate& gate) {
  GateList passing;
  passing.PushBack(gate);
  while (!passing.empty()) {
    Gate& passed = passing.PopFront();
    passed.is_waiting = false;
    passed.passable = instant_;
    current_.TakeAll(passed.blocked);
    while (!passed.inner.empty()) {
      Gate& inner = passed.inner.PopFront();
      if (IsSatisfied(inner)) {
        passing.PushBack(inner);
      } else {
        Register(inner);
      }
    }
  }
}

// `gate` is waiting, in no list.
void Scheduler::PassOrWait(Gate& gate) {
  if (!MakePassable(*gate.outer_gate)) {
    gate.outer_gate->inner.PushBack(gate);
  } else if (IsSatisfied(gate)) {
    Pass(gate);
  } else {
    Register(gate);
  }
}

void Scheduler::Appeared(SignalBase& signal) {
  FirePreempts(signal, ScopeKind::kAbort, current_);
  GateList guards;
  guards.TakeAll(signal.guards());
  while (!guards.empty()) PassOrWait(guards.PopFront());
}

// Nothing is ready: signals that abort and suspend ask for are absent, if they
// have not been emitted yet.  All are decided at once, so that it does not
// matter which asked first.
bool Scheduler::Decide() {
  GateList asked;
  asked.TakeAll(asking_);
  GateList decided;
  while (!asked.empty()) {
    Gate& gate = asked.PopFront();
    const bool is_absent = gate.signal == nullptr || !gate.signal->IsPresent();
    (is_absent ? decided : asking_).PushBack(gate);
  }
  decided.ForEach([](Gate& gate) {
    if (gate.signal != nullptr) gate.signal->Freeze();
  });
  while (!decided.empty()) Pass(decided.PopFront());
  return !current_.empty();
}

// `branch` leaves the list it is in; if it was blocked, it no longer asks.
void Scheduler::Unblock(Branch& branch) {
  Link<QueueTag>& queued = branch;
  if (!queued.linked()) return;
  queued.Unlink();
  if (branch.wait != Wait::kGuard) return;
  for (Gate* gate = branch.gate; gate != nullptr; gate = gate->outer_gate) {
    if (!gate->is_waiting || !gate->blocked.empty() || !gate->inner.empty()) {
      return;
    }
    gate->is_waiting = false;
    Leave<WaitTag>(*gate);
  }
}

}  // namespace fozzy::reactive
