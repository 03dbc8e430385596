#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

TEST(LifetimeTest, DestroyingALockThatIsHeldIsAPanic) {
  EXPECT_THAT(TextOf(RunOnce([] {
                mutex lock;
                lock.lock();
              })),
              HasSubstr("panic/destruction of a mutex that is held: main at "
                        "lifetime_hooks_test.cc:"));
  EXPECT_THAT(TextOf(RunOnce([] {
                shared_mutex lock;
                lock.lock_shared();
              })),
              HasSubstr("panic/destruction of a shared mutex in use"));
}

TEST(LifetimeTest, DestroyingWhatOthersWaitForIsAPanic) {
  EXPECT_THAT(TextOf(RunOnce([] {
                mutex lock;
                std::optional<condition_variable> changed(std::in_place);
                thread waiter([&] {
                  unique_lock guard(lock);
                  changed->wait(guard);
                });
                this_thread::yield();
                changed.reset();
                waiter.join();
              })),
              HasSubstr("panic/destruction of a condition variable in use"));
  EXPECT_THAT(TextOf(RunOnce([] {
                std::optional<barrier<>> meeting(2);
                thread waiter([&] { meeting->arrive_and_wait(); });
                this_thread::yield();
                meeting.reset();
                waiter.join();
              })),
              HasSubstr("panic/destruction of a barrier in use"));
  EXPECT_THAT(TextOf(RunOnce([] {
                std::optional<atomic<int>> stage(0);
                thread waiter([&] { stage->wait(0); });
                this_thread::yield();
                stage.reset();
                waiter.join();
              })),
              HasSubstr("panic/destruction of an atomic object in use"));
}

TEST(LifetimeTest, AConditionMayGoOnceAllWereNotified) {
  const Runs runs = RunAll([] {
    mutex lock;
    bool is_ready = false;
    bool is_waiting = false;
    std::optional<condition_variable> changed(std::in_place);
    thread waiter([&] {
      unique_lock guard(lock);
      is_waiting = true;
      while (!is_ready) changed->wait(guard);
    });
    {
      const lock_guard guard(lock);
      is_ready = true;
      changed->notify_all();
      if (is_waiting) changed.reset();
    }
    waiter.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(LifetimeTest, ObjectsOfARunMayOutliveIt) {
  std::optional<mutex> lock(std::in_place);
  EXPECT_EQ(TextOf(RunOnce([&] { lock->lock(); })), "none");
  EXPECT_EQ(TextOf(RunOnce([&] { lock->lock(); })), "none");
  lock.reset();
}

}  // namespace
}  // namespace fozzy
