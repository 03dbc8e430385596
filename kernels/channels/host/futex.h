// Sleeping until a number changes, with a deadline.
#ifndef KERNELS_CHANNELS_HOST_FUTEX_H_
#define KERNELS_CHANNELS_HOST_FUTEX_H_

#include <atomic>
#include <cstdint>

namespace fozzy::channels::host {

// Returns the moment, in nanoseconds of the monotonic clock, that lies
// `timeout_ns` ahead, or INT64_MAX if that is never.
int64_t DeadlineAfter(int64_t timeout_ns);

// Whose threads sleep and wake each other.
enum class FutexScope : uint8_t { kProcess, kMachine };

// Sleeps while `word` is `old`; may wake for no reason.  Returns false if the
// deadline has passed.
bool FutexWait(const std::atomic<uint32_t>& word, uint32_t old,
               int64_t deadline, FutexScope scope = FutexScope::kProcess);

void FutexWakeAll(std::atomic<uint32_t>& word,
                  FutexScope scope = FutexScope::kProcess);

}  // namespace fozzy::channels::host

#endif  // KERNELS_CHANNELS_HOST_FUTEX_H_
