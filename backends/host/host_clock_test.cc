#include "backends/host/host_clock.h"

#include <signal.h>
#include <sys/time.h>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(HostClockTest, SleepsForAtLeastTheTimeAskedFor) {
  HostClock clock;

  clock.Sleep(30);

  EXPECT_GE(clock.Elapsed(), 30u);
  EXPECT_LT(clock.Elapsed(), 5000u);
}

TEST(HostClockTest, NeverGoesBack) {
  HostClock clock;
  Millis last = 0;

  for (int i = 0; i < 100'000; ++i) {
    const Millis now = clock.Elapsed();
    ASSERT_GE(now, last);
    last = now;
  }
}

TEST(HostClockTest, SleepsNotAtAllForNoTime) {
  HostClock clock;

  for (int i = 0; i < 100; ++i) clock.Sleep(0);

  EXPECT_LT(clock.Elapsed(), 1000u);
}

TEST(HostClockTest, SleepsOnWhenASignalComes) {
  struct sigaction action = {};
  action.sa_handler = [](int) {};
  sigaction(SIGALRM, &action, nullptr);
  const itimerval soon = {.it_interval = {.tv_sec = 0, .tv_usec = 2000},
                          .it_value = {.tv_sec = 0, .tv_usec = 2000}};
  setitimer(ITIMER_REAL, &soon, nullptr);
  HostClock clock;

  clock.Sleep(30);

  EXPECT_GE(clock.Elapsed(), 30u);
  const itimerval never = {};
  setitimer(ITIMER_REAL, &never, nullptr);
}

}  // namespace
}  // namespace fozzy
