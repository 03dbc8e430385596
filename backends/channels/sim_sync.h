// The simulated world, as channels want it.
#ifndef BACKENDS_CHANNELS_SIM_SYNC_H_
#define BACKENDS_CHANNELS_SIM_SYNC_H_

#include <chrono>
#include <cstdint>

#include "fozzy/sync.h"
#include "kernels/channels/metrics.h"
#include "kernels/channels/protocol.h"

namespace fozzy::channels {

// `ItsProtocol` is Protocol, or one that lacks something.
template <class ItsProtocol = channels::Protocol>
struct SimSync {
  template <class T>
  using atomic = fozzy::atomic<T>;
  template <class T>
  using var = fozzy::var<T>;
  using Protocol = ItsProtocol;
  using Counts = NoCounts;
  static constexpr bool kIsResumable = false;
  static constexpr uint32_t kSubscribersMax = 2;

  // Waits without a deadline order nothing but the number itself.
  class Futex {
   public:
    uint32_t load(memory_order order) const { return value_.load(order); }
    void fetch_add(uint32_t by, memory_order order) {
      value_.fetch_add(by, order);
    }
    bool Wait(uint32_t old, int64_t deadline) {
      if (deadline == INT64_MAX) {
        value_.wait(old, memory_order_relaxed);
        return true;
      }
      ++timed_waiters_;
      const bool is_in_time = WaitUntil(old, deadline);
      --timed_waiters_;
      return is_in_time;
    }
    void WakeAll() {
      value_.notify_all();
      if (timed_waiters_ == 0) return;
      mutex_.lock();
      mutex_.unlock();
      changed_.notify_all();
    }

   private:
    bool WaitUntil(uint32_t old, int64_t deadline) {
      fozzy::unique_lock<fozzy::mutex> lock(mutex_);
      if (value_.load(memory_order_relaxed) != old) return true;
      const fozzy::steady_clock::time_point until{
          std::chrono::nanoseconds(deadline)};
      return changed_.wait_until(lock, until) == cv_status::no_timeout;
    }

    fozzy::atomic<uint32_t> value_{0};
    fozzy::mutex mutex_;
    fozzy::condition_variable changed_;
    uint32_t timed_waiters_ = 0;  // tasks run one at a time
  };

  // What membarrier(2) promises of the two kinds together, no more is used.
  static void LightFence() { fozzy::atomic_thread_fence(memory_order_seq_cst); }
  static void HeavyFence() { fozzy::atomic_thread_fence(memory_order_seq_cst); }
  static void Pause() { this_thread::yield(); }
  static int64_t DeadlineAfter(int64_t timeout_ns) {
    if (timeout_ns == INT64_MAX) return timeout_ns;
    const auto now = fozzy::steady_clock::now().time_since_epoch();
    return std::chrono::nanoseconds(now).count() + timeout_ns;
  }
};

}  // namespace fozzy::channels

#endif  // BACKENDS_CHANNELS_SIM_SYNC_H_
