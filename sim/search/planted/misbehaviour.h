// What code under test must not do, for tests to see that it is noticed.
#ifndef FOZZY_SIM_SEARCH_PLANTED_MISBEHAVIOUR_H_
#define FOZZY_SIM_SEARCH_PLANTED_MISBEHAVIOUR_H_

#include <cstdint>
#include <ctime>
#include <thread>

#include "fozzy/atomic.h"

namespace fozzy {

inline constexpr uint32_t kClockBits = 24;

// Reads the clock of the host and returns kClockBits bits of it, mixed: two
// readings are alike once in 2^24 times.
inline uint64_t ReadHostClock() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const auto nanoseconds = static_cast<uint64_t>(now.tv_nsec);
  // Multiplied by an odd number, what is low moves all that is high.
  return (nanoseconds * 0x9e3779b97f4a7c15) >> (64 - kClockBits);
}

// Adds to a simulated object in a thread of the host.
inline void AddInHostThread(atomic<int>& counter) {
  std::thread host([&] { counter.fetch_add(1); });
  host.join();
}

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_PLANTED_MISBEHAVIOUR_H_
