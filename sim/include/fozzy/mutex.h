// Locks of simulated tasks.
//
// Locking a plain mutex that the task holds is the finding deadlock; unlocking
// one that it does not hold, and destroying one that is held, a panic.  An
// attempt to lock fails only if the mutex is held, or its time is up.
#ifndef FOZZY_MUTEX_H_
#define FOZZY_MUTEX_H_

#include <chrono>

#include "fozzy/hooks.h"
#include "fozzy/site.h"
#include "fozzy/time.h"

namespace fozzy {
namespace hooks {

// What all mutexes have in common.
template <SyncKind kKind>
class ExclusiveLock {
 public:
  constexpr ExclusiveLock() noexcept = default;
  ExclusiveLock(const ExclusiveLock&) = delete;
  ExclusiveLock& operator=(const ExclusiveLock&) = delete;

  void lock(Site site = Site::Here()) { LockMutex(cell_, site); }
  bool try_lock(Site site = Site::Here()) { return TryLockMutex(cell_, site); }
  void unlock(Site site = Site::Here()) { UnlockMutex(cell_, site); }

  // For conditions.
  SyncCell& cell() { return cell_; }

 protected:
  ~ExclusiveLock() { End(cell_); }

  SyncCell cell_{kKind};
};

// Those that can be waited for until a deadline.
template <SyncKind kKind>
class TimedLock : public ExclusiveLock<kKind> {
 public:
  template <class Rep, class Period>
  bool try_lock_for(const std::chrono::duration<Rep, Period>& length,
                    Site site = Site::Here()) {
    return LockMutexUntil(this->cell_, DeadlineOf(length), site);
  }
  template <class Clock, class Duration>
  bool try_lock_until(const std::chrono::time_point<Clock, Duration>& time,
                      Site site = Site::Here()) {
    return LockMutexUntil(this->cell_, DeadlineOf(time), site);
  }
};

}  // namespace hooks

// Like std::mutex.
class mutex : public hooks::ExclusiveLock<hooks::SyncKind::kMutex> {};

// Like std::timed_mutex.
class timed_mutex : public hooks::TimedLock<hooks::SyncKind::kMutex> {};

// Like std::recursive_mutex.
class recursive_mutex
    : public hooks::ExclusiveLock<hooks::SyncKind::kRecursiveMutex> {};

// Like std::recursive_timed_mutex.
class recursive_timed_mutex
    : public hooks::TimedLock<hooks::SyncKind::kRecursiveMutex> {};

}  // namespace fozzy

#endif  // FOZZY_MUTEX_H_
