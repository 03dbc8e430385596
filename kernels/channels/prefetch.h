// Asking for memory ahead of its use.
#ifndef KERNELS_CHANNELS_PREFETCH_H_
#define KERNELS_CHANNELS_PREFETCH_H_

#include <cstdint>

namespace fozzy::channels {

// Granules that are asked for ahead of their use, at most: caches hold some
// dozens of requests.
inline constexpr uint64_t kPrefetchMax = 64;

// Asks for the line of `address` to come to this processor's cache.
inline void PrefetchToWrite(const void* address) {
#if defined(__x86_64__)
  // Compilers use this instruction only if told that all processors have it.
  // Those without it do nothing.
  asm volatile("prefetchw (%0)" : : "r"(address));
#else
  __builtin_prefetch(address, 1);
#endif
}

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_PREFETCH_H_
