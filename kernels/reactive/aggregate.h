// Aggregates: signals that gather all that is emitted in an instant.
#ifndef FOZZY_KERNELS_REACTIVE_AGGREGATE_H_
#define FOZZY_KERNELS_REACTIVE_AGGREGATE_H_

#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "kernels/reactive/process.h"
#include "kernels/reactive/signal.h"

namespace fozzy::reactive {

// A signal that may be emitted any number of times in an instant.  Its value is
// combine(... combine(initial, v1) ..., vn), each instant anew, and is known
// when the instant ends only: one awaits it, never immediately.
//
// What an instant's value is must not depend on the order of emissions, or what
// it is used for must not: `combine` is to be commutative in effect.
template <typename T, typename V = T>
class Aggregate final : public SignalBase {
 public:
  using Value = V;
  using Combine = std::function<T(T, const V&)>;

  struct Waiter : Waiting {
    std::optional<T> value;
  };

  Aggregate(Reactor& reactor, T initial, Combine combine,
            std::string_view name = "")
      : SignalBase(reactor, name),
        initial_(std::move(initial)),
        combine_(std::move(combine)) {}

  Error Send(const V& value) {
    if (!IsPresent()) {
      if (IsFrozen()) return Error::kAfterAbsence;
      MakePresent();
      gathered_ = initial_;
      scheduler().FinishLater(*this);
      if (!NobodyReacts()) Announce();
    }
    gathered_ = combine_(std::move(*gathered_), value);
    return Error::kNone;
  }

  // What has been gathered in this instant, null if nothing has.  For the host,
  // when the reaction is over.
  const T* Read() const { return IsPresent() ? &*gathered_ : nullptr; }

  void Deliver() override {
    while (!waiters_.empty()) {
      Branch& branch = waiters_.PopFront();
      static_cast<Waiter&>(*branch.waiting).value = *gathered_;
      scheduler().Pause(branch);
    }
  }

  // Of Await.
  void Add(Frame& frame, Waiter& waiter) { AddWaiter(frame, waiter); }

 private:
  T initial_;
  Combine combine_;
  std::optional<T> gathered_;
};

// What co_await Await(aggregate) is.
template <typename T, typename V>
class AggregateStatement {
 public:
  explicit AggregateStatement(Aggregate<T, V>& aggregate)
      : aggregate_(aggregate) {}

  bool await_ready() const noexcept { return false; }
  void await_suspend(FrameHandle handle) {
    aggregate_.Add(handle.promise(), waiter_);
  }
  T await_resume() { return std::move(*waiter_.value); }

 private:
  Aggregate<T, V>& aggregate_;
  typename Aggregate<T, V>::Waiter waiter_;
};

// co_await Await(aggregate): waits for an instant with emissions, this one or a
// later one, and returns all that was gathered in the instant after it.
template <typename T, typename V>
AggregateStatement<T, V> Await(Aggregate<T, V>& aggregate) {
  return AggregateStatement<T, V>(aggregate);
}

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_AGGREGATE_H_
