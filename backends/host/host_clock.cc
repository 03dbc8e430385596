#include "backends/host/host_clock.h"

#include <errno.h>
#include <time.h>

#include "sim/base/check.h"

namespace fozzy {
namespace {

constexpr int64_t kNsPerMs = 1'000'000;
constexpr int64_t kNsPerSecond = 1'000'000'000;

timespec Now(clockid_t clock = CLOCK_MONOTONIC) {
  timespec now = {};
  FOZZY_CHECK(clock_gettime(clock, &now) == 0);
  return now;
}

int64_t NowNs(clockid_t clock = CLOCK_MONOTONIC) {
  const timespec now = Now(clock);
  return now.tv_sec * kNsPerSecond + now.tv_nsec;
}

}  // namespace

int64_t UnixNs() { return NowNs(CLOCK_REALTIME); }

uint64_t MonotonicNs() { return static_cast<uint64_t>(NowNs()); }

HostClock::HostClock() : begin_ns_(NowNs()) {}

Millis HostClock::Elapsed() {
  return static_cast<Millis>((NowNs() - begin_ns_) / kNsPerMs);
}

void HostClock::Sleep(Millis duration) {
  timespec end = Now();
  // A sleep of 2^64 ms is 1.8e16 s: seconds cannot overflow.
  end.tv_sec += static_cast<time_t>(duration / 1000);
  end.tv_nsec += static_cast<int64_t>(duration % 1000) * kNsPerMs;
  if (end.tv_nsec >= kNsPerSecond) {
    end.tv_nsec -= kNsPerSecond;
    ++end.tv_sec;
  }
  int error = EINTR;
  while (error == EINTR) {
    error = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, nullptr);
  }
  FOZZY_CHECK(error == 0);
}

}  // namespace fozzy
