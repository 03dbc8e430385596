// The statements of processes, but for Await and AwaitImmediate, which come
// with the signals.
//
//   co_await Emit(signal, value);
//   co_await Pause();
//   co_await When(guard, Body(reactor));
//   const bool was_cut = co_await Watch(stop, Body(reactor));
//   co_await Parallel(Left(reactor), Right(reactor));
//   const ThreadId thread = co_await Fork(Body(reactor));
//   co_await Join(thread);
#ifndef FOZZY_KERNELS_REACTIVE_STATEMENTS_H_
#define FOZZY_KERNELS_REACTIVE_STATEMENTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "kernels/reactive/event.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/signal.h"

namespace fozzy::reactive {

// What co_await of Emit and TryEmit is.
template <typename Signal, bool kIsTaken>
class EmitStatement {
 public:
  EmitStatement(Signal& signal, typename Signal::Value value)
      : signal_(signal), value_(std::move(value)) {}

  bool await_ready() {
    error_ = signal_.Send(std::move(value_));
    if (!kIsTaken && error_ != Error::kNone) {
      signal_.scheduler().Fail(FindingKind::kError, error_, &signal_);
      return false;
    }
    return signal_.scheduler().TakeStep();
  }
  // Comes here only if the run is over.
  void await_suspend(FrameHandle) const noexcept {}
  std::conditional_t<kIsTaken, Error, void> await_resume() const noexcept {
    if constexpr (kIsTaken) return error_;
  }

 private:
  Signal& signal_;
  typename Signal::Value value_;
  Error error_ = Error::kNone;
};

// co_await Emit(signal, value): makes it present, in no time.  An error ends
// the run with a finding.
template <typename Signal>
EmitStatement<Signal, false> Emit(Signal& signal,
                                  typename Signal::Value value = {}) {
  return EmitStatement<Signal, false>(signal, std::move(value));
}

// co_await TryEmit(signal, value): likewise, but returns the Error.
template <typename Signal>
EmitStatement<Signal, true> TryEmit(Signal& signal,
                                    typename Signal::Value value = {}) {
  return EmitStatement<Signal, true>(signal, std::move(value));
}

// co_await Pause(): goes on in the next instant.
struct Pause {
  bool await_ready() const noexcept { return false; }
  void await_suspend(FrameHandle handle) const {
    Branch& branch = *handle.promise().branch;
    branch.scheduler->Pause(branch);
  }
  void await_resume() const noexcept {}
};

// What co_await of When, Watch, Abort and Suspend is.
template <ScopeKind kKind>
class ScopeStatement {
 public:
  ScopeStatement(SignalBase& signal, Process body)
      : signal_(signal), body_(std::move(body)) {}

  bool await_ready() const noexcept { return false; }
  void await_suspend(FrameHandle handle) {
    scope_ = &signal_.scheduler().Open(kKind, signal_, handle.promise(),
                                       body_.Take());
  }
  // Returns whether the signal ended the body, for those that do.
  auto await_resume() {
    const bool is_preempted = signal_.scheduler().Close(*scope_);
    if constexpr (kKind == ScopeKind::kWatch || kKind == ScopeKind::kAbort) {
      return is_preempted;
    }
  }

 private:
  SignalBase& signal_;
  Process body_;
  Scope* scope_ = nullptr;
};

// co_await When(signal, body): runs `body`, and all that is started in it, in
// those instants only in which `signal` is present.  What comes behind runs in
// the instant in which the body ends.
inline ScopeStatement<ScopeKind::kWhen> When(SignalBase& signal, Process body) {
  return {signal, std::move(body)};
}

// co_await Watch(signal, body): runs `body` until `signal` is present, in the
// first instant or a later one.  The body still does all of that instant; then
// it is destroyed, and what comes behind runs in the next.  If the body ends by
// itself in the very instant, nothing is cut off.  Returns whether it was.
inline ScopeStatement<ScopeKind::kWatch> Watch(SignalBase& signal,
                                               Process body) {
  return {signal, std::move(body)};
}

// co_await Abort(signal, body): runs `body` until `signal` is present in an
// instant after the first.  The body does nothing in that instant, and what
// comes behind runs in it.  Returns whether it was cut off.
//
// From its second instant on, what could run in the body runs once nothing else
// can and if `signal` has not been emitted: to emit it later in the instant is
// an error.
inline ScopeStatement<ScopeKind::kAbort> Abort(SignalBase& signal,
                                               Process body) {
  return {signal, std::move(body)};
}

// co_await Suspend(signal, body): runs `body`, but in no instant after the
// first in which `signal` is present; absence is relied on as for Abort.
inline ScopeStatement<ScopeKind::kSuspend> Suspend(SignalBase& signal,
                                                   Process body) {
  return {signal, std::move(body)};
}

// What co_await Parallel(...) is; `Branches` is an array or a vector.
template <typename Branches>
class ParallelStatement {
 public:
  explicit ParallelStatement(Branches branches)
      : branches_(std::move(branches)) {}

  bool await_ready() const noexcept { return branches_.empty(); }
  void await_suspend(FrameHandle handle) {
    Frame& frame = handle.promise();
    Branch& parent = *frame.branch;
    Scheduler& scheduler = *parent.scheduler;
    if (branches_.size() == 1) {
      scheduler.Call(frame, branches_[0].Take());
      return;
    }
    join_.remaining = static_cast<uint32_t>(branches_.size());
    parent.wait = Wait::kJoin;
    join_.waiters.PushBack(parent);
    if (scheduler.order() != nullptr) return StartInOrder(parent);
    for (Process& branch : branches_) Start(parent, branch);
  }
  void await_resume() const noexcept {}

 private:
  void Start(Branch& parent, Process& branch) {
    parent.scheduler->Start(branch.Take(), *parent.scope, *parent.gate, &join_);
  }

  void StartInOrder(Branch& parent) {
    std::vector<uint32_t> order(branches_.size());
    std::iota(order.begin(), order.end(), 0U);
    parent.scheduler->order()->Arrange(order);
    for (const uint32_t i : order) Start(parent, branches_[i]);
  }

  Branches branches_;
  JoinPoint join_;
};

// co_await Parallel(a, b, ...): runs all, at once as far as one can tell, and
// goes on in the instant in which the last of them ends.
template <typename... Processes>
requires(std::is_same_v<Processes, Process>&&...)
    ParallelStatement<std::array<Process, sizeof...(Processes)>> Parallel(
        Processes... branches) {
  return ParallelStatement<std::array<Process, sizeof...(Processes)>>(
      std::array<Process, sizeof...(Processes)>{std::move(branches)...});
}

inline ParallelStatement<std::vector<Process>> Parallel(
    std::vector<Process> branches) {
  return ParallelStatement<std::vector<Process>>(std::move(branches));
}

// A forked process: dense, in order of forks, from 1.
struct ThreadId {
  uint32_t value = 0;

  friend bool operator==(ThreadId, ThreadId) = default;
};

// co_await Fork(process): starts it beside the running one, in this instant and
// within the same scopes, and returns its id.  It may outlive the body it was
// forked in: guards and suspends of that body go on to hold for it, and what
// could have cut the body off no longer can.
class Fork {
 public:
  explicit Fork(Process process) : process_(std::move(process)) {}

  bool await_ready() const noexcept { return false; }
  void await_suspend(FrameHandle handle) {
    Scheduler& scheduler = *handle.promise().branch->scheduler;
    thread_.value = scheduler.Fork(process_.Take());
    scheduler.GoOn();
  }
  ThreadId await_resume() const noexcept { return thread_; }

 private:
  Process process_;
  ThreadId thread_;
};

// What co_await of Join and TryJoin is.
template <bool kIsTaken>
class JoinStatement {
 public:
  explicit JoinStatement(ThreadId thread) : thread_(thread) {}

  bool await_ready() const noexcept { return false; }
  void await_suspend(FrameHandle handle) {
    Branch& branch = *handle.promise().branch;
    Scheduler& scheduler = *branch.scheduler;
    if (!scheduler.IsThread(thread_.value)) {
      return Reject(scheduler, Error::kUnknownThread);
    }
    if (branch.join != nullptr && branch.join->thread == thread_.value) {
      return Reject(scheduler, Error::kSelfJoin);
    }
    JoinPoint* const join = scheduler.FindThread(thread_.value);
    if (join == nullptr) return scheduler.GoOn();
    branch.wait = Wait::kJoin;
    join->waiters.PushBack(branch);
  }
  std::conditional_t<kIsTaken, Error, void> await_resume() const noexcept {
    if constexpr (kIsTaken) return error_;
  }

 private:
  void Reject(Scheduler& scheduler, Error error) {
    error_ = error;
    if (kIsTaken) return scheduler.GoOn();
    scheduler.Fail(FindingKind::kError, error, nullptr);
  }

  ThreadId thread_;
  Error error_ = Error::kNone;
};

// co_await Join(thread): goes on in the instant in which it has ended; at once
// if it has.  What was cut off has ended, too.  An error ends the run.
inline JoinStatement<false> Join(ThreadId thread) {
  return JoinStatement<false>(thread);
}

// co_await TryJoin(thread): likewise, but returns the Error.
inline JoinStatement<true> TryJoin(ThreadId thread) {
  return JoinStatement<true>(thread);
}

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_STATEMENTS_H_
