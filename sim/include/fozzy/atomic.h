// Atomic objects of simulated tasks, under the memory model of C++20.
#ifndef FOZZY_ATOMIC_H_
#define FOZZY_ATOMIC_H_

#include <atomic>
#include <type_traits>

#include "fozzy/atomic_access.h"
#include "fozzy/hooks.h"
#include "fozzy/site.h"

namespace fozzy {

using std::memory_order;
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_consume;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;

// Like std::atomic<T>, for types of up to 16 bytes.  Every member is a schedule
// point, and is followed by what the memory model allows.
template <class T>
class atomic : public hooks::AtomicAccess<T, hooks::OwnCell> {
  using Access = hooks::AtomicAccess<T, hooks::OwnCell>;

 public:
  atomic() noexcept(std::is_nothrow_default_constructible_v<T>) : atomic(T()) {}
  atomic(T desired) : Access(hooks::ToWord(desired)) {}
  atomic(const atomic&) = delete;

  // Not viable, so that a number is not taken for an atomic to be copied.
  atomic& operator=(const atomic&) requires(sizeof(T) == 0) = delete;

  T operator=(hooks::Located<T> desired) {
    this->store(desired.value, std::memory_order_seq_cst, desired.site);
    return desired.value;
  }
};

// Like std::atomic_flag.
class atomic_flag {
 public:
  atomic_flag() = default;
  atomic_flag(const atomic_flag&) = delete;
  atomic_flag& operator=(const atomic_flag&) = delete;

  bool test_and_set(std::memory_order order = std::memory_order_seq_cst,
                    Site site = Site::Here()) {
    return flag_.exchange(true, order, site);
  }
  void clear(std::memory_order order = std::memory_order_seq_cst,
             Site site = Site::Here()) {
    flag_.store(false, order, site);
  }
  bool test(std::memory_order order = std::memory_order_seq_cst,
            Site site = Site::Here()) const {
    return flag_.load(order, site);
  }
  void wait(bool old, std::memory_order order = std::memory_order_seq_cst,
            Site site = Site::Here()) const {
    flag_.wait(old, order, site);
  }
  void notify_one(Site site = Site::Here()) { flag_.notify_one(site); }
  void notify_all(Site site = Site::Here()) { flag_.notify_all(site); }

 private:
  atomic<bool> flag_ = false;
};

inline void atomic_thread_fence(std::memory_order order,
                                Site site = Site::Here()) {
  hooks::Fence(order, site);
}

// Orders a task and a signal handler that runs in it: here nothing.
inline void atomic_signal_fence(std::memory_order) {}

}  // namespace fozzy

#endif  // FOZZY_ATOMIC_H_
