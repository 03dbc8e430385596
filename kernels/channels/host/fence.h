// Two fences, of which the frequent one is free: the rare one has the system
// run a fence on all threads of the process.
//
// Source: membarrier(2), MEMBARRIER_CMD_PRIVATE_EXPEDITED.
#ifndef KERNELS_CHANNELS_HOST_FENCE_H_
#define KERNELS_CHANNELS_HOST_FENCE_H_

#include <atomic>

namespace fozzy::channels::host {

// Whether the system has been asked for, and offers, the rare one.
extern const bool kHasMembarrier;

void Membarrier();

inline void LightFence() {
  if (kHasMembarrier) [[likely]] {
    std::atomic_signal_fence(std::memory_order_seq_cst);
  } else {
    std::atomic_thread_fence(std::memory_order_seq_cst);
  }
}

inline void HeavyFence() {
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (kHasMembarrier) Membarrier();
}

}  // namespace fozzy::channels::host

#endif  // KERNELS_CHANNELS_HOST_FENCE_H_
