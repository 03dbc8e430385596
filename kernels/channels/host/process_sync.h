// The policy of rings that several processes share.
#ifndef KERNELS_CHANNELS_HOST_PROCESS_SYNC_H_
#define KERNELS_CHANNELS_HOST_PROCESS_SYNC_H_

#include <atomic>
#include <cstdint>

#include "kernels/channels/host/futex.h"
#include "kernels/channels/std_sync.h"

namespace fozzy::channels {

struct ProcessSync : StdSync {
  using Counts = EndCounts<ProcessSync>;
  static constexpr bool kIsResumable = true;
  static constexpr uint32_t kSubscribersMax = 1;

  class Futex {
   public:
    uint32_t load(std::memory_order order) const { return value_.load(order); }
    void fetch_add(uint32_t by, std::memory_order order) {
      value_.fetch_add(by, order);
    }
    bool Wait(uint32_t old, int64_t deadline) {
      return host::FutexWait(value_, old, deadline, host::FutexScope::kMachine);
    }
    void WakeAll() { host::FutexWakeAll(value_, host::FutexScope::kMachine); }

   private:
    std::atomic<uint32_t> value_{0};
  };

  // Real ones: the rare fence of StdSync reaches one process only.
  static void LightFence() {
    std::atomic_thread_fence(std::memory_order_seq_cst);
  }
  static void HeavyFence() {
    std::atomic_thread_fence(std::memory_order_seq_cst);
  }
};

static_assert(std::atomic<uint64_t>::is_always_lock_free);
static_assert(std::atomic<uint32_t>::is_always_lock_free);

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_HOST_PROCESS_SYNC_H_
