// Results that come later: std::promise, std::future and std::shared_future
// for simulated tasks.  Misuse throws std::future_error, as there.
#ifndef FOZZY_FUTURE_H_
#define FOZZY_FUTURE_H_

#include <chrono>
#include <exception>
#include <future>
#include <type_traits>
#include <utility>

#include "fozzy/future_state.h"
#include "fozzy/site.h"
#include "fozzy/time.h"

namespace fozzy {

using std::future_errc;
using std::future_error;
using std::future_status;
using std::launch;

namespace hooks {

// What future and shared_future have in common.
template <class R>
class AnyFuture {
 public:
  bool valid() const noexcept { return static_cast<bool>(state_); }
  void wait(Site site = Site::Here()) const { state_.Get().Wait(site); }
  template <class Rep, class Period>
  future_status wait_for(const std::chrono::duration<Rep, Period>& length,
                         Site site = Site::Here()) const {
    return state_.Get().WaitUntil(DeadlineOf(length), site);
  }
  template <class Clock, class Duration>
  future_status wait_until(const std::chrono::time_point<Clock, Duration>& time,
                           Site site = Site::Here()) const {
    return state_.Get().WaitUntil(DeadlineOf(time), site);
  }

 protected:
  AnyFuture() noexcept = default;
  explicit AnyFuture(FutureRef<R> state) noexcept : state_(std::move(state)) {}

  FutureRef<R> state_;
};

}  // namespace hooks

template <class R>
class shared_future;

// Like std::future.
template <class R>
class future : public hooks::AnyFuture<R> {
 public:
  future() noexcept = default;
  explicit future(hooks::FutureRef<R> state) noexcept
      : hooks::AnyFuture<R>(std::move(state)) {}
  future(const future&) = delete;
  future(future&&) noexcept = default;
  future& operator=(const future&) = delete;
  future& operator=(future&&) noexcept = default;
  ~future() = default;

  R get(Site site = Site::Here()) {
    const hooks::FutureRef<R> state = std::move(this->state_);
    state.Get().Wait(site);
    auto& result = state.Get().Result();
    if constexpr (std::is_reference_v<R>) {
      return *result;
    } else if constexpr (!std::is_void_v<R>) {
      return std::move(result);
    }
  }
  shared_future<R> share() noexcept {
    return shared_future<R>(std::move(this->state_));
  }
};

// Like std::shared_future.
template <class R>
class shared_future : public hooks::AnyFuture<R> {
 public:
  shared_future() noexcept = default;
  explicit shared_future(hooks::FutureRef<R> state) noexcept
      : hooks::AnyFuture<R>(std::move(state)) {}
  shared_future(future<R>&& other) noexcept : shared_future(other.share()) {}

  using Shown =
      std::conditional_t<std::is_void_v<R> || std::is_reference_v<R>, R,
                         std::add_lvalue_reference_t<std::add_const_t<R>>>;
  Shown get(Site site = Site::Here()) const {
    this->state_.Get().Wait(site);
    auto& result = this->state_.Get().Result();
    if constexpr (std::is_reference_v<R>) {
      return *result;
    } else if constexpr (!std::is_void_v<R>) {
      return result;
    }
  }
};

// Like std::promise.
template <class R>
class promise {
 public:
  promise() : state_(new hooks::FutureState<R>) {}
  promise(const promise&) = delete;
  promise(promise&&) noexcept = default;
  promise& operator=(const promise&) = delete;
  promise& operator=(promise&& other) noexcept {
    promise(std::move(other)).swap(*this);
    return *this;
  }
  ~promise() { Break(); }

  void swap(promise& other) noexcept { std::swap(state_, other.state_); }
  friend void swap(promise& a, promise& b) noexcept { a.swap(b); }

  future<R> get_future() {
    state_.Get().Retrieve();
    return future<R>(state_);
  }

  void set_value(const hooks::Kept<R>& value, Site site = Site::Here())  //
      requires std::is_object_v<R> {
    Claim(site).Put(value);
    state_->Open(site);
  }
  void set_value(hooks::Kept<R>&& value, Site site = Site::Here())  //
      requires std::is_object_v<R> {
    Claim(site).Put(std::move(value));
    state_->Open(site);
  }
  void set_value(std::remove_pointer_t<hooks::Kept<R>>& value,
                 Site site = Site::Here()) requires std::is_reference_v<R> {
    Claim(site).Put(&value);
    state_->Open(site);
  }
  void set_value(Site site = Site::Here()) requires std::is_void_v<R> {
    Claim(site).Put();
    state_->Open(site);
  }
  void set_exception(std::exception_ptr error, Site site = Site::Here()) {
    Claim(site).PutError(std::move(error));
    state_->Open(site);
  }

  template <class Value>
  void set_value_at_thread_exit(Value&& value, Site site = Site::Here()) {
    if constexpr (std::is_reference_v<R>) {
      Claim(site).Put(&value);
    } else {
      Claim(site).Put(std::forward<Value>(value));
    }
    state_->OpenAtExit();
  }
  void set_value_at_thread_exit(Site site = Site::Here())  //
      requires std::is_void_v<R> {
    Claim(site).Put();
    state_->OpenAtExit();
  }
  void set_exception_at_thread_exit(std::exception_ptr error,
                                    Site site = Site::Here()) {
    Claim(site).PutError(std::move(error));
    state_->OpenAtExit();
  }

 private:
  hooks::FutureState<R>& Claim(Site site) {
    state_.Get().Claim(site);
    return state_.Get();
  }

  // Nobody will bring the result any more.
  void Break() {
    if (!state_ || !state_->TryClaim({})) return;
    state_->PutError(
        std::make_exception_ptr(future_error(future_errc::broken_promise)));
    state_->Open({});
  }

  hooks::FutureRef<R> state_;
};

}  // namespace fozzy

#endif  // FOZZY_FUTURE_H_
