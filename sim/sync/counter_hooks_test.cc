#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

TEST(SemaphoreTest, LetsInAsManyAsItHasPermits) {
  int inside_max = 0;
  const Runs runs = RunAll(
      [&] {
        counting_semaphore<2> permits(2);
        int inside = 0;
        const auto work = [&] {
          permits.acquire();
          FOZZY_ALWAYS(++inside <= 2, "two permits");
          inside_max = std::max(inside, inside_max);
          this_thread::yield();
          --inside;
          permits.release();
        };
        thread a(work);
        thread b(work);
        work();
        a.join();
        b.join();
      },
      50'000);

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_EQ(inside_max, 2);
}

TEST(SemaphoreTest, HandsOverInEverySchedule) {
  const Runs runs = RunAll([] {
    binary_semaphore ping(0);
    binary_semaphore pong(0);
    int value = 0;
    thread other([&] {
      ping.acquire();
      FOZZY_ALWAYS(value == 1, "ping");
      value = 2;
      pong.release();
    });
    value = 1;
    ping.release();
    pong.acquire();
    FOZZY_ALWAYS(value == 2, "pong");
    other.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(SemaphoreTest, TriesAndGivesUp) {
  EXPECT_EQ(TextOf(RunOnce([] {
              counting_semaphore<3> permits(1);
              FOZZY_ALWAYS(permits.try_acquire(), "one");
              FOZZY_ALWAYS(!permits.try_acquire(), "none is left");
              FOZZY_ALWAYS(!permits.try_acquire_for(milliseconds(1)), "late");
              FOZZY_ALWAYS(!permits.try_acquire_until(steady_clock::now()),
                           "late");
              permits.release(3);
              FOZZY_ALWAYS(permits.try_acquire_for(milliseconds(1)), "there");
            })),
            "none");
}

TEST(SemaphoreTest, SpinningOnTryAcquireEnds) {
  EXPECT_EQ(TextOf(RunOnce([] {
              binary_semaphore ready(0);
              thread other([&] { ready.release(); });
              while (!ready.try_acquire()) {
              }
              other.join();
            })),
            "none");
}

TEST(SemaphoreTest, AReleaseAboveItsMaximumIsAPanic) {
  EXPECT_THAT(TextOf(RunOnce([] {
                binary_semaphore semaphore(1);
                semaphore.release();
              })),
              HasSubstr("panic/release of a semaphore above its maximum: main "
                        "at counter_hooks_test.cc:"));
}

TEST(LatchTest, LetsEverybodyPassOnceItIsZero) {
  const Runs runs = RunAll([] {
    latch done(2);
    int count = 0;
    const auto work = [&] {
      ++count;
      done.count_down();
    };
    thread a(work);
    thread b(work);
    done.wait();
    FOZZY_ALWAYS(count == 2, "all are done");
    FOZZY_ALWAYS(done.try_wait(), "it stays open");
    a.join();
    b.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(LatchTest, ArriveAndWaitMeets) {
  const Runs runs = RunAll([] {
    latch start(2);
    int count = 0;
    const auto work = [&] {
      ++count;
      start.arrive_and_wait();
      FOZZY_ALWAYS(count == 2, "both have come");
    };
    thread other(work);
    work();
    other.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(LatchTest, CountingBelowZeroIsAPanic) {
  EXPECT_THAT(TextOf(RunOnce([] {
                latch done(1);
                done.count_down(2);
              })),
              HasSubstr("panic/count_down of a latch below zero"));
}

TEST(LatchTest, ThatIsNeverDoneIsADeadlockThatSaysHowManyAreMissing) {
  EXPECT_THAT(TextOf(RunOnce([] {
                latch done(3);
                done.count_down();
                done.wait();
              })),
              HasSubstr("for latch 1, 2 still to come"));
}

TEST(BarrierTest, RunsItsCompletionBetweenPhases) {
  const Runs runs = RunAll(
      [] {
        int arrived = 0;
        int phases = 0;
        const auto complete = [&]() noexcept {
          FOZZY_ALWAYS(arrived == 2 * (phases + 1), "all have come");
          ++phases;
        };
        barrier<decltype(complete)> meeting(2, complete);
        const auto work = [&] {
          for (int round = 0; round < 2; ++round) {
            ++arrived;
            meeting.arrive_and_wait();
            FOZZY_ALWAYS(phases > round, "the completion is done");
          }
        };
        thread other(work);
        work();
        other.join();
        FOZZY_ALWAYS(phases == 2, "two phases");
      },
      100'000);

  EXPECT_EQ(TextOf(runs.finding), "none");
}

TEST(BarrierTest, ForgetsThoseThatDropOut) {
  const Runs runs = RunAll([] {
    barrier<> meeting(2);
    thread other([&] { meeting.arrive_and_drop(); });
    meeting.arrive_and_wait();
    meeting.arrive_and_wait();
    other.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(BarrierTest, TokensOfPhasesThatAreOverDoNotWait) {
  EXPECT_EQ(TextOf(RunOnce([] {
              barrier<> meeting(1);
              auto token = meeting.arrive();
              auto next = meeting.arrive();
              meeting.wait(std::move(token));
              meeting.wait(std::move(next));
            })),
            "none");
}

TEST(BarrierTest, TooManyArrivalsAreAPanic) {
  EXPECT_THAT(TextOf(RunOnce([] {
                barrier<> meeting(2);
                static_cast<void>(meeting.arrive(3));
              })),
              HasSubstr("panic/more arrive at a barrier than it expects"));
}

}  // namespace
}  // namespace fozzy
