// What code under test must not do, for tests to see that it is noticed.
#ifndef FOZZY_SIM_SEARCH_PLANTED_MISBEHAVIOUR_H_
#define FOZZY_SIM_SEARCH_PLANTED_MISBEHAVIOUR_H_

#include <cstdint>
#include <ctime>
#include <thread>

#include "fozzy/atomic.h"

namespace fozzy {

// Returns the time of the host in nanoseconds.
inline uint64_t ReadHostClock() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_nsec);
}

// Adds to a simulated object in a thread of the host.
inline void AddInHostThread(atomic<int>& counter) {
  std::thread host([&] { counter.fetch_add(1); });
  host.join();
}

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_PLANTED_MISBEHAVIOUR_H_
