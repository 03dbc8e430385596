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

TEST(ConditionVariableTest, HandsOverInEverySchedule) {
  const Runs runs = RunAll([] {
    mutex lock;
    condition_variable changed;
    bool is_ready = false;
    thread waiter([&] {
      unique_lock guard(lock);
      changed.wait(guard, [&] { return is_ready; });
      FOZZY_ALWAYS(is_ready && guard.owns_lock(), "told");
    });
    {
      const lock_guard guard(lock);
      is_ready = true;
    }
    changed.notify_one();
    waiter.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(ConditionVariableTest, WaitsEndForNoReasonNowAndThen) {
  bool was_spurious = false;
  const Runs runs = RunAll([&] {
    mutex lock;
    condition_variable changed;
    bool is_ready = false;
    thread waiter([&] {
      unique_lock guard(lock);
      while (!is_ready) {
        changed.wait(guard);
        if (!is_ready) was_spurious = true;
      }
    });
    {
      const lock_guard guard(lock);
      is_ready = true;
      changed.notify_all();
    }
    waiter.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(was_spurious);
}

TEST(ConditionVariableTest, NotifyOneWakesAnyOfThoseThatWait) {
  bool is_woken[3] = {};
  const Runs runs = RunAll(
      [&] {
        mutex lock;
        condition_variable changed;
        int waiting = 0;
        int tickets = 0;
        int first = -1;
        const auto wait = [&](int me) {
          unique_lock guard(lock);
          ++waiting;
          changed.wait(guard, [&] { return tickets > 0; });
          --tickets;
          if (first < 0 && waiting == 2) first = me;
        };
        thread a(wait, 0);
        thread b(wait, 1);
        for (int i = 0; i < 2; ++i) {
          const lock_guard guard(lock);
          ++tickets;
          changed.notify_one();
        }
        a.join();
        b.join();
        is_woken[first + 1] = true;
      },
      50'000);

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(is_woken[1]);
  EXPECT_TRUE(is_woken[2]);
}

TEST(ConditionVariableTest, WaitForEndsWhenItsTimeHasPassed) {
  EXPECT_EQ(
      TextOf(RunOnce([] {
        mutex lock;
        condition_variable changed;
        unique_lock guard(lock);
        FOZZY_ALWAYS(
            changed.wait_for(guard, milliseconds(5)) == cv_status::timeout,
            "nobody tells it");
        FOZZY_ALWAYS(steady_clock::now().time_since_epoch() == milliseconds(5),
                     "exactly");
        FOZZY_ALWAYS(guard.owns_lock(), "it has the lock again");
        FOZZY_ALWAYS(!changed.wait_until(guard, steady_clock::now(),
                                         [] { return false; }),
                     "at once");
        FOZZY_ALWAYS(
            changed.wait_for(guard, milliseconds(1), [] { return true; }),
            "nothing to wait for");
      })),
      "none");
}

// A notification is never spent on somebody whose time was up.
TEST(ConditionVariableTest, TimeOutsAndNotificationsRaceAndNoneIsLost) {
  bool was_late = false;
  bool was_told = false;
  const Runs runs = RunAll(
      [&] {
        mutex lock;
        condition_variable changed;
        bool is_ready = false;
        thread impatient([&] {
          unique_lock guard(lock);
          const auto status = changed.wait_for(guard, milliseconds(1));
          (status == cv_status::timeout ? was_late : was_told) = true;
        });
        thread patient([&] {
          unique_lock guard(lock);
          changed.wait(guard, [&] { return is_ready; });
        });
        {
          const lock_guard guard(lock);
          is_ready = true;
          changed.notify_all();
        }
        impatient.join();
        patient.join();
      },
      50'000);

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(was_late);
  EXPECT_TRUE(was_told);
}

TEST(ConditionVariableTest, ANotificationThatNobodyHeardIsALostWakeup) {
  const auto finding = Search([] {
    mutex lock;
    condition_variable changed;
    thread waiter([&] {
      unique_lock guard(lock);
      changed.wait(guard);
    });
    changed.notify_one();
    waiter.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kLostWakeup);
  EXPECT_THAT(finding->message, HasSubstr("task 1 waits at condition_hooks"));
  EXPECT_THAT(finding->message, HasSubstr("last notified by main at"));
}

TEST(ConditionVariableTest, WaitingForWhatNobodyTellsIsADeadlock) {
  const auto finding = RunOnce([] {
    mutex lock;
    condition_variable changed;
    unique_lock guard(lock);
    changed.wait(guard);
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kDeadlock);
  EXPECT_THAT(finding->message,
              HasSubstr("main waits at condition_hooks_test.cc:"));
  EXPECT_THAT(finding->message, HasSubstr("for condition variable"));
}

TEST(ConditionVariableTest, WaitingWithoutTheLockIsAPanic) {
  EXPECT_THAT(TextOf(RunOnce([] {
                mutex lock;
                condition_variable changed;
                unique_lock guard(lock, defer_lock);
                changed.wait(guard);
              })),
              HasSubstr("panic/wait with a mutex that the task does not hold"));
}

TEST(ConditionVariableTest, WaitingWithTwoMutexesIsAPanic) {
  const auto finding = Search([] {
    mutex a;
    mutex b;
    condition_variable changed;
    const auto wait = [&](mutex& its) {
      unique_lock guard(its);
      changed.wait(guard);
    };
    thread first(wait, std::ref(a));
    thread second(wait, std::ref(b));
    first.join();
    second.join();
  });

  EXPECT_THAT(TextOf(finding),
              HasSubstr("panic/wait for one condition with two mutexes"));
}

TEST(ConditionVariableTest, TellsAtTheEndOfATask) {
  const Runs runs = RunAll([] {
    mutex lock;
    condition_variable changed;
    thread_local_var<int> local;
    bool is_ready = false;
    thread last([&] {
      unique_lock guard(lock);
      is_ready = true;
      *local = 3;
      notify_all_at_thread_exit(changed, std::move(guard));
    });
    {
      unique_lock guard(lock);
      changed.wait(guard, [&] { return is_ready; });
    }
    last.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(ConditionVariableAnyTest, WaitsWithAnyLock) {
  const auto finding = Search([] {
    shared_mutex lock;
    condition_variable_any changed;
    bool is_ready = false;
    const auto wait = [&] {
      shared_lock guard(lock);
      changed.wait(guard, [&] { return is_ready; });
    };
    thread a(wait);
    thread b(wait);
    {
      const lock_guard guard(lock);
      is_ready = true;
    }
    changed.notify_all();
    a.join();
    b.join();
  });

  EXPECT_EQ(TextOf(finding), "none");
}

TEST(ConditionVariableAnyTest, StopsWaitingWhenAskedTo) {
  const auto finding = Search([] {
    mutex lock;
    condition_variable_any changed;
    jthread waiter([&](stop_token token) {
      unique_lock guard(lock);
      const bool is_met = changed.wait(guard, token, [] { return false; });
      FOZZY_ALWAYS(!is_met, "it was stopped");
      FOZZY_ALWAYS(token.stop_requested(), "it was stopped");
    });
    this_thread::yield();
  });

  EXPECT_EQ(TextOf(finding), "none");
}

TEST(ConditionVariableAnyTest, GivesUpInTime) {
  EXPECT_EQ(
      TextOf(RunOnce([] {
        recursive_mutex lock;
        condition_variable_any changed;
        const lock_guard guard(lock);
        unique_lock inner(lock);
        inner.unlock();
        unique_lock alone(lock, defer_lock);
        timed_mutex other;
        other.lock();
        FOZZY_ALWAYS(
            changed.wait_for(other, milliseconds(2)) == cv_status::timeout,
            "late");
        FOZZY_ALWAYS(!changed.wait_for(other, stop_token(), milliseconds(2),
                                       [] { return false; }),
                     "late");
        other.unlock();
      })),
      "none");
}

}  // namespace
}  // namespace fozzy
