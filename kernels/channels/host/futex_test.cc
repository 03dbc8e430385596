#include "kernels/channels/host/futex.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace fozzy::channels::host {
namespace {

TEST(FutexTest, DeadlinesLieAheadAndNeverStaysNever) {
  const int64_t now = DeadlineAfter(0);

  EXPECT_GE(DeadlineAfter(1'000'000'000), now + 1'000'000'000);
  EXPECT_EQ(DeadlineAfter(INT64_MAX), INT64_MAX);
}

TEST(FutexTest, DoesNotSleepWhenTheNumberIsAnother) {
  std::atomic<uint32_t> word = 7;

  EXPECT_TRUE(FutexWait(word, 6, INT64_MAX));
}

TEST(FutexTest, GivesUpAtTheDeadline) {
  std::atomic<uint32_t> word = 7;

  while (FutexWait(word, 7, DeadlineAfter(1000))) {
  }
  EXPECT_FALSE(FutexWait(word, 7, DeadlineAfter(0)));
}

TEST(FutexTest, WakesAllThatSleep) {
  std::atomic<uint32_t> word = 0;
  const auto wait_for_one = [&] {
    while (word.load() == 0) FutexWait(word, 0, INT64_MAX);
  };
  std::thread first(wait_for_one);
  std::thread second(wait_for_one);

  word.store(1);
  FutexWakeAll(word);

  first.join();
  second.join();
}

}  // namespace
}  // namespace fozzy::channels::host
