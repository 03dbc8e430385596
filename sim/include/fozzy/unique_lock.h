// Holders of locks that can be moved, given back early, and taken again.
#ifndef FOZZY_UNIQUE_LOCK_H_
#define FOZZY_UNIQUE_LOCK_H_

#include <chrono>
#include <memory>
#include <system_error>
#include <utility>

#include "fozzy/lock.h"
#include "fozzy/site.h"

namespace fozzy {
namespace hooks {

// How a unique_lock holds a mutex: for itself.
template <class Mutex>
struct Exclusively {
  static void Lock(Mutex& mutex, Site site) { LockAt(mutex, site); }
  static bool TryLock(Mutex& mutex, Site site) {
    return TryLockAt(mutex, site);
  }
  static void Unlock(Mutex& mutex, Site site) { UnlockAt(mutex, site); }
  template <class Length>
  static bool LockFor(Mutex& mutex, const Length& length, Site site) {
    return mutex.try_lock_for(length, site);
  }
  template <class Time>
  static bool LockUntil(Mutex& mutex, const Time& time, Site site) {
    return mutex.try_lock_until(time, site);
  }
};

// How a shared_lock does: with others.
template <class Mutex>
struct Together {
  static void Lock(Mutex& mutex, Site site) { mutex.lock_shared(site); }
  static bool TryLock(Mutex& mutex, Site site) {
    return mutex.try_lock_shared(site);
  }
  static void Unlock(Mutex& mutex, Site site) { mutex.unlock_shared(site); }
  template <class Length>
  static bool LockFor(Mutex& mutex, const Length& length, Site site) {
    return mutex.try_lock_shared_for(length, site);
  }
  template <class Time>
  static bool LockUntil(Mutex& mutex, const Time& time, Site site) {
    return mutex.try_lock_shared_until(time, site);
  }
};

// Holds a mutex or nothing.
template <class Mutex, class How>
class MovableLock {
 public:
  using mutex_type = Mutex;

  MovableLock() noexcept = default;
  explicit MovableLock(Mutex& mutex, Site site = Site::Here())
      : mutex_(std::addressof(mutex)) {
    lock(site);
  }
  MovableLock(Mutex& mutex, defer_lock_t) noexcept
      : mutex_(std::addressof(mutex)) {}
  MovableLock(Mutex& mutex, try_to_lock_t, Site site = Site::Here())
      : mutex_(std::addressof(mutex)), owns_(How::TryLock(mutex, site)) {}
  MovableLock(Mutex& mutex, adopt_lock_t)
      : mutex_(std::addressof(mutex)), owns_(true) {}
  template <class Rep, class Period>
  MovableLock(Mutex& mutex, const std::chrono::duration<Rep, Period>& length,
              Site site = Site::Here())
      : mutex_(std::addressof(mutex)),
        owns_(How::LockFor(mutex, length, site)) {}
  template <class Clock, class Duration>
  MovableLock(Mutex& mutex,
              const std::chrono::time_point<Clock, Duration>& time,
              Site site = Site::Here())
      : mutex_(std::addressof(mutex)),
        owns_(How::LockUntil(mutex, time, site)) {}
  MovableLock(MovableLock&& other) noexcept
      : mutex_(std::exchange(other.mutex_, nullptr)),
        owns_(std::exchange(other.owns_, false)) {}
  MovableLock& operator=(MovableLock&& other) noexcept {
    if (owns_) How::Unlock(*mutex_, {});
    mutex_ = std::exchange(other.mutex_, nullptr);
    owns_ = std::exchange(other.owns_, false);
    return *this;
  }
  ~MovableLock() {
    if (owns_) How::Unlock(*mutex_, {});
  }

  void lock(Site site = Site::Here()) {
    RequireLockable();
    How::Lock(*mutex_, site);
    owns_ = true;
  }
  bool try_lock(Site site = Site::Here()) {
    RequireLockable();
    return owns_ = How::TryLock(*mutex_, site);
  }
  template <class Rep, class Period>
  bool try_lock_for(const std::chrono::duration<Rep, Period>& length,
                    Site site = Site::Here()) {
    RequireLockable();
    return owns_ = How::LockFor(*mutex_, length, site);
  }
  template <class Clock, class Duration>
  bool try_lock_until(const std::chrono::time_point<Clock, Duration>& time,
                      Site site = Site::Here()) {
    RequireLockable();
    return owns_ = How::LockUntil(*mutex_, time, site);
  }
  void unlock(Site site = Site::Here()) {
    if (!owns_) Fail(std::errc::operation_not_permitted);
    owns_ = false;
    How::Unlock(*mutex_, site);
  }

  Mutex* release() noexcept {
    owns_ = false;
    return std::exchange(mutex_, nullptr);
  }
  Mutex* mutex() const noexcept { return mutex_; }
  bool owns_lock() const noexcept { return owns_; }
  explicit operator bool() const noexcept { return owns_; }

 protected:
  void Swap(MovableLock& other) noexcept {
    std::swap(mutex_, other.mutex_);
    std::swap(owns_, other.owns_);
  }

 private:
  [[noreturn]] static void Fail(std::errc error) {
    throw std::system_error(std::make_error_code(error));
  }
  void RequireLockable() const {
    if (mutex_ == nullptr) Fail(std::errc::operation_not_permitted);
    if (owns_) Fail(std::errc::resource_deadlock_would_occur);
  }

  Mutex* mutex_ = nullptr;
  bool owns_ = false;
};

}  // namespace hooks

// Like std::unique_lock.
template <class Mutex>
class unique_lock
    : public hooks::MovableLock<Mutex, hooks::Exclusively<Mutex>> {
 public:
  using hooks::MovableLock<Mutex, hooks::Exclusively<Mutex>>::MovableLock;

  void swap(unique_lock& other) noexcept { this->Swap(other); }
  friend void swap(unique_lock& a, unique_lock& b) noexcept { a.swap(b); }
};

// Like std::shared_lock.
template <class Mutex>
class shared_lock : public hooks::MovableLock<Mutex, hooks::Together<Mutex>> {
 public:
  using hooks::MovableLock<Mutex, hooks::Together<Mutex>>::MovableLock;

  void swap(shared_lock& other) noexcept { this->Swap(other); }
  friend void swap(shared_lock& a, shared_lock& b) noexcept { a.swap(b); }
};

template <class Mutex, class... Args>
unique_lock(Mutex&, const Args&...) -> unique_lock<Mutex>;
template <class Mutex, class... Args>
shared_lock(Mutex&, const Args&...) -> shared_lock<Mutex>;

}  // namespace fozzy

#endif  // FOZZY_UNIQUE_LOCK_H_
