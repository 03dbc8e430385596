// What the scheduler keeps about running processes and about the bodies of
// when, watch, abort and suspend.  Users meet none of this.
#ifndef FOZZY_KERNELS_REACTIVE_BRANCH_H_
#define FOZZY_KERNELS_REACTIVE_BRANCH_H_

#include <cstddef>
#include <cstdint>

#include "kernels/reactive/link.h"

namespace fozzy::reactive {

class Scheduler;
class SignalBase;
struct Branch;
struct Frame;
struct Gate;
struct Scope;

struct QueueTag {};    // branches: waiting for something
struct MemberTag {};   // branches and scopes: inside a scope
struct WaitTag {};     // gates: waiting to be passable
struct PreemptTag {};  // scopes: to be ended by a signal

using BranchList = List<Branch, QueueTag>;

// What lies directly inside a scope.  The members of a scope are in the order
// of their creation, so those that depend on another come behind it.
struct Member : Link<MemberTag> {
  explicit Member(bool of_scope) : is_scope(of_scope) {}

  bool is_scope;
};

// What a branch waits for.  It is told to those who inspect, and means nothing
// while the branch is ready to run.
enum class Wait : uint8_t {
  kReady,    // nothing
  kPause,    // the next instant
  kSignal,   // an emission: await, await_immediate
  kGuard,    // a guard, or the absence of the signal of an abort or suspend
  kJoin,     // the end of other branches
  kStopped,  // nothing that can happen: it got an error
};

// What a statement that waits for a signal looks like from outside.
struct Waiting {
  SignalBase* signal = nullptr;
};

// Those who wait for `remaining` branches to end.
struct JoinPoint {
  uint32_t remaining = 0;
  uint32_t thread = 0;  // of a forked branch, else 0
  BranchList waiters;
};

// A process that has been started: the first of a run, a branch of a parallel,
// or a forked one.  It lies in its outermost frame, the fields that running it
// needs first.
struct BranchCore : Link<QueueTag> {
  Frame* top = nullptr;  // its innermost frame
  Gate* gate = nullptr;  // the innermost around it
  Scheduler* scheduler = nullptr;
};

struct Branch : BranchCore, Member {
  Branch() : Member(/*of_scope=*/false) {}

  Wait wait = Wait::kReady;
  uint32_t slot = 0;  // in the queue of those that run, if it is there
  uint32_t id = 0;
  Scope* scope = nullptr;      // the innermost around it, passable or not
  JoinPoint* join = nullptr;   // told when it ends
  Waiting* waiting = nullptr;  // of Wait::kSignal
};

// A coroutine: one call of a process, whose caller is `parent`.
struct Frame : Branch {
  Branch* branch = nullptr;
  Frame* parent = nullptr;     // null for the outermost of its branch
  const char* name = nullptr;  // as given by Named
};

enum class ScopeKind : uint8_t { kRoot, kWhen, kWatch, kAbort, kSuspend };

// The body of a when, watch, abort or suspend, from the statement's start until
// its end and that of all that was forked inside.
struct Scope : Member, Link<PreemptTag> {
  explicit Scope(ScopeKind its_kind)
      : Member(/*of_scope=*/true), kind(its_kind) {}

  ScopeKind kind;
  bool is_open = true;         // the statement has not ended
  bool is_preempted = false;   // it was ended by its signal
  Scope* parent = nullptr;     // null for the root
  Gate* outer_gate = nullptr;  // the innermost around this one, null likewise
  Branch* owner = nullptr;     // that opened it; means nothing once closed
  Frame* opener = nullptr;     // the frame of the statement
  SignalBase* signal = nullptr;
  List<Member, MemberTag> members;
};

// A scope that branches inside it can run in only if it is passable: the root
// always is; when, a guard, if its signal is present; abort and suspend in
// their first instant, or when the absence of their signal is relied on; all of
// them only if the gate around them is.
//
// The root counts as a guard.
struct Gate : Scope, Link<WaitTag> {
  explicit Gate(ScopeKind its_kind) : Scope(its_kind) {}

  bool is_guard() const {
    return kind == ScopeKind::kWhen || kind == ScopeKind::kRoot;
  }

  Gate* outer_guard = nullptr;  // the innermost guard around this gate
  uint64_t passable = 0;        // the last instant, from 1, in which it was
  uint64_t entered = 0;         // of abort and suspend: its first instant

  // Of guards: the last instant in which they and all guards around them were
  // present.
  uint64_t present = 0;
  // Whether something inside wants to run, so that it lies in a list: of those
  // `inner` to the guard around it, or of the guards of its signal.
  bool is_waiting = false;
  BranchList blocked;  // to run when it is present
  List<Gate, WaitTag> inner;
};

using GateList = List<Gate, WaitTag>;

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_BRANCH_H_
