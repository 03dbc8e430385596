// Holders of locks, which give them back at the end of their scope.
//
// They take any lockable type, and are like those of std:: but for one thing:
// findings name the place where they were made.
#ifndef FOZZY_LOCK_H_
#define FOZZY_LOCK_H_

#include <cstddef>
#include <mutex>
#include <shared_mutex>

#include "fozzy/hooks.h"
#include "fozzy/site.h"

namespace fozzy {

using std::adopt_lock;
using std::adopt_lock_t;
using std::defer_lock;
using std::defer_lock_t;
using std::try_to_lock;
using std::try_to_lock_t;

namespace hooks {

// Each calls a member of a lockable type, with the place if it takes one.
template <class L>
void LockAt(L& lockable, Site site) {
  if constexpr (requires { lockable.lock(site); }) {
    lockable.lock(site);
  } else {
    lockable.lock();
  }
}
template <class L>
bool TryLockAt(L& lockable, Site site) {
  if constexpr (requires { lockable.try_lock(site); }) {
    return lockable.try_lock(site);
  } else {
    return lockable.try_lock();
  }
}
template <class L>
void UnlockAt(L& lockable, Site site) {
  if constexpr (requires { lockable.unlock(site); }) {
    lockable.unlock(site);
  } else {
    lockable.unlock();
  }
}

// Any lockable object.
struct AnyLockable {
  void* object;
  void (*lock)(void* object, Site site);
  bool (*try_lock)(void* object, Site site);
  void (*unlock)(void* object, Site site);
};
template <class L>
AnyLockable AnyOf(L& lockable) {
  return {
      &lockable,
      [](void* object, Site site) { LockAt(*static_cast<L*>(object), site); },
      [](void* object, Site site) {
        return TryLockAt(*static_cast<L*>(object), site);
      },
      [](void* object, Site site) {
        UnlockAt(*static_cast<L*>(object), site);
      }};
}

// Some of `count` lockables in a circle, held until the end of its scope.
class HeldLocks {
 public:
  HeldLocks(const AnyLockable* locks, size_t count)
      : locks_(locks), count_(count) {}
  HeldLocks(const HeldLocks&) = delete;
  HeldLocks& operator=(const HeldLocks&) = delete;
  ~HeldLocks() {
    while (held_ > 0) {
      --held_;
      const AnyLockable& last = Nth(held_);
      last.unlock(last.object, {});
    }
  }

  // Waits for the lock at `first`, then tries all others.  Returns the index of
  // one that is held by another, or `count`.
  size_t LockFrom(size_t first, Site site) {
    first_ = first;
    Nth(0).lock(Nth(0).object, site);
    ++held_;
    return TryRest(site);
  }

  // Tries all from the first on; the same.
  size_t TryRest(Site site) {
    for (; held_ < count_; ++held_) {
      const AnyLockable& next = Nth(held_);
      if (!next.try_lock(next.object, site)) return (first_ + held_) % count_;
    }
    return count_;
  }

  // Keeps what is held beyond the end of the scope.
  void Keep() { held_ = 0; }

 private:
  const AnyLockable& Nth(size_t n) const {
    return locks_[(first_ + n) % count_];
  }

  const AnyLockable* const locks_;
  const size_t count_;
  size_t first_ = 0;
  size_t held_ = 0;
};

// Locks all.  It waits for the one that was held by another, with none in hand,
// so it cannot be part of a deadlock.
template <class... Ls>
void LockAll(Site site, Ls&... lockables) {
  const AnyLockable all[] = {AnyOf(lockables)...};
  size_t first = 0;
  while (first < sizeof...(Ls)) {
    HeldLocks held(all, sizeof...(Ls));
    const size_t failed = held.LockFrom(first, site);
    if (failed == sizeof...(Ls)) held.Keep();
    first = failed;
  }
}

}  // namespace hooks

// Like std::lock and std::try_lock.  Findings name their places up to three.
template <class A, class B>
void lock(A& a, B& b, Site site = Site::Here()) {
  hooks::LockAll(site, a, b);
}
template <class A, class B, class C>
void lock(A& a, B& b, C& c, Site site = Site::Here()) {
  hooks::LockAll(site, a, b, c);
}
template <class A, class B, class C, class D, class... Rest>
void lock(A& a, B& b, C& c, D& d, Rest&... rest) {
  hooks::LockAll({}, a, b, c, d, rest...);
}

// Returns the index of the one that is held by another, or -1.
template <class A, class B, class... Rest>
int try_lock(A& a, B& b, Rest&... rest) {
  const hooks::AnyLockable all[] = {hooks::AnyOf(a), hooks::AnyOf(b),
                                    hooks::AnyOf(rest)...};
  constexpr size_t kCount = 2 + sizeof...(Rest);
  hooks::HeldLocks held(all, kCount);
  const size_t failed = held.TryRest({});
  if (failed < kCount) return static_cast<int>(failed);
  held.Keep();
  return -1;
}

// Like std::lock_guard.
template <class Mutex>
class lock_guard {
 public:
  using mutex_type = Mutex;

  explicit lock_guard(Mutex& mutex, Site site = Site::Here()) : mutex_(mutex) {
    hooks::LockAt(mutex_, site);
  }
  lock_guard(Mutex& mutex, adopt_lock_t) : mutex_(mutex) {}
  lock_guard(const lock_guard&) = delete;
  lock_guard& operator=(const lock_guard&) = delete;
  ~lock_guard() { hooks::UnlockAt(mutex_, {}); }

 private:
  Mutex& mutex_;
};

// Like std::scoped_lock.
template <class... Mutexes>
class scoped_lock {
 public:
  explicit scoped_lock(Mutexes&... mutexes, Site site = Site::Here())
      : all_{hooks::AnyOf(mutexes)...} {
    if constexpr (sizeof...(Mutexes) == 1) {
      (hooks::LockAt(mutexes, site), ...);
    } else {
      hooks::LockAll(site, mutexes...);
    }
  }
  explicit scoped_lock(adopt_lock_t, Mutexes&... mutexes)
      : all_{hooks::AnyOf(mutexes)...} {}
  scoped_lock(const scoped_lock&) = delete;
  scoped_lock& operator=(const scoped_lock&) = delete;
  ~scoped_lock() {
    for (const hooks::AnyLockable& one : all_) one.unlock(one.object, {});
  }

 private:
  const hooks::AnyLockable all_[sizeof...(Mutexes)];
};

template <>
class scoped_lock<> {
 public:
  explicit scoped_lock(Site = Site::Here()) {}
  explicit scoped_lock(adopt_lock_t) {}
  scoped_lock(const scoped_lock&) = delete;
  scoped_lock& operator=(const scoped_lock&) = delete;
  ~scoped_lock() = default;
};

template <class... Mutexes>
scoped_lock(Mutexes&...) -> scoped_lock<Mutexes...>;
template <class... Mutexes>
scoped_lock(adopt_lock_t, Mutexes&...) -> scoped_lock<Mutexes...>;

}  // namespace fozzy

#endif  // FOZZY_LOCK_H_
