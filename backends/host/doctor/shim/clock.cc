// Clocks that start at a fixed time and move a little with every look.
#include <errno.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>

#include "backends/host/doctor/shim/shim.h"

namespace fozzy::shim {
namespace {

// 2023-11-14 22:13:20 UTC, and a machine that has been up for 1000 s.
constexpr int64_t kWallStartNs = 1'700'000'000 * kNanosPerSecond;
constexpr int64_t kUpStartNs = 1000 * kNanosPerSecond;

// So that a program which waits for the clock to move gets there.
constexpr int64_t kTickNs = 1000;

int64_t StartOf(clockid_t clock) {
  switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_TAI:
      return kWallStartNs;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
      return kUpStartNs;
    default:
      return 0;
  }
}

int64_t Look() { return Self().now_ns.fetch_add(kTickNs) + kTickNs; }

timeval ToTimeval(int64_t nanos) {
  return {nanos / kNanosPerSecond, nanos % kNanosPerSecond / 1000};
}

}  // namespace

int FakeClock(clockid_t clock, timespec* out) {
  *out = ToTimespec(StartOf(clock) + Look());
  return 0;
}

void AdvanceBy(int64_t duration_ns) {
  if (duration_ns > 0) Self().now_ns.fetch_add(duration_ns);
}

timespec RealDeadline(clockid_t clock, const timespec& deadline) {
  timespec real{};
  Call(SYS_clock_gettime, clock, Word(&real));
  const int64_t left =
      ToNanos(deadline) - StartOf(clock) - Self().now_ns.load();
  return left <= 0 ? real : ToTimespec(ToNanos(real) + left);
}

void ReachDeadline(clockid_t clock, const timespec& deadline) {
  AdvanceBy(ToNanos(deadline) - StartOf(clock) - Self().now_ns.load());
}

FOZZY_INTERPOSE int clock_gettime(clockid_t clock, timespec* out) noexcept {
  if (IsClockPinned()) return FakeClock(clock, out);
  return static_cast<int>(Call(SYS_clock_gettime, clock, Word(out)));
}

FOZZY_INTERPOSE int timespec_get(timespec* out, int base) noexcept {
  if (base != TIME_UTC) return 0;
  return clock_gettime(CLOCK_REALTIME, out) == 0 ? base : 0;
}

FOZZY_INTERPOSE time_t time(time_t* out) noexcept {
  timespec now{};
  // The coarse clock, as in libc, so that unpinned programs see no other time.
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}

FOZZY_INTERPOSE int gettimeofday(timeval* out, void* zone) noexcept {
  if (!IsClockPinned()) {
    return static_cast<int>(Call(SYS_gettimeofday, Word(out), Word(zone)));
  }
  timespec now{};
  FakeClock(CLOCK_REALTIME, &now);
  *out = ToTimeval(ToNanos(now));
  if (zone != nullptr) *static_cast<struct timezone*>(zone) = {};
  return 0;
}

FOZZY_INTERPOSE clock_t clock() noexcept {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return ToNanos(now) / (kNanosPerSecond / CLOCKS_PER_SEC);
}

FOZZY_INTERPOSE clock_t times(tms* out) noexcept {
  if (!IsClockPinned()) return Call(SYS_times, Word(out));
  timespec now{};
  FakeClock(CLOCK_MONOTONIC, &now);
  const clock_t ticks = ToNanos(now) / (kNanosPerSecond / 100);
  if (out != nullptr) *out = {};
  return ticks;
}

FOZZY_INTERPOSE int getrusage(__rusage_who_t who, rusage* out) noexcept {
  const long result = Call(SYS_getrusage, who, Word(out));
  if (result == 0 && IsClockPinned()) {
    out->ru_utime = {};
    out->ru_stime = {};
  }
  return static_cast<int>(result);
}

}  // namespace fozzy::shim
