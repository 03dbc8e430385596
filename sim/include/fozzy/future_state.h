// What a promise and its futures share.  Not for users.
#ifndef FOZZY_FUTURE_STATE_H_
#define FOZZY_FUTURE_STATE_H_

#include <cstdint>
#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "fozzy/hooks.h"
#include "fozzy/once.h"
#include "fozzy/site.h"

namespace fozzy::hooks {

[[noreturn]] inline void ThrowFutureError(std::future_errc error) {
  throw std::future_error(error);
}

// How a result of type R is kept.
template <class R>
using Kept = std::conditional_t<
    std::is_void_v<R>, std::monostate,
    std::conditional_t<std::is_reference_v<R>, std::remove_reference_t<R>*, R>>;

template <class R>
class FutureState;

// What brings the result when somebody asks for it.
template <class R>
class Deferred {
 public:
  Deferred() = default;
  Deferred(const Deferred&) = delete;
  Deferred& operator=(const Deferred&) = delete;
  virtual ~Deferred() = default;
  virtual void Run(FutureState<R>& state) = 0;
};

// A result to come.  It lives as long as somebody refers to it; one that a task
// was started for waits for that task then.
template <class R>
class FutureState {
 public:
  FutureState() = default;
  FutureState(const FutureState&) = delete;
  FutureState& operator=(const FutureState&) = delete;

  // The right to bring the result.
  void Claim(Site site) {
    if (!ClaimFuture(gate_, site)) {
      ThrowFutureError(std::future_errc::promise_already_satisfied);
    }
  }
  bool TryClaim(Site site) { return ClaimFuture(gate_, site); }

  // Then the result, and then it is there for all, now or when the task ends.
  template <class... Args>
  void Put(Args&&... args) {
    struct Undo {
      ~Undo() {
        if (!is_done) GiveBackFuture(gate);
      }
      SyncCell& gate;
      bool is_done = false;
    };
    Undo undo{gate_};
    result_.emplace(std::forward<Args>(args)...);
    undo.is_done = true;
  }
  void PutError(std::exception_ptr error) { error_ = std::move(error); }
  template <class F>
  void PutResultOf(const F& call) {
    try {
      if constexpr (std::is_void_v<R>) {
        call();
        result_.emplace();
      } else if constexpr (std::is_reference_v<R>) {
        result_.emplace(&call());
      } else {
        result_.emplace(call());
      }
    } catch (...) {
      error_ = std::current_exception();
    }
  }
  void Open(Site site) { OpenFuture(gate_, site); }
  void OpenAtExit() {
    Ref();
    AtTaskExit({[](void* state) {
                  auto* self = static_cast<FutureState*>(state);
                  self->Open({});
                  self->Unref();
                },
                this});
  }

  void Wait(Site site) {
    if (deferred_ != nullptr) {
      CallOnce(
          once_, [this] { RunDeferred(); }, site);
    }
    WaitFuture(gate_, kNever, site);
  }
  std::future_status WaitUntil(uint64_t deadline, Site site) {
    if (deferred_ != nullptr && !is_deferred_begun_) {
      return std::future_status::deferred;
    }
    return WaitFuture(gate_, deadline, site) ? std::future_status::ready
                                             : std::future_status::timeout;
  }

  // Requires that it has been waited for.
  Kept<R>& Result() {
    if (error_ != nullptr) std::rethrow_exception(error_);
    return *result_;
  }

  void Defer(std::unique_ptr<Deferred<R>> deferred) {
    deferred_ = std::move(deferred);
  }
  void SetTask(uint32_t task) { task_ = task; }

  // Throws if somebody has the future already.
  void Retrieve() {
    if (std::exchange(is_retrieved_, true)) {
      ThrowFutureError(std::future_errc::future_already_retrieved);
    }
  }

  void Ref() { ++users_; }
  void Unref() {
    LetGo(gate_);
    if (--users_ == 0) delete this;
  }

 private:
  static constexpr uint32_t kNoTask = ~uint32_t{0};

  ~FutureState() {
    if (task_ != kNoTask) JoinTask(task_, {});
    End(gate_);
    End(once_);
  }

  void RunDeferred() {
    is_deferred_begun_ = true;
    deferred_->Run(*this);
    Open({});
  }

  SyncCell gate_{SyncKind::kFuture};
  SyncCell once_{SyncKind::kOnce};
  uint32_t users_ = 1;
  uint32_t task_ = kNoTask;
  bool is_retrieved_ = false;
  bool is_deferred_begun_ = false;
  std::unique_ptr<Deferred<R>> deferred_;
  std::exception_ptr error_;
  std::optional<Kept<R>> result_;
};

// Refers to a state, or to none.
template <class R>
class FutureRef {
 public:
  FutureRef() noexcept = default;
  // Takes over one reference.
  explicit FutureRef(FutureState<R>* state) noexcept : state_(state) {}
  FutureRef(const FutureRef& other) noexcept : state_(other.state_) {
    if (state_ != nullptr) state_->Ref();
  }
  FutureRef(FutureRef&& other) noexcept
      : state_(std::exchange(other.state_, nullptr)) {}
  FutureRef& operator=(FutureRef other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  ~FutureRef() {
    if (state_ != nullptr) state_->Unref();
  }

  explicit operator bool() const noexcept { return state_ != nullptr; }
  FutureState<R>* operator->() const noexcept { return state_; }

  // Throws if there is none.
  FutureState<R>& Get() const {
    if (state_ == nullptr) ThrowFutureError(std::future_errc::no_state);
    return *state_;
  }

 private:
  FutureState<R>* state_ = nullptr;
};

}  // namespace fozzy::hooks

#endif  // FOZZY_FUTURE_STATE_H_
