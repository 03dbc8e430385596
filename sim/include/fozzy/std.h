// Two ways to write code that runs natively and simulated.
//
// As a template: StdSync has the members of SimSync (fozzy/sync.h), made of
// std::.
//
// Or through a namespace: fozzy::std_names has the names of std:: that the
// simulation stands in for, and its neighbours that it leaves alone, under the
// same names, this_thread and chrono included.
//
//   #ifdef SIMULATED
//   namespace threads = fozzy::std_names;
//   #else
//   namespace threads = std;
//   #endif
//   threads::mutex mutex;
#ifndef FOZZY_STD_H_
#define FOZZY_STD_H_

#include <atomic>
#include <barrier>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "fozzy/sync.h"

namespace fozzy {

// What the C++ library offers.
struct StdSync {
  template <class T>
  using atomic = std::atomic<T>;
  template <class T>
  using atomic_ref = std::atomic_ref<T>;
  using atomic_flag = std::atomic_flag;
  template <class T>
  using var = T;

  using mutex = std::mutex;
  using timed_mutex = std::timed_mutex;
  using recursive_mutex = std::recursive_mutex;
  using recursive_timed_mutex = std::recursive_timed_mutex;
  using shared_mutex = std::shared_mutex;
  using shared_timed_mutex = std::shared_timed_mutex;
  template <class Mutex>
  using lock_guard = std::lock_guard<Mutex>;
  template <class... Mutexes>
  using scoped_lock = std::scoped_lock<Mutexes...>;
  template <class Mutex>
  using unique_lock = std::unique_lock<Mutex>;
  template <class Mutex>
  using shared_lock = std::shared_lock<Mutex>;

  using condition_variable = std::condition_variable;
  using condition_variable_any = std::condition_variable_any;
  template <std::ptrdiff_t kLeastMax = std::counting_semaphore<>::max()>
  using counting_semaphore = std::counting_semaphore<kLeastMax>;
  using binary_semaphore = std::binary_semaphore;
  using latch = std::latch;
  template <class Completion = hooks::DoNothing>
  using barrier = std::barrier<Completion>;
  using once_flag = std::once_flag;

  template <class R>
  using promise = std::promise<R>;
  template <class R>
  using future = std::future<R>;
  template <class R>
  using shared_future = std::shared_future<R>;
  template <class Signature>
  using packaged_task = std::packaged_task<Signature>;

  using thread = std::thread;
  using jthread = std::jthread;
  using stop_source = std::stop_source;
  using stop_token = std::stop_token;
  template <class Callback>
  using stop_callback = std::stop_callback<Callback>;
  using steady_clock = std::chrono::steady_clock;
  using system_clock = std::chrono::system_clock;

  template <class F, class... Args>
  static void call_once(once_flag& flag, F&& function, Args&&... args) {
    std::call_once(flag, std::forward<F>(function),
                   std::forward<Args>(args)...);
  }
  template <class F, class... Args>
  static auto async(std::launch policy, F&& function, Args&&... args) {
    return std::async(policy, std::forward<F>(function),
                      std::forward<Args>(args)...);
  }
  static void atomic_thread_fence(std::memory_order order) {
    std::atomic_thread_fence(order);
  }
  static std::thread::id get_id() { return std::this_thread::get_id(); }
  static void yield() { std::this_thread::yield(); }
  template <class Rep, class Period>
  static void sleep_for(const std::chrono::duration<Rep, Period>& length) {
    std::this_thread::sleep_for(length);
  }
  template <class Clock, class Duration>
  static void sleep_until(
      const std::chrono::time_point<Clock, Duration>& time) {
    std::this_thread::sleep_until(time);
  }
};

namespace std_names {

using fozzy::adopt_lock;
using fozzy::adopt_lock_t;
using fozzy::async;
using fozzy::atomic;
using fozzy::atomic_flag;
using fozzy::atomic_ref;
using fozzy::atomic_signal_fence;
using fozzy::atomic_thread_fence;
using fozzy::barrier;
using fozzy::binary_semaphore;
using fozzy::call_once;
using fozzy::condition_variable;
using fozzy::condition_variable_any;
using fozzy::counting_semaphore;
using fozzy::cv_status;
using fozzy::defer_lock;
using fozzy::defer_lock_t;
using fozzy::future;
using fozzy::future_errc;
using fozzy::future_error;
using fozzy::future_status;
using fozzy::jthread;
using fozzy::latch;
using fozzy::launch;
using fozzy::lock;
using fozzy::lock_guard;
using fozzy::memory_order;
using fozzy::memory_order_acq_rel;
using fozzy::memory_order_acquire;
using fozzy::memory_order_consume;
using fozzy::memory_order_relaxed;
using fozzy::memory_order_release;
using fozzy::memory_order_seq_cst;
using fozzy::mutex;
using fozzy::nostopstate;
using fozzy::nostopstate_t;
using fozzy::notify_all_at_thread_exit;
using fozzy::once_flag;
using fozzy::packaged_task;
using fozzy::promise;
using fozzy::recursive_mutex;
using fozzy::recursive_timed_mutex;
using fozzy::scoped_lock;
using fozzy::shared_future;
using fozzy::shared_lock;
using fozzy::shared_mutex;
using fozzy::shared_timed_mutex;
using fozzy::stop_callback;
using fozzy::stop_source;
using fozzy::stop_token;
using fozzy::thread;
using fozzy::timed_mutex;
using fozzy::try_lock;
using fozzy::try_to_lock;
using fozzy::try_to_lock_t;
using fozzy::unique_lock;

namespace this_thread = fozzy::this_thread;

namespace chrono {

using namespace std::chrono;
using fozzy::high_resolution_clock;
using fozzy::steady_clock;
using fozzy::system_clock;

}  // namespace chrono
}  // namespace std_names
}  // namespace fozzy

#endif  // FOZZY_STD_H_
