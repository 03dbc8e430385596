// The time of the host.
#ifndef KERNELS_ALLOC_HOST_HOST_CLOCK_H_
#define KERNELS_ALLOC_HOST_HOST_CLOCK_H_

#include <time.h>

#include <cstdint>

namespace fozzy::alloc {

// A Clock policy: never goes backwards, is some milliseconds late at most.
class HostClock {
 public:
  constexpr HostClock() = default;

  // Returns nanoseconds since some moment before the process began.
  uint64_t Now() const {
    timespec time = {};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
    return static_cast<uint64_t>(time.tv_sec) * 1'000'000'000 +
           static_cast<uint64_t>(time.tv_nsec);
  }
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_HOST_HOST_CLOCK_H_
