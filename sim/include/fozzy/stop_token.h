// Asking tasks to stop.
//
// std::stop_token would not do: its state is neither seen by the simulation nor
// ordered by it, and where it waits for a callback, it would for ever.
#ifndef FOZZY_STOP_TOKEN_H_
#define FOZZY_STOP_TOKEN_H_

#include <cstdint>
#include <stop_token>
#include <type_traits>
#include <utility>

#include "fozzy/atomic.h"
#include "fozzy/hooks.h"
#include "fozzy/site.h"

namespace fozzy {

using std::nostopstate;
using std::nostopstate_t;

namespace hooks {

// A callback that waits in a list, runs, or has run.
struct StopCall {
  StopCall() = default;
  StopCall(const StopCall&) = delete;
  StopCall& operator=(const StopCall&) = delete;
  ~StopCall() { End(done); }

  void (*call)(StopCall* self) = nullptr;
  StopCall* next = nullptr;
  StopCall* previous = nullptr;
  bool is_listed = false;
  bool* is_gone = nullptr;  // while it runs: set if it ends itself
  SyncCell done{SyncKind::kLatch, 1};
};

// What sources, tokens and callbacks share.
class StopState {
 public:
  static void Ref(StopState* state) {
    if (state != nullptr) ++state->users_;
  }
  static void Unref(StopState* state) {
    if (state != nullptr && --state->users_ == 0) delete state;
  }

  void AddSource() { ++sources_; }
  void RemoveSource() { --sources_; }
  bool IsPossible() const { return sources_ > 0 || is_stopped_; }
  bool IsStopped(Site site) const {
    return (word_.load(std::memory_order_acquire, site) & kStopped) != 0;
  }

  // Returns whether this was the first request.  It then has run the callbacks.
  bool Stop(Site site) {
    const uint32_t old =
        word_.fetch_or(kStopped, std::memory_order_acq_rel, site);
    if ((old & kStopped) != 0) return false;
    is_stopped_ = true;
    runner_ = CurrentTask();
    while (first_ != nullptr) Run(first_);
    return true;
  }

  // Lists `call`, or returns false if it is to be called at once.
  bool Add(StopCall& call, Site site) {
    const uint32_t old =
        word_.fetch_add(kTurn, std::memory_order_acq_rel, site);
    if ((old & kStopped) != 0 || sources_ == 0) return (old & kStopped) == 0;
    call.next = first_;
    if (first_ != nullptr) first_->previous = &call;
    first_ = &call;
    call.is_listed = true;
    return true;
  }

  // Takes `call` out; if it runs in another task, after it has run.
  void Remove(StopCall& call, Site site) {
    word_.fetch_add(kTurn, std::memory_order_acq_rel, site);
    if (call.is_listed) return Unlist(call);
    if (!is_stopped_) return;
    if (call.is_gone != nullptr && runner_ == CurrentTask()) {
      *call.is_gone = true;
      // Nobody waits for it.
      CountDown(call.done, 1, site);
      return;
    }
    WaitLatch(call.done, site);
  }

 private:
  static constexpr uint32_t kStopped = 1;
  static constexpr uint32_t kTurn = 2;  // added, so that turns are ordered

  void Unlist(StopCall& call) {
    StopCall*& before = call.previous == nullptr ? first_ : call.previous->next;
    before = call.next;
    if (call.next != nullptr) call.next->previous = call.previous;
    call.is_listed = false;
  }

  void Run(StopCall* call) {
    bool is_gone = false;
    Unlist(*call);
    call->is_gone = &is_gone;
    call->call(call);
    if (is_gone) return;
    call->is_gone = nullptr;
    CountDown(call->done, 1, {});
  }

  mutable atomic<uint32_t> word_{0};
  uint32_t users_ = 1;
  uint32_t sources_ = 1;
  bool is_stopped_ = false;
  uint32_t runner_ = 0;
  StopCall* first_ = nullptr;
};

}  // namespace hooks

// Like std::stop_token.
class stop_token {
 public:
  stop_token() noexcept = default;
  stop_token(const stop_token& other) noexcept : stop_token(other.state_) {}
  stop_token(stop_token&& other) noexcept
      : state_(std::exchange(other.state_, nullptr)) {}
  stop_token& operator=(stop_token other) noexcept {
    swap(other);
    return *this;
  }
  ~stop_token() { hooks::StopState::Unref(state_); }

  void swap(stop_token& other) noexcept { std::swap(state_, other.state_); }
  friend void swap(stop_token& a, stop_token& b) noexcept { a.swap(b); }

  [[nodiscard]] bool stop_requested(Site site = Site::Here()) const {
    return state_ != nullptr && state_->IsStopped(site);
  }
  [[nodiscard]] bool stop_possible() const {
    return state_ != nullptr && state_->IsPossible();
  }
  friend bool operator==(const stop_token& a, const stop_token& b) noexcept {
    return a.state_ == b.state_;
  }

 private:
  friend class stop_source;
  template <class Callback>
  friend class stop_callback;
  explicit stop_token(hooks::StopState* state) noexcept : state_(state) {
    hooks::StopState::Ref(state_);
  }

  hooks::StopState* state_ = nullptr;
};

// Like std::stop_source.
class stop_source {
 public:
  stop_source() : state_(new hooks::StopState) {}
  explicit stop_source(nostopstate_t) noexcept {}
  stop_source(const stop_source& other) noexcept : state_(other.state_) {
    hooks::StopState::Ref(state_);
    if (state_ != nullptr) state_->AddSource();
  }
  stop_source(stop_source&& other) noexcept
      : state_(std::exchange(other.state_, nullptr)) {}
  stop_source& operator=(stop_source other) noexcept {
    swap(other);
    return *this;
  }
  ~stop_source() {
    if (state_ != nullptr) state_->RemoveSource();
    hooks::StopState::Unref(state_);
  }

  void swap(stop_source& other) noexcept { std::swap(state_, other.state_); }
  friend void swap(stop_source& a, stop_source& b) noexcept { a.swap(b); }

  [[nodiscard]] stop_token get_token() const noexcept {
    return stop_token(state_);
  }
  [[nodiscard]] bool stop_possible() const noexcept {
    return state_ != nullptr;
  }
  [[nodiscard]] bool stop_requested(Site site = Site::Here()) const {
    return state_ != nullptr && state_->IsStopped(site);
  }
  bool request_stop(Site site = Site::Here()) const {
    return state_ != nullptr && state_->Stop(site);
  }
  friend bool operator==(const stop_source& a, const stop_source& b) noexcept {
    return a.state_ == b.state_;
  }

 private:
  hooks::StopState* state_ = nullptr;
};

// Like std::stop_callback.
template <class Callback>
class stop_callback {
 public:
  using callback_type = Callback;

  template <class C>
  requires(std::is_constructible_v<Callback, C>) explicit stop_callback(
      stop_token token, C&& callback, Site site = Site::Here())
      : callback_(std::forward<C>(callback)),
        state_(std::exchange(token.state_, nullptr)),
        site_(site) {
    call_.owner = this;
    call_.call = [](hooks::StopCall* self) {
      static_cast<Call*>(self)->owner->callback_();
    };
    if (state_ == nullptr || state_->Add(call_, site)) return;
    hooks::StopState::Unref(std::exchange(state_, nullptr));
    callback_();
  }
  stop_callback(const stop_callback&) = delete;
  stop_callback& operator=(const stop_callback&) = delete;
  ~stop_callback() {
    if (state_ == nullptr) return;
    state_->Remove(call_, site_);
    hooks::StopState::Unref(state_);
  }

 private:
  struct Call : hooks::StopCall {
    stop_callback* owner = nullptr;
  };

  Callback callback_;
  hooks::StopState* state_;
  Site site_;
  Call call_;
};

template <class Callback>
stop_callback(stop_token, Callback) -> stop_callback<Callback>;

}  // namespace fozzy

#endif  // FOZZY_STOP_TOKEN_H_
