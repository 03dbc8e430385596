// Locks of simulated tasks.
#ifndef FOZZY_MUTEX_H_
#define FOZZY_MUTEX_H_

#include <mutex>

#include "fozzy/hooks.h"
#include "fozzy/site.h"

namespace fozzy {

// Like std::mutex.  Locking one that the task holds is a deadlock, unlocking
// one that it does not hold a panic.
class mutex {
 public:
  mutex() = default;
  mutex(const mutex&) = delete;
  mutex& operator=(const mutex&) = delete;
  ~mutex() { hooks::End(cell_); }

  void lock(Site site = Site::Here()) { hooks::LockMutex(cell_, false, site); }
  bool try_lock(Site site = Site::Here()) {
    return hooks::TryLockMutex(cell_, false, site);
  }
  void unlock(Site site = Site::Here()) { hooks::UnlockMutex(cell_, site); }

 private:
  friend class condition_variable;
  hooks::SyncCell cell_;
};

}  // namespace fozzy

#endif  // FOZZY_MUTEX_H_
