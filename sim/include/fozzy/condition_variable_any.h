// Conditions for any type of lock.
#ifndef FOZZY_CONDITION_VARIABLE_ANY_H_
#define FOZZY_CONDITION_VARIABLE_ANY_H_

#include <chrono>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "fozzy/condition_variable.h"
#include "fozzy/lock.h"
#include "fozzy/mutex.h"
#include "fozzy/site.h"
#include "fozzy/stop_token.h"
#include "fozzy/time.h"
#include "fozzy/unique_lock.h"

namespace fozzy {

// Like std::condition_variable_any.
class condition_variable_any {
 public:
  condition_variable_any() : state_(new State) {}
  condition_variable_any(const condition_variable_any&) = delete;
  condition_variable_any& operator=(const condition_variable_any&) = delete;
  ~condition_variable_any() { LetGo(state_); }

  template <class Lock>
  void wait(Lock& lock, Site site = Site::Here()) {
    WaitUntil(lock, hooks::kNever, site);
  }
  template <class Lock, class Predicate>
  requires(!std::is_same_v<Predicate, Site>) void wait(
      Lock& lock, Predicate predicate, Site site = Site::Here()) {
    while (!predicate()) WaitUntil(lock, hooks::kNever, site);
  }
  template <class Lock, class Predicate>
  bool wait(Lock& lock, stop_token token, Predicate predicate,
            Site site = Site::Here()) {
    return WaitStoppable(lock, token, hooks::kNever, predicate, site);
  }

  template <class Lock, class Rep, class Period>
  cv_status wait_for(Lock& lock,
                     const std::chrono::duration<Rep, Period>& length,
                     Site site = Site::Here()) {
    return WaitUntil(lock, hooks::DeadlineOf(length), site);
  }
  template <class Lock, class Rep, class Period, class Predicate>
  requires(!std::is_same_v<Predicate, Site>) bool wait_for(
      Lock& lock, const std::chrono::duration<Rep, Period>& length,
      Predicate predicate, Site site = Site::Here()) {
    return WaitStoppable(lock, stop_token(), hooks::DeadlineOf(length),
                         predicate, site);
  }
  template <class Lock, class Rep, class Period, class Predicate>
  bool wait_for(Lock& lock, stop_token token,
                const std::chrono::duration<Rep, Period>& length,
                Predicate predicate) {
    return WaitStoppable(lock, token, hooks::DeadlineOf(length), predicate, {});
  }

  template <class Lock, class Clock, class Duration>
  cv_status wait_until(Lock& lock,
                       const std::chrono::time_point<Clock, Duration>& time,
                       Site site = Site::Here()) {
    return WaitUntil(lock, hooks::DeadlineOf(time), site);
  }
  template <class Lock, class Clock, class Duration, class Predicate>
  requires(!std::is_same_v<Predicate, Site>) bool wait_until(
      Lock& lock, const std::chrono::time_point<Clock, Duration>& time,
      Predicate predicate, Site site = Site::Here()) {
    return WaitStoppable(lock, stop_token(), hooks::DeadlineOf(time), predicate,
                         site);
  }
  template <class Lock, class Clock, class Duration, class Predicate>
  bool wait_until(Lock& lock, stop_token token,
                  const std::chrono::time_point<Clock, Duration>& time,
                  Predicate predicate) {
    return WaitStoppable(lock, token, hooks::DeadlineOf(time), predicate, {});
  }

  void notify_one(Site site = Site::Here()) {
    const lock_guard guard(state_->gate, site);
    state_->condition.notify_one(site);
  }
  void notify_all(Site site = Site::Here()) {
    const lock_guard guard(state_->gate, site);
    state_->condition.notify_all(site);
  }

 private:
  // It outlives the object while tasks that were notified leave it.
  struct State {
    mutex gate;
    condition_variable condition;
    uint32_t users = 1;
  };
  static void LetGo(State* state) {
    if (--state->users == 0) delete state;
  }

  // Takes part in a state as long as it lives.
  struct Use {
    explicit Use(State* its) : state(its) { ++state->users; }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    ~Use() { LetGo(state); }
    State* const state;
  };

  // Gives a lock back, and takes it again at the end of its scope.
  template <class Lock>
  struct Unlocked {
    Unlocked(Lock& its, Site where) : lock(its), site(where) {
      hooks::UnlockAt(lock, site);
    }
    Unlocked(const Unlocked&) = delete;
    Unlocked& operator=(const Unlocked&) = delete;
    ~Unlocked() { hooks::LockAt(lock, site); }
    Lock& lock;
    Site site;
  };

  // Who notifies needs the gate, and so cannot come between the unlock and the
  // wait.
  template <class Lock>
  cv_status WaitUntil(Lock& lock, uint64_t deadline, Site site) {
    const Use use(state_);
    unique_lock<mutex> gate(use.state->gate, site);
    const Unlocked<Lock> unlocked(lock, site);
    unique_lock<mutex> inner(std::move(gate));
    return use.state->condition.WaitUntil(inner, deadline, site);
  }

  template <class Lock, class Predicate>
  bool WaitStoppable(Lock& lock, const stop_token& token, uint64_t deadline,
                     Predicate& predicate, Site site) {
    const stop_callback wake(token, [this] { notify_all({}); });
    for (;;) {
      if (predicate()) return true;
      if (token.stop_requested({})) return false;
      if (WaitOnce(lock, token, deadline, site) == cv_status::timeout) {
        return predicate();
      }
    }
  }

  // Looks at the token once more where the callback cannot come between.
  template <class Lock>
  cv_status WaitOnce(Lock& lock, const stop_token& token, uint64_t deadline,
                     Site site) {
    const Use use(state_);
    unique_lock<mutex> gate(use.state->gate, site);
    if (token.stop_requested({})) return cv_status::no_timeout;
    const Unlocked<Lock> unlocked(lock, site);
    unique_lock<mutex> inner(std::move(gate));
    return use.state->condition.WaitUntil(inner, deadline, site);
  }

  State* const state_;
};

}  // namespace fozzy

#endif  // FOZZY_CONDITION_VARIABLE_ANY_H_
