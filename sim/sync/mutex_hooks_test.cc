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

// Two tasks that go in and out of `mutex`, one at a time.
template <class Mutex>
void GoInAndOut() {
  Mutex mutex;
  int inside = 0;
  const auto work = [&] {
    const lock_guard guard(mutex);
    FOZZY_ALWAYS(++inside == 1, "alone");
    this_thread::yield();
    --inside;
  };
  thread a(work);
  thread b(work);
  a.join();
  b.join();
  FOZZY_SOMETIMES(inside == 0, "nobody is left");
}

template <class Mutex>
class EveryMutexTest : public testing::Test {};
using Mutexes =
    testing::Types<mutex, timed_mutex, recursive_mutex, recursive_timed_mutex,
                   shared_mutex, shared_timed_mutex>;
TYPED_TEST_SUITE(EveryMutexTest, Mutexes);

TYPED_TEST(EveryMutexTest, KeepsOthersOutInEverySchedule) {
  const Runs runs = RunAll(GoInAndOut<TypeParam>);

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
  EXPECT_GE(runs.count, 9u);
}

TYPED_TEST(EveryMutexTest, TryLockFailsExactlyWhileAnotherHasIt) {
  const Runs runs = RunAll([] {
    TypeParam mutex;
    bool is_held = false;
    thread holder([&] {
      mutex.lock();
      is_held = true;
      this_thread::yield();
      is_held = false;
      mutex.unlock();
    });
    const bool is_mine = mutex.try_lock();
    FOZZY_ALWAYS(!(is_mine && is_held), "it was free");
    if (is_mine) mutex.unlock();
    holder.join();
    FOZZY_ALWAYS(mutex.try_lock(), "it is free");
    mutex.unlock();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

template <class Mutex>
class PlainMutexTest : public testing::Test {};
using PlainMutexes = testing::Types<mutex, timed_mutex, shared_mutex>;
TYPED_TEST_SUITE(PlainMutexTest, PlainMutexes);

TYPED_TEST(PlainMutexTest, LockingItTwiceIsADeadlock) {
  const auto finding = RunOnce([] {
    TypeParam mutex;
    mutex.lock();
    mutex.lock();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kDeadlock);
  EXPECT_THAT(finding->message,
              HasSubstr("main locks at mutex_hooks_test.cc:"));
  EXPECT_THAT(finding->message, HasSubstr("the mutex that it holds since"));
}

TYPED_TEST(PlainMutexTest, UnlockingWhatAnotherHoldsIsAPanic) {
  const auto finding = RunOnce([] {
    TypeParam mutex;
    mutex.lock();
    thread stranger([&] { mutex.unlock(); });
    stranger.join();
  });

  EXPECT_THAT(TextOf(finding),
              HasSubstr("panic/unlock of a mutex that the task does not hold: "
                        "task 1 at mutex_hooks_test.cc:"));
}

TEST(RecursiveMutexTest, IsFreeWhenItWasUnlockedAsOftenAsLocked) {
  const Runs runs = RunAll([] {
    recursive_mutex mutex;
    int inside = 0;
    const auto work = [&] {
      mutex.lock();
      FOZZY_ALWAYS(mutex.try_lock(), "again");
      FOZZY_ALWAYS(++inside == 1, "alone");
      mutex.unlock();
      this_thread::yield();
      --inside;
      mutex.unlock();
    };
    thread other(work);
    work();
    other.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(TimedMutexTest, GivesUpWhenItsTimeHasPassed) {
  const Runs runs = RunAll([] {
    timed_mutex mutex;
    mutex.lock();
    thread late([&] {
      FOZZY_ALWAYS(!mutex.try_lock_for(milliseconds(3)), "it is held");
      FOZZY_ALWAYS(steady_clock::now().time_since_epoch() >= milliseconds(3),
                   "time has passed");
      FOZZY_ALWAYS(!mutex.try_lock_until(steady_clock::now()), "at once");
      FOZZY_ALWAYS(!mutex.try_lock_for(milliseconds(-1)), "at once");
    });
    late.join();
    mutex.unlock();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
}

TEST(TimedMutexTest, TimeOutAndUnlockRace) {
  bool was_late = false;
  bool was_in_time = false;
  const Runs runs = RunAll([&] {
    timed_mutex mutex;
    mutex.lock();
    thread other([&] {
      const bool is_mine = mutex.try_lock_for(milliseconds(1));
      (is_mine ? was_in_time : was_late) = true;
      if (is_mine) mutex.unlock();
    });
    mutex.unlock();
    other.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(was_late);
  EXPECT_TRUE(was_in_time);
}

TEST(SharedMutexTest, ReadersMeetAndWritersAreAlone) {
  uint32_t readers_max = 0;
  const Runs runs = RunAll(
      [&] {
        shared_mutex mutex;
        uint32_t readers = 0;
        uint32_t writers = 0;
        const auto read = [&] {
          const shared_lock lock(mutex);
          ++readers;
          FOZZY_ALWAYS(writers == 0, "no writer");
          this_thread::yield();
          readers_max = std::max(readers, readers_max);
          --readers;
        };
        thread a(read);
        thread b(read);
        {
          const unique_lock lock(mutex);
          ++writers;
          FOZZY_ALWAYS(readers == 0, "no reader");
          this_thread::yield();
          --writers;
        }
        a.join();
        b.join();
      },
      20'000);

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_EQ(readers_max, 2u);
}

TEST(SharedMutexTest, AReaderThatBecomesAWriterIsADeadlock) {
  const auto finding = RunOnce([] {
    shared_mutex mutex;
    mutex.lock_shared();
    mutex.lock();
  });

  EXPECT_THAT(TextOf(finding), HasSubstr("the shared mutex that it shares"));
}

TEST(SharedMutexTest, TwoReadersThatWantToWriteWaitInACircle) {
  const auto finding = Search([] {
    shared_timed_mutex a;
    shared_timed_mutex b;
    thread first([&] {
      a.lock_shared();
      b.lock();
      b.unlock();
      a.unlock_shared();
    });
    thread second([&] {
      b.lock_shared();
      a.lock();
      a.unlock();
      b.unlock_shared();
    });
    first.join();
    second.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kDeadlock);
  EXPECT_THAT(finding->message, HasSubstr("wait in a circle"));
  EXPECT_THAT(finding->message, HasSubstr("shared since"));
}

TEST(SharedMutexTest, UnlockSharedByAStrangerIsAPanic) {
  EXPECT_THAT(TextOf(RunOnce([] {
                shared_mutex mutex;
                mutex.unlock_shared();
              })),
              HasSubstr("panic/unlock_shared of a mutex that the task does "
                        "not share"));
}

TEST(LockTest, TakesManyInAnyOrderWithoutADeadlock) {
  const auto finding = Search([] {
    mutex a;
    mutex b;
    int inside = 0;
    const auto work = [&](mutex& first, mutex& second) {
      const scoped_lock lock(first, second);
      FOZZY_ALWAYS(++inside == 1, "alone");
      --inside;
    };
    thread other(work, std::ref(a), std::ref(b));
    work(b, a);
    other.join();
  });

  EXPECT_EQ(TextOf(finding), "none");
}

TEST(LockTest, TryLockSaysWhichOneWasHeldAndKeepsNone) {
  EXPECT_EQ(TextOf(RunOnce([] {
              mutex a;
              mutex b;
              mutex c;
              b.lock();
              thread([&] {
                FOZZY_ALWAYS(try_lock(a, b, c) == 1, "the second");
                FOZZY_ALWAYS(a.try_lock(), "given back");
                a.unlock();
              }).join();
              b.unlock();
              FOZZY_ALWAYS(try_lock(a, b, c) == -1, "all");
              const scoped_lock held(adopt_lock, a, b, c);
            })),
            "none");
}

TEST(UniqueLockTest, MovesGivesBackAndComplains) {
  EXPECT_EQ(
      TextOf(RunOnce([] {
        timed_mutex mutex;
        unique_lock first(mutex, defer_lock);
        FOZZY_ALWAYS(!first, "not yet");
        FOZZY_ALWAYS(first.try_lock_for(milliseconds(1)), "free");
        unique_lock second(std::move(first));
        FOZZY_ALWAYS(second.owns_lock() && first.mutex() == nullptr, "moved");
        bool has_thrown = false;
        try {
          second.lock();
        } catch (const std::system_error& error) {
          has_thrown =
              error.code() ==
              std::make_error_code(std::errc::resource_deadlock_would_occur);
        }
        FOZZY_ALWAYS(has_thrown, "it has it already");
        second.unlock();
        const unique_lock third(mutex, try_to_lock);
        FOZZY_ALWAYS(third.owns_lock(), "free again");
      })),
      "none");
}

// As long as the main task polls with the lock in hand, nobody else could
// bring what it waits for.
TEST(MutexTest, PollingUnderALockLetsOthersRun) {
  EXPECT_EQ(TextOf(RunOnce([] {
              mutex lock;
              bool is_done = false;
              thread other([&] {
                const lock_guard guard(lock);
                is_done = true;
              });
              for (bool is_seen = false; !is_seen;) {
                const lock_guard guard(lock);
                is_seen = is_done;
              }
              other.join();
            })),
            "none");
}

}  // namespace
}  // namespace fozzy
