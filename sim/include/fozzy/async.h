// Calls whose results come later: std::packaged_task and std::async for
// simulated tasks.
#ifndef FOZZY_ASYNC_H_
#define FOZZY_ASYNC_H_

#include <functional>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include "fozzy/future.h"
#include "fozzy/site.h"
#include "fozzy/thread.h"

namespace fozzy {

template <class Signature>
class packaged_task;

// Like std::packaged_task.
template <class R, class... Args>
class packaged_task<R(Args...)> {
 public:
  packaged_task() noexcept = default;
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>,
                           packaged_task>) explicit packaged_task(F&& function)
      : work_(
            std::make_unique<Work<std::decay_t<F>>>(std::forward<F>(function))),
        state_(new hooks::FutureState<R>) {}
  packaged_task(const packaged_task&) = delete;
  packaged_task(packaged_task&&) noexcept = default;
  packaged_task& operator=(const packaged_task&) = delete;
  packaged_task& operator=(packaged_task&& other) noexcept {
    packaged_task(std::move(other)).swap(*this);
    return *this;
  }
  ~packaged_task() { Break(); }

  bool valid() const noexcept { return static_cast<bool>(state_); }
  void swap(packaged_task& other) noexcept {
    std::swap(work_, other.work_);
    std::swap(state_, other.state_);
  }
  friend void swap(packaged_task& a, packaged_task& b) noexcept { a.swap(b); }

  future<R> get_future() {
    state_.Get().Retrieve();
    return future<R>(state_);
  }

  void operator()(Args... args) {
    Call(std::forward<Args>(args)...);
    state_->Open({});
  }
  void make_ready_at_thread_exit(Args... args) {
    Call(std::forward<Args>(args)...);
    state_->OpenAtExit();
  }
  void reset() {
    state_.Get();
    Break();
    state_ = hooks::FutureRef<R>(new hooks::FutureState<R>);
  }

 private:
  class AnyWork {
   public:
    AnyWork() = default;
    AnyWork(const AnyWork&) = delete;
    AnyWork& operator=(const AnyWork&) = delete;
    virtual ~AnyWork() = default;
    virtual R Do(Args&&... args) = 0;
  };
  template <class F>
  class Work final : public AnyWork {
   public:
    template <class G>
    explicit Work(G&& function) : function_(std::forward<G>(function)) {}
    R Do(Args&&... args) override {
      return std::invoke(function_, std::forward<Args>(args)...);
    }

   private:
    F function_;
  };

  void Call(Args&&... args) {
    state_.Get().Claim({});
    state_->PutResultOf(
        [&]() -> R { return work_->Do(std::forward<Args>(args)...); });
  }
  void Break() {
    if (!state_ || !state_->TryClaim({})) return;
    state_->PutError(
        std::make_exception_ptr(future_error(future_errc::broken_promise)));
    state_->Open({});
  }

  std::unique_ptr<AnyWork> work_;
  hooks::FutureRef<R> state_;
};

namespace hooks {

template <class F, class... Args>
using AsyncResult =
    std::invoke_result_t<std::decay_t<F>, std::decay_t<Args>...>;

// Calls what it holds once, and puts the result into a state.
template <class R, class Call>
class DeferredCall final : public Deferred<R> {
 public:
  template <class... Parts>
  explicit DeferredCall(Parts&&... parts)
      : call_(std::forward<Parts>(parts)...) {}

  void Run(FutureState<R>& state) override {
    state.PutResultOf([this]() -> R {
      return std::apply(
          [](auto&... its) -> R { return std::invoke(std::move(its)...); },
          call_);
    });
  }

 private:
  Call call_;
};

template <class F, class... Args>
future<AsyncResult<F, Args...>> StartAsync(launch policy, Site site,
                                           F&& function, Args&&... args) {
  using R = AsyncResult<F, Args...>;
  using Call = std::tuple<std::decay_t<F>, std::decay_t<Args>...>;
  FutureRef<R> state(new FutureState<R>);
  auto work = std::make_unique<DeferredCall<R, Call>>(
      std::forward<F>(function), std::forward<Args>(args)...);
  if ((policy & launch::async) == launch::async) {
    // The state waits for the task, and so outlives it.
    FutureState<R>* its = &state.Get();
    state->SetTask(Start(
        site,
        [its](const std::unique_ptr<DeferredCall<R, Call>>& owned) {
          owned->Run(*its);
          its->Open({});
        },
        std::move(work)));
  } else {
    state->Defer(std::move(work));
  }
  return future<R>(std::move(state));
}

template <class F>
inline constexpr bool IsPolicy = std::is_same_v<std::remove_cvref_t<F>, launch>;

}  // namespace hooks

// Like std::async.  Without a policy it starts a task.
template <class F>
requires(!hooks::IsPolicy<F>) [[nodiscard]] future<hooks::AsyncResult<F>> async(
    F&& function, Site site = Site::Here()) {
  return hooks::StartAsync(launch::async, site, std::forward<F>(function));
}
template <class F, class A, class... Args>
requires(!hooks::IsPolicy<F> && !hooks::IsSite<A>)
    [[nodiscard]] future<hooks::AsyncResult<F, A, Args...>> async(
        F&& function, A&& a, Args&&... args) {
  return hooks::StartAsync(launch::async, {}, std::forward<F>(function),
                           std::forward<A>(a), std::forward<Args>(args)...);
}
template <class F>
[[nodiscard]] future<hooks::AsyncResult<F>> async(launch policy, F&& function,
                                                  Site site = Site::Here()) {
  return hooks::StartAsync(policy, site, std::forward<F>(function));
}
template <class F, class A, class... Args>
requires(!hooks::IsSite<A>)
    [[nodiscard]] future<hooks::AsyncResult<F, A, Args...>> async(
        launch policy, F&& function, A&& a, Args&&... args) {
  return hooks::StartAsync(policy, {}, std::forward<F>(function),
                           std::forward<A>(a), std::forward<Args>(args)...);
}

}  // namespace fozzy

#endif  // FOZZY_ASYNC_H_
