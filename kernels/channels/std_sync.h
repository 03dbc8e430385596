// The atomics, waiting and time of real threads, for rings in one process.
#ifndef KERNELS_CHANNELS_STD_SYNC_H_
#define KERNELS_CHANNELS_STD_SYNC_H_

#include <atomic>
#include <cstdint>

#include "kernels/channels/host/fence.h"
#include "kernels/channels/host/futex.h"
#include "kernels/channels/metrics.h"
#include "kernels/channels/protocol.h"

namespace fozzy::channels {

struct StdSync {
  template <class T>
  using atomic = std::atomic<T>;
  // Plain memory.
  template <class T>
  using var = T;
  using Protocol = channels::Protocol;
  using Counts = EndCounts<StdSync>;

  // Whether a receiver may go on where another was cut off.
  static constexpr bool kIsResumable = false;
  // Receivers that each see every message, at most.
  static constexpr uint32_t kSubscribersMax = 16;

  // A number that threads can sleep on.
  class Futex {
   public:
    uint32_t load(std::memory_order order) const { return value_.load(order); }
    void fetch_add(uint32_t by, std::memory_order order) {
      value_.fetch_add(by, order);
    }
    // Sleeps while the number is `old`, or wakes for no reason.  Returns false
    // if the deadline passed.
    bool Wait(uint32_t old, int64_t deadline) {
      return host::FutexWait(value_, old, deadline);
    }
    void WakeAll() { host::FutexWakeAll(value_); }

   private:
    std::atomic<uint32_t> value_{0};
  };

  // A LightFence and a HeavyFence of two threads order what is around them, as
  // two sequentially consistent fences do; one is cheap, one is not.
  static void LightFence() { host::LightFence(); }
  static void HeavyFence() { host::HeavyFence(); }
  static void Pause() { __builtin_ia32_pause(); }
  static int64_t DeadlineAfter(int64_t timeout_ns) {
    return host::DeadlineAfter(timeout_ns);
  }
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_STD_SYNC_H_
