// Bodies of statements: how they begin, and how they and all inside them end.
#include <new>

#include "kernels/reactive/process.h"
#include "kernels/reactive/scheduler.h"
#include "kernels/reactive/signal.h"

namespace fozzy::reactive {

Scope& Scheduler::Open(ScopeKind kind, SignalBase& signal, Frame& opener,
                       Frame& body) {
  Branch& branch = *opener.branch;
  Scope* scope = nullptr;
  if (kind == ScopeKind::kWatch) {
    scope = ::new (pool_.Allocate(sizeof(Scope))) Scope(kind);
  } else {
    Gate* const gate = ::new (pool_.Allocate(sizeof(Gate))) Gate(kind);
    gate->entered = instant_;
    gate->outer_guard =
        branch.gate->is_guard() ? branch.gate : branch.gate->outer_guard;
    scope = gate;
  }
  scope->parent = branch.scope;
  scope->outer_gate = branch.gate;
  scope->owner = &branch;
  scope->opener = &opener;
  scope->signal = &signal;
  branch.scope->members.PushBack(*scope);
  branch.scope = scope;
  Call(opener, body);
  if (kind == ScopeKind::kWatch || kind == ScopeKind::kAbort) {
    signal.preempts().PushBack(*scope);
    if (kind == ScopeKind::kWatch && signal.IsPresent()) FinishLater(signal);
  }
  if (kind == ScopeKind::kWatch) return *scope;
  Gate& gate = static_cast<Gate&>(*scope);
  branch.gate = &gate;
  if (!IsPassable(branch)) action_ = Action::kWait;
  return *scope;
}

bool Scheduler::Close(Scope& scope) {
  const bool is_preempted = scope.is_preempted;
  if (!is_preempted) {
    scope.owner->scope = scope.parent;
    scope.owner->gate = scope.outer_gate;
  }
  scope.is_open = false;
  Leave<PreemptTag>(scope);
  ReleaseIfDone(scope);
  return is_preempted;
}

void Scheduler::FinishLater(SignalBase& signal) {
  if (!signal.linked()) finishing_.PushBack(signal);
}

void Scheduler::Finish() {
  // What ends may end signals, too: they leave the list they are in.
  while (!finishing_.empty()) {
    SignalBase& signal = finishing_.PopFront();
    delivering_.PushBack(signal);
    FirePreempts(signal, ScopeKind::kWatch, next_);
  }
  while (!delivering_.empty()) delivering_.PopFront().Deliver();
}

// Ends those bodies of one kind that `signal` ends, the outer before the inner:
// it was there first.
void Scheduler::FirePreempts(SignalBase& signal, ScopeKind kind,
                             ReadyQueue& to) {
  if (signal.preempts().empty()) return;
  firing_.TakeAll(signal.preempts());
  while (!firing_.empty()) {
    Scope& scope = firing_.PopFront();
    const bool is_fresh = kind == ScopeKind::kAbort && scope.kind == kind &&
                          static_cast<Gate&>(scope).entered == instant_;
    if (scope.kind != kind || is_fresh) {
      signal.preempts().PushBack(scope);
    } else {
      Preempt(scope, to);
    }
  }
}

void Scheduler::Preempt(Scope& scope, ReadyQueue& to) {
  waking_ = &to;
  DestroyInside(scope);
  LeaveFrames(scope);
  scope.is_preempted = true;
  scope.owner->wait = Wait::kPause;
  to.Push(*scope.owner);
}

// Destroys what lies in `scope`, from the back: what depends on something lies
// behind it.  A loop, since scopes are nested as deeply as programs like.
void Scheduler::DestroyInside(Scope& scope) {
  Scope* at = &scope;
  for (;;) {
    Member* const last = at->members.Back();
    if (last == nullptr) {
      if (at == &scope) return;
      Scope* const inside = at;
      at = at->parent;
      if (inside->is_open && !inside->is_preempted) LeaveFrames(*inside);
      Release(*inside);
    } else if (last->is_scope) {
      at = static_cast<Scope*>(last);
    } else {
      DestroyBranch(static_cast<Branch&>(*last));
    }
  }
}

void Scheduler::DestroyBranch(Branch& branch) {
  Unblock(branch);
  Leave<MemberTag>(branch);
  JoinPoint* const join = branch.join;
  for (Frame* frame = branch.top; frame != nullptr;) {
    Frame* const parent = frame->parent;
    HandleOf(*frame).destroy();
    frame = parent;
  }
  if (join != nullptr && join->thread != 0) Ended(*join, *waking_);
}

// Takes the owner of `scope` back to the statement that opened it.
void Scheduler::LeaveFrames(Scope& scope) {
  Branch& owner = *scope.owner;
  Unblock(owner);
  while (owner.top != scope.opener) {
    Frame& frame = *owner.top;
    owner.top = frame.parent;
    HandleOf(frame).destroy();
  }
  owner.scope = scope.parent;
  owner.gate = scope.outer_gate;
}

// A statement that has ended leaves its scope to what was forked inside.
void Scheduler::ReleaseIfDone(Scope& scope) {
  Scope* at = &scope;
  while (!at->is_open && at->members.empty()) {
    Scope* const parent = at->parent;
    Release(*at);
    at = parent;
  }
}

void Scheduler::Release(Scope& scope) {
  Leave<MemberTag>(scope);
  Leave<PreemptTag>(scope);
  if (scope.kind == ScopeKind::kWatch) {
    pool_.Release(&scope, sizeof(Scope));
    return;
  }
  Gate& gate = static_cast<Gate&>(scope);
  Leave<WaitTag>(gate);
  pool_.Release(&gate, sizeof(Gate));
}

}  // namespace fozzy::reactive
