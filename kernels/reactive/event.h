// Events: signals that are emitted at most once in an instant.
#ifndef FOZZY_KERNELS_REACTIVE_EVENT_H_
#define FOZZY_KERNELS_REACTIVE_EVENT_H_

#include <optional>
#include <string_view>
#include <utility>

#include "kernels/reactive/process.h"
#include "kernels/reactive/signal.h"

namespace fozzy::reactive {

// The value of a signal that says no more than that it is there.
struct Unit {
  friend bool operator==(Unit, Unit) = default;
};

// A signal with one value in each instant in which it is emitted.
//
// Requires T to be copyable.
template <typename T = Unit>
class Event final : public SignalBase {
 public:
  using Value = T;

  // A process that waits, and what it gets.
  struct Waiter : Waiting {
    bool is_immediate = false;
    std::optional<T> value;
  };

  explicit Event(Reactor& reactor, std::string_view name = "")
      : SignalBase(reactor, name) {}

  // Emits `value`; by the host, at the start of an instant, or by Emit.
  Error Send(T value) {
    if (IsPresent()) return Error::kDoubleEmission;
    if (IsFrozen()) return Error::kAfterAbsence;
    MakePresent();
    value_ = std::move(value);
    while (!waiters_.empty()) Wake(waiters_.PopFront());
    if (!NobodyReacts()) Announce();
    return Error::kNone;
  }

  // The value of the instant, null if it is absent as yet.  For the host, when
  // the instant's reaction is over: what a process did with absence would
  // depend on the order in which processes run.
  const T* Read() const { return IsPresent() ? &*value_ : nullptr; }

  // Of Await and AwaitImmediate.  Requires IsPresent().
  const T& value() const { return *value_; }
  void Add(Frame& frame, Waiter& waiter) { AddWaiter(frame, waiter); }

 private:
  void Wake(Branch& branch) {
    Waiter& waiter = static_cast<Waiter&>(*branch.waiting);
    waiter.value = value_;
    if (waiter.is_immediate) {
      scheduler().current().Push(branch);
    } else {
      scheduler().Pause(branch);
    }
  }

  std::optional<T> value_;
};

// What co_await Await(event) and AwaitImmediate(event) are.
template <typename T>
class EventStatement {
 public:
  EventStatement(Event<T>& event, bool is_immediate) : event_(event) {
    waiter_.is_immediate = is_immediate;
  }

  bool await_ready() {
    if (!event_.IsPresent()) return false;
    waiter_.value = event_.value();
    return waiter_.is_immediate && event_.scheduler().TakeStep();
  }
  void await_suspend(FrameHandle handle) {
    Frame& frame = handle.promise();
    if (!waiter_.value.has_value()) {
      event_.Add(frame, waiter_);
    } else if (!waiter_.is_immediate) {
      event_.scheduler().Pause(*frame.branch);
    }
  }
  T await_resume() { return std::move(*waiter_.value); }

 private:
  Event<T>& event_;
  typename Event<T>::Waiter waiter_;
};

// co_await Await(event): waits for an emission, of this instant or a later one,
// and returns its value in the instant after it.
template <typename T>
EventStatement<T> Await(Event<T>& event) {
  return EventStatement<T>(event, /*is_immediate=*/false);
}

// co_await AwaitImmediate(event): waits likewise, and returns the value in the
// very instant of the emission.
template <typename T>
EventStatement<T> AwaitImmediate(Event<T>& event) {
  return EventStatement<T>(event, /*is_immediate=*/true);
}

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_EVENT_H_
