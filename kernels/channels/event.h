// Waiting for something to change without a lock around it.
//
//   event.Await([&] { return ring.TryReceive(view); }, Status::kEmpty, limits);
//   ring.Commit(slot);  event.Notify();
//
// Who waits counts itself in and looks again; who changes something looks
// whether anybody is counted.  A fence on each side makes one see the other.
// The fence of Notify, on the fast path, is only a compiler barrier where the
// system lets the other side fence all threads (see StdSync).
#ifndef KERNELS_CHANNELS_EVENT_H_
#define KERNELS_CHANNELS_EVENT_H_

#include <cstdint>

#include "kernels/channels/aligned_array.h"
#include "kernels/channels/status.h"

namespace fozzy::channels {

// Nanoseconds.
inline constexpr int64_t kForever = INT64_MAX;

struct WaitLimits {
  int64_t timeout_ns = kForever;
  uint32_t spins = 0;  // looks before sleeping
};

// `Sync` has, besides atomics, a Futex with atomics' load, fetch_add, and
//   bool Wait(uint32_t old, int64_t deadline);  // false: the deadline passed
//   void WakeAll();
template <class Sync>
class Event {
  using Protocol = typename Sync::Protocol;

 public:
  // Calls attempt() until it returns something other than `pending` or time
  // is up, and returns what it returned last.
  template <class Attempt>
  Status Await(const Attempt& attempt, Status pending,
               const WaitLimits& limits) {
    for (uint32_t spin = 0; spin < limits.spins; ++spin) {
      const Status status = attempt();
      if (status != pending) return status;
      Sync::Pause();
    }
    if (limits.timeout_ns <= 0) return pending;
    const int64_t deadline = Sync::DeadlineAfter(limits.timeout_ns);
    waiters_.fetch_add(1, std::memory_order_relaxed);
    if constexpr (Protocol::kFencesWait) Sync::HeavyFence();
    Status status = pending;
    for (bool is_time_left = true;;) {
      // Acquire pairs with the release in Notify.
      const uint32_t epoch = epoch_.load(Protocol::kEpochLook);
      status = attempt();
      if (status != pending || !is_time_left) break;
      is_time_left = epoch_.Wait(epoch, deadline);
    }
    waiters_.fetch_sub(1, std::memory_order_relaxed);
    return status;
  }

  // To be called after the change.
  void Notify() {
    if constexpr (Protocol::kFencesNotify) Sync::LightFence();
    if (waiters_.load(std::memory_order_relaxed) == 0) [[likely]]
      return;
    // Release pairs with the acquire in Await.
    epoch_.fetch_add(1, Protocol::kEpochPublish);
    epoch_.WakeAll();
  }

  // Forgets who waited, where that was a process that was killed.
  void ForgetWaiters() { waiters_.store(0, std::memory_order_relaxed); }

 private:
  alignas(kLineBytes) typename Sync::template atomic<uint32_t> waiters_{0};
  typename Sync::Futex epoch_;
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_EVENT_H_
