// Locks of one writer or many readers.
//
// Nobody is preferred: whether a reader or a writer comes next is the
// strategy's choice, so that a program that relies on either is found out.
#ifndef FOZZY_SHARED_MUTEX_H_
#define FOZZY_SHARED_MUTEX_H_

#include <chrono>

#include "fozzy/hooks.h"
#include "fozzy/mutex.h"
#include "fozzy/site.h"
#include "fozzy/time.h"

namespace fozzy {
namespace hooks {

template <class Exclusive>
class SharedLock : public Exclusive {
 public:
  void lock_shared(Site site = Site::Here()) {
    LockShared(this->cell_, kNever, site);
  }
  bool try_lock_shared(Site site = Site::Here()) {
    return TryLockShared(this->cell_, site);
  }
  void unlock_shared(Site site = Site::Here()) {
    UnlockShared(this->cell_, site);
  }
};

}  // namespace hooks

// Like std::shared_mutex.
class shared_mutex : public hooks::SharedLock<
                         hooks::ExclusiveLock<hooks::SyncKind::kSharedMutex>> {
};

// Like std::shared_timed_mutex.
class shared_timed_mutex
    : public hooks::SharedLock<
          hooks::TimedLock<hooks::SyncKind::kSharedMutex>> {
 public:
  template <class Rep, class Period>
  bool try_lock_shared_for(const std::chrono::duration<Rep, Period>& length,
                           Site site = Site::Here()) {
    return hooks::LockShared(cell_, hooks::DeadlineOf(length), site);
  }
  template <class Clock, class Duration>
  bool try_lock_shared_until(
      const std::chrono::time_point<Clock, Duration>& time,
      Site site = Site::Here()) {
    return hooks::LockShared(cell_, hooks::DeadlineOf(time), site);
  }
};

}  // namespace fozzy

#endif  // FOZZY_SHARED_MUTEX_H_
