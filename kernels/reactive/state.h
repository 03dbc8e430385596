// State: a variable that is a signal whenever it is written.
#ifndef FOZZY_KERNELS_REACTIVE_STATE_H_
#define FOZZY_KERNELS_REACTIVE_STATE_H_

#include <optional>
#include <string_view>
#include <utility>

#include "kernels/reactive/process.h"
#include "kernels/reactive/signal.h"

namespace fozzy::reactive {

// A value that stays, and a signal that is present in the instants in which the
// value is written: Emit(state, value) writes, any number of times.
//
// Processes that write in the same instant must mean the same in either order,
// and now() is for those that write.  last() is the same for all processes of
// an instant, whatever their order.
template <typename T>
class State final : public SignalBase {
 public:
  using Value = T;

  struct Waiter : Waiting {
    std::optional<T> value;
  };

  State(Reactor& reactor, T initial, std::string_view name = "")
      : SignalBase(reactor, name), last_(initial), now_(std::move(initial)) {}

  // The value as it is.
  const T& now() const { return now_; }
  // The value with which the last instant ended.
  const T& last() const { return IsPresent() ? last_ : now_; }

  Error Send(T value) {
    if (!IsPresent()) {
      if (IsFrozen()) return Error::kAfterAbsence;
      MakePresent();
      last_ = now_;
      scheduler().FinishLater(*this);
      if (!NobodyReacts()) Announce();
    }
    now_ = std::move(value);
    return Error::kNone;
  }

  void Deliver() override {
    while (!waiters_.empty()) {
      Branch& branch = waiters_.PopFront();
      static_cast<Waiter&>(*branch.waiting).value = now_;
      scheduler().Pause(branch);
    }
  }

  // Of Await.
  void Add(Frame& frame, Waiter& waiter) { AddWaiter(frame, waiter); }

 private:
  T last_;
  T now_;
};

// What co_await Await(state) is.
template <typename T>
class StateStatement {
 public:
  explicit StateStatement(State<T>& state) : state_(state) {}

  bool await_ready() const noexcept { return false; }
  void await_suspend(FrameHandle handle) {
    state_.Add(handle.promise(), waiter_);
  }
  T await_resume() { return std::move(*waiter_.value); }

 private:
  State<T>& state_;
  typename State<T>::Waiter waiter_;
};

// co_await Await(state): waits for an instant in which it is written, this one
// or a later one, and returns what that instant ended with in the one after.
template <typename T>
StateStatement<T> Await(State<T>& state) {
  return StateStatement<T>(state);
}

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_STATE_H_
