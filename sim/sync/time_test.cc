#include "fozzy/time.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using hooks::DeadlineIn;
using hooks::DeadlineOf;
using hooks::kNever;
using hooks::NanosOf;
using std::chrono::duration;
using std::chrono::hours;
using std::chrono::nanoseconds;
using std::chrono::seconds;

TEST(TimeTest, LengthsAreRoundedUpToNanoseconds) {
  EXPECT_EQ(NanosOf(nanoseconds(7)), 7u);
  EXPECT_EQ(NanosOf(seconds(2)), 2'000'000'000u);
  EXPECT_EQ(NanosOf(duration<int64_t, std::pico>(1001)), 2u);
  EXPECT_EQ(NanosOf(duration<int8_t, std::ratio<3600>>(1)), 3'600'000'000'000u);
  EXPECT_EQ(NanosOf(duration<double>(0.5)), 500'000'000u);
}

TEST(TimeTest, NegativeLengthsAreNone) {
  EXPECT_EQ(NanosOf(nanoseconds(-1)), 0u);
  EXPECT_EQ(NanosOf(hours::min()), 0u);
  EXPECT_EQ(NanosOf(duration<double>(-1)), 0u);
  EXPECT_EQ(NanosOf(duration<double>(std::numeric_limits<double>::quiet_NaN())),
            0u);
}

TEST(TimeTest, LengthsThatCannotBeCountedNeverPass) {
  EXPECT_EQ(NanosOf(hours::max()), kNever);
  EXPECT_EQ(NanosOf(seconds::max()), kNever);
  EXPECT_EQ(NanosOf(duration<double>(1e300)), kNever);
  EXPECT_EQ(NanosOf(nanoseconds::max()),
            static_cast<uint64_t>(nanoseconds::max().count()));
  EXPECT_EQ(DeadlineIn(kNever), kNever);
  EXPECT_EQ(DeadlineOf(steady_clock::time_point::max()),
            static_cast<uint64_t>(nanoseconds::max().count()));
  EXPECT_EQ(DeadlineOf(std::chrono::time_point<steady_clock, hours>::max()),
            kNever);
}

// Starts long before its epoch.
struct EarlyClock {
  using duration = nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<EarlyClock>;
  static time_point now() {
    return time_point(seconds(-100) + steady_clock::now().time_since_epoch());
  }
};

TEST(TimeTest, DeadlinesOfAllClocksAreOnTheOneOfTheRun) {
  EXPECT_EQ(TextOf(RunOnce([] {
              this_thread::sleep_for(seconds(5));
              FOZZY_ALWAYS(DeadlineOf(steady_clock::now() + seconds(1)) ==
                               NanosOf(seconds(6)),
                           "steady");
              FOZZY_ALWAYS(DeadlineOf(system_clock::now() + seconds(2)) ==
                               NanosOf(seconds(7)),
                           "system");
              FOZZY_ALWAYS(DeadlineOf(EarlyClock::now() + seconds(3)) ==
                               NanosOf(seconds(8)),
                           "early");
              FOZZY_ALWAYS(DeadlineOf(system_clock::now() - hours(1)) ==
                               NanosOf(seconds(5)),
                           "past");
              FOZZY_ALWAYS(DeadlineOf(system_clock::time_point::max()) >
                               NanosOf(hours(1'000'000)),
                           "far");
            })),
            "none");
}

TEST(TimeTest, TheSystemClockTellsADate) {
  const auto time = system_clock::from_time_t(1'600'000'000);

  EXPECT_EQ(system_clock::to_time_t(time), 1'600'000'000);
  EXPECT_EQ(system_clock::to_time_t(system_clock::now()), 1'577'836'800);
}

TEST(TimeTest, AWaitThatNeverEndsIsADeadlock) {
  const auto finding = RunOnce([] {
    timed_mutex lock;
    lock.lock();
    thread waiter([&] { lock.try_lock_for(hours::max()); });
    waiter.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kDeadlock);
}

}  // namespace
}  // namespace fozzy
