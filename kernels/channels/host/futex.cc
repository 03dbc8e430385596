#include "kernels/channels/host/futex.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <ctime>

namespace fozzy::channels::host {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

int WithScope(int operation, FutexScope scope) {
  return scope == FutexScope::kProcess ? operation | FUTEX_PRIVATE_FLAG
                                       : operation;
}

}  // namespace

int64_t DeadlineAfter(int64_t timeout_ns) {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const int64_t start = int64_t{now.tv_sec} * kSecond + now.tv_nsec;
  return timeout_ns > INT64_MAX - start ? INT64_MAX : start + timeout_ns;
}

bool FutexWait(const std::atomic<uint32_t>& word, uint32_t old,
               int64_t deadline, FutexScope scope) {
  timespec until = {};
  until.tv_sec = deadline / kSecond;
  until.tv_nsec = deadline % kSecond;
  // Of the two ways to wait, this one takes a moment and not a length of time.
  const long woken =
      syscall(SYS_futex, &word, WithScope(FUTEX_WAIT_BITSET, scope), old,
              deadline == INT64_MAX ? nullptr : &until, nullptr,
              FUTEX_BITSET_MATCH_ANY);
  return woken == 0 || errno != ETIMEDOUT;
}

void FutexWakeAll(std::atomic<uint32_t>& word, FutexScope scope) {
  syscall(SYS_futex, &word, WithScope(FUTEX_WAKE, scope), INT_MAX);
}

}  // namespace fozzy::channels::host
