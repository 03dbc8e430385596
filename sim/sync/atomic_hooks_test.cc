#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

TEST(AtomicTest, CalculatesAsStdDoes) {
  EXPECT_EQ(
      TextOf(RunOnce([] {
        atomic<uint8_t> small = 250;
        FOZZY_ALWAYS(small.fetch_add(10) == 250 && small == 4, "wraps");
        FOZZY_ALWAYS((small -= 5) == 255, "wraps");
        FOZZY_ALWAYS((small &= 0x0f) == 15 && (small ^= 1) == 14, "bits");
        FOZZY_ALWAYS(++small == 15 && small++ == 15 && --small == 15, "steps");
        int numbers[4] = {};
        atomic<int*> pointer = numbers;
        FOZZY_ALWAYS(pointer.fetch_add(2) == numbers, "old");
        FOZZY_ALWAYS(pointer == numbers + 2, "new");
        FOZZY_ALWAYS(--pointer == numbers + 1, "back");
        atomic<bool> flag;
        FOZZY_ALWAYS(!flag.exchange(true) && flag, "flag");
        bool expected = false;
        FOZZY_ALWAYS(!flag.compare_exchange_strong(expected, false), "no");
        FOZZY_ALWAYS(expected, "what it is");
        atomic_flag raw;
        FOZZY_ALWAYS(!raw.test_and_set() && raw.test(), "raw");
        raw.clear();
        FOZZY_ALWAYS(!raw.test(), "raw");
      })),
      "none");
}

struct Padded {
  char tag = 0;
  int number = 0;
};

TEST(AtomicTest, PaddingIsNoPartOfAValue) {
  EXPECT_EQ(TextOf(RunOnce([] {
              alignas(Padded) unsigned char noise[sizeof(Padded)];
              std::memset(noise, 0xff, sizeof(noise));
              auto* dirty = ::new (noise) Padded;
              dirty->tag = 1;
              dirty->number = 2;
              atomic<Padded> value = Padded{1, 2};
              Padded expected = *dirty;
              for (int i = 0; i < 9; ++i) {
                if (value.compare_exchange_weak(expected, Padded{3, 4})) break;
              }
              FOZZY_ALWAYS(value.load().number == 4, "they were equal");
            })),
            "none");
}

TEST(AtomicTest, OutsideOfRunsItIsAValue) {
  atomic<int> number = 3;
  number += 4;
  int expected = 7;
  EXPECT_TRUE(number.compare_exchange_strong(expected, 8));
  EXPECT_EQ(number.load(), 8);
}

TEST(AtomicTest, EachRunFindsWhatWasThereBefore) {
  atomic<int> number = 3;

  const Runs runs = RunAll([&] {
    thread other([&] { ++number; });
    ++number;
    other.join();
    FOZZY_ALWAYS(number == 5, "from 3");
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_GT(runs.count, 1u);
}

TEST(AtomicWaitTest, WakesUpWhenTheValueHasChanged) {
  const Runs runs = RunAll([] {
    atomic<int> stage = 0;
    thread other([&] {
      stage.wait(0);
      FOZZY_ALWAYS(stage == 1, "changed");
      stage = 2;
      stage.notify_all();
    });
    stage = 1;
    stage.notify_one();
    stage.wait(1);
    FOZZY_ALWAYS(stage == 2, "changed");
    other.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(AtomicWaitTest, NotifyAllWakesAll) {
  const Runs runs = RunAll([] {
    atomic_flag gate;
    const auto pass = [&] {
      gate.wait(false);
      FOZZY_ALWAYS(gate.test(), "open");
    };
    thread a(pass);
    thread b(pass);
    gate.test_and_set();
    gate.notify_all();
    a.join();
    b.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
}

TEST(AtomicWaitTest, AStoreWithoutANotificationIsADeadlock) {
  const auto finding = Search([] {
    atomic<int> stage = 0;
    thread other([&] { stage.wait(0); });
    stage = 1;
    other.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kDeadlock);
  EXPECT_THAT(finding->message, HasSubstr("for atomic object"));
}

TEST(AtomicWaitTest, ANotificationBeforeTheStoreIsALostWakeup) {
  const auto finding = Search([] {
    atomic<int> stage = 0;
    thread other([&] { stage.wait(0); });
    stage.notify_one();
    stage = 1;
    other.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kLostWakeup);
}

TEST(AtomicRefTest, IsAtomicAmongAllItsReferences) {
  const Runs runs = RunAll([] {
    int number = 0;
    const auto add = [&] {
      const atomic_ref<int> reference(number);
      reference.fetch_add(1);
      const atomic_ref<int> copy = reference;
      copy.fetch_add(1);
    };
    thread other(add);
    add();
    other.join();
    FOZZY_ALWAYS(number == 4, "all count, and the object has the value");
    number = 10;
    atomic_ref<int> later(number);
    FOZZY_ALWAYS(later.load() == 10, "as it was left");
    later = 11;
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(AtomicRefTest, OutsideOfRunsItWritesThrough) {
  int number = 3;
  const atomic_ref<int> reference(number);

  EXPECT_EQ(reference.fetch_add(2), 3);

  EXPECT_EQ(number, 5);
}

TEST(AtomicTest, SpinningOnAFlagEndsInTheCalmestRun) {
  EXPECT_EQ(TextOf(RunOnce([] {
              atomic<bool> is_done = false;
              thread other([&] { is_done = true; });
              while (!is_done) {
              }
              other.join();
            })),
            "none");
}

TEST(AtomicTest, SpinningOnWhatNobodyChangesIsALivelock) {
  const auto finding = RunOnce([] {
    atomic<bool> is_done = false;
    while (!is_done) {
    }
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kLivelock);
  EXPECT_THAT(finding->message, HasSubstr("main is at"));
}

}  // namespace
}  // namespace fozzy
