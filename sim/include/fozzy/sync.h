// Everything that simulated programs synchronise with, and SimSync, which code
// under test takes as a parameter:
//
//   template <class Sync = StdSync>
//   class Queue {
//     typename Sync::mutex mutex_;
//     typename Sync::template atomic<int> size_{0};
//   };
//
// Each type is like the one of that name in std:: (its header tells where it is
// not), every operation is a schedule point, and follows what C++20 allows.
#ifndef FOZZY_SYNC_H_
#define FOZZY_SYNC_H_

#include "fozzy/async.h"
#include "fozzy/atomic.h"
#include "fozzy/atomic_ref.h"
#include "fozzy/barrier.h"
#include "fozzy/condition_variable.h"
#include "fozzy/condition_variable_any.h"
#include "fozzy/future.h"
#include "fozzy/heap.h"
#include "fozzy/latch.h"
#include "fozzy/lock.h"
#include "fozzy/mutex.h"
#include "fozzy/once.h"
#include "fozzy/semaphore.h"
#include "fozzy/shared_mutex.h"
#include "fozzy/site.h"
#include "fozzy/stop_token.h"
#include "fozzy/thread.h"
#include "fozzy/thread_local.h"
#include "fozzy/time.h"
#include "fozzy/unique_lock.h"
#include "fozzy/var.h"

namespace fozzy {

// The simulated world.  StdSync of fozzy/std.h has the same members.
struct SimSync {
  template <class T>
  using atomic = fozzy::atomic<T>;
  template <class T>
  using atomic_ref = fozzy::atomic_ref<T>;
  using atomic_flag = fozzy::atomic_flag;
  template <class T>
  using var = fozzy::var<T>;
  template <class T>
  using thread_local_var = fozzy::thread_local_var<T>;

  using mutex = fozzy::mutex;
  using timed_mutex = fozzy::timed_mutex;
  using recursive_mutex = fozzy::recursive_mutex;
  using recursive_timed_mutex = fozzy::recursive_timed_mutex;
  using shared_mutex = fozzy::shared_mutex;
  using shared_timed_mutex = fozzy::shared_timed_mutex;
  template <class Mutex>
  using lock_guard = fozzy::lock_guard<Mutex>;
  template <class... Mutexes>
  using scoped_lock = fozzy::scoped_lock<Mutexes...>;
  template <class Mutex>
  using unique_lock = fozzy::unique_lock<Mutex>;
  template <class Mutex>
  using shared_lock = fozzy::shared_lock<Mutex>;

  using condition_variable = fozzy::condition_variable;
  using condition_variable_any = fozzy::condition_variable_any;
  template <std::ptrdiff_t kLeastMax = UINT32_MAX>
  using counting_semaphore = fozzy::counting_semaphore<kLeastMax>;
  using binary_semaphore = fozzy::binary_semaphore;
  using latch = fozzy::latch;
  template <class Completion = hooks::DoNothing>
  using barrier = fozzy::barrier<Completion>;
  using once_flag = fozzy::once_flag;

  template <class R>
  using promise = fozzy::promise<R>;
  template <class R>
  using future = fozzy::future<R>;
  template <class R>
  using shared_future = fozzy::shared_future<R>;
  template <class Signature>
  using packaged_task = fozzy::packaged_task<Signature>;

  using thread = fozzy::thread;
  using jthread = fozzy::jthread;
  using stop_source = fozzy::stop_source;
  using stop_token = fozzy::stop_token;
  template <class Callback>
  using stop_callback = fozzy::stop_callback<Callback>;
  using steady_clock = fozzy::steady_clock;
  using system_clock = fozzy::system_clock;

  template <class F, class... Args>
  static void call_once(once_flag& flag, F&& function, Args&&... args) {
    fozzy::call_once(flag, std::forward<F>(function),
                     std::forward<Args>(args)...);
  }
  template <class F, class... Args>
  static auto async(launch policy, F&& function, Args&&... args) {
    return fozzy::async(policy, std::forward<F>(function),
                        std::forward<Args>(args)...);
  }
  static void atomic_thread_fence(memory_order order,
                                  Site site = Site::Here()) {
    fozzy::atomic_thread_fence(order, site);
  }
  static thread::id get_id() { return this_thread::get_id(); }
  static void yield(Site site = Site::Here()) { this_thread::yield(site); }
  template <class Rep, class Period>
  static void sleep_for(const std::chrono::duration<Rep, Period>& length,
                        Site site = Site::Here()) {
    this_thread::sleep_for(length, site);
  }
  template <class Clock, class Duration>
  static void sleep_until(const std::chrono::time_point<Clock, Duration>& time,
                          Site site = Site::Here()) {
    this_thread::sleep_until(time, site);
  }
};

}  // namespace fozzy

#endif  // FOZZY_SYNC_H_
