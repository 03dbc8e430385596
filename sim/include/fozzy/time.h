// The clocks of simulated programs: they show virtual time, which moves when no
// task can go on.
#ifndef FOZZY_TIME_H_
#define FOZZY_TIME_H_

#include <chrono>
#include <cstdint>
#include <ratio>
#include <type_traits>

#include "fozzy/hooks.h"

namespace fozzy {

// Like std::chrono::steady_clock.  A run begins at 0; outside of runs it is
// always 0.
struct steady_clock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<steady_clock>;
  static constexpr bool is_steady = true;

  static time_point now() noexcept {
    return time_point(duration(static_cast<rep>(hooks::Now())));
  }
};

using high_resolution_clock = steady_clock;

// Like std::chrono::system_clock.  A run begins at the start of the year 2020,
// whatever the date.
struct system_clock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<system_clock>;
  static constexpr bool is_steady = false;
  static constexpr std::chrono::seconds kStart{1'577'836'800};

  static time_point now() noexcept {
    return time_point(kStart + duration(static_cast<rep>(hooks::Now())));
  }
  static std::time_t to_time_t(const time_point& time) noexcept {
    return std::chrono::duration_cast<std::chrono::seconds>(
               time.time_since_epoch())
        .count();
  }
  static time_point from_time_t(std::time_t time) noexcept {
    return time_point(std::chrono::seconds(time));
  }
};

namespace hooks {

// Returns the length in nanoseconds, rounded up: 0 if it is negative, kNever if
// it is too long to be counted.
template <class Rep, class Period>
constexpr uint64_t NanosOf(const std::chrono::duration<Rep, Period>& length) {
  using std::chrono::nanoseconds;
  using Wide =
      std::chrono::duration<std::common_type_t<Rep, nanoseconds::rep>, Period>;
  const Wide wide(length);
  if (!(wide > Wide::zero())) return 0;
  if constexpr (std::ratio_greater_v<Period, std::nano> ||
                !std::is_integral_v<Rep>) {
    if (wide >= std::chrono::duration_cast<Wide>(nanoseconds::max())) {
      return kNever;
    }
  }
  return static_cast<uint64_t>(std::chrono::ceil<nanoseconds>(wide).count());
}

// Returns the deadline `nanos` from now.
inline uint64_t DeadlineIn(uint64_t nanos) {
  const uint64_t now = Now();
  return nanos < kNever - now ? now + nanos : kNever;
}
template <class Rep, class Period>
uint64_t DeadlineOf(const std::chrono::duration<Rep, Period>& length) {
  return DeadlineIn(NanosOf(length));
}

// Returns the deadline that `time` is.  Clocks of users are asked for the time
// now; those of the host would make a run depend on it.
template <class Clock, class Duration>
uint64_t DeadlineOf(const std::chrono::time_point<Clock, Duration>& time) {
  using std::chrono::duration_cast;
  using std::chrono::nanoseconds;
  if constexpr (std::is_same_v<Clock, steady_clock>) {
    return NanosOf(time.time_since_epoch());
  } else {
    // Apart, since their difference might not be countable.
    const auto now = Clock::now().time_since_epoch();
    const auto then = time.time_since_epoch();
    if (!(then > now)) return Now();
    if (!(now < now.zero())) {
      const uint64_t later = NanosOf(then);
      const uint64_t earlier = NanosOf(now);
      return later == kNever ? kNever : DeadlineIn(later - earlier);
    }
    return DeadlineOf(then - now);
  }
}

}  // namespace hooks
}  // namespace fozzy

#endif  // FOZZY_TIME_H_
