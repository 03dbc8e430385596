// Waiting until another task says that something has changed.
#ifndef FOZZY_CONDITION_VARIABLE_H_
#define FOZZY_CONDITION_VARIABLE_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "fozzy/hooks.h"
#include "fozzy/mutex.h"
#include "fozzy/site.h"
#include "fozzy/time.h"
#include "fozzy/unique_lock.h"

namespace fozzy {

using std::cv_status;

// Like std::condition_variable.  Waits may end for no reason, now and then, and
// which of those that wait hears notify_one is a choice.  Waiting without the
// lock, with two locks at a time, and destroying it while tasks wait are
// panics.
class condition_variable {
 public:
  condition_variable() = default;
  condition_variable(const condition_variable&) = delete;
  condition_variable& operator=(const condition_variable&) = delete;
  ~condition_variable() { hooks::End(cell_); }

  void wait(unique_lock<mutex>& lock, Site site = Site::Here()) {
    WaitUntil(lock, hooks::kNever, site);
  }
  template <class Predicate>
  requires(!std::is_same_v<Predicate, Site>) void wait(
      unique_lock<mutex>& lock, Predicate predicate, Site site = Site::Here()) {
    while (!predicate()) WaitUntil(lock, hooks::kNever, site);
  }

  template <class Rep, class Period>
  cv_status wait_for(unique_lock<mutex>& lock,
                     const std::chrono::duration<Rep, Period>& length,
                     Site site = Site::Here()) {
    return WaitUntil(lock, hooks::DeadlineOf(length), site);
  }
  template <class Rep, class Period, class Predicate>
  requires(!std::is_same_v<Predicate, Site>) bool wait_for(
      unique_lock<mutex>& lock,
      const std::chrono::duration<Rep, Period>& length, Predicate predicate,
      Site site = Site::Here()) {
    return WaitUntil(lock, hooks::DeadlineOf(length), predicate, site);
  }

  template <class Clock, class Duration>
  cv_status wait_until(unique_lock<mutex>& lock,
                       const std::chrono::time_point<Clock, Duration>& time,
                       Site site = Site::Here()) {
    return WaitUntil(lock, hooks::DeadlineOf(time), site);
  }
  template <class Clock, class Duration, class Predicate>
  requires(!std::is_same_v<Predicate, Site>) bool wait_until(
      unique_lock<mutex>& lock,
      const std::chrono::time_point<Clock, Duration>& time, Predicate predicate,
      Site site = Site::Here()) {
    return WaitUntil(lock, hooks::DeadlineOf(time), predicate, site);
  }

  void notify_one(Site site = Site::Here()) { hooks::NotifyOne(cell_, site); }
  void notify_all(Site site = Site::Here()) { hooks::NotifyAll(cell_, site); }

 private:
  friend class condition_variable_any;

  cv_status WaitUntil(unique_lock<mutex>& lock, uint64_t deadline, Site site) {
    if (!lock.owns_lock()) {
      hooks::Misuse("wait with a mutex that the task does not hold", site);
    }
    return hooks::WaitFor(cell_, {lock.mutex()->cell(), deadline}, site)
               ? cv_status::no_timeout
               : cv_status::timeout;
  }
  template <class Predicate>
  bool WaitUntil(unique_lock<mutex>& lock, uint64_t deadline,
                 Predicate& predicate, Site site) {
    while (!predicate()) {
      if (WaitUntil(lock, deadline, site) == cv_status::timeout) {
        return predicate();
      }
    }
    return true;
  }

  hooks::SyncCell cell_{hooks::SyncKind::kCondition};
};

// Like std::notify_all_at_thread_exit.
inline void notify_all_at_thread_exit(condition_variable& condition,
                                      unique_lock<mutex> lock) {
  struct Last {
    condition_variable& condition;
    unique_lock<mutex> lock;
  };
  const auto notify = [](void* argument) {
    auto* last = static_cast<Last*>(argument);
    last->lock.unlock({});
    last->condition.notify_all({});
    delete last;
  };
  hooks::AtTaskExit({notify, new Last{condition, std::move(lock)}});
}

}  // namespace fozzy

#endif  // FOZZY_CONDITION_VARIABLE_H_
