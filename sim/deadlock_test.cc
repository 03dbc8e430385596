#include "sim/deadlock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using testing::HasSubstr;
using testing::Not;

// Two tasks that take two locks in opposite orders, after `others` more tasks
// have been started.
std::optional<Finding> FindOpposite(int others) {
  return Search([others] {
    mutex a;
    mutex b;
    for (int i = 0; i < others; ++i) thread([] {}).detach();
    const auto take = [](mutex& first, mutex& second) {
      const lock_guard outer(first);
      const lock_guard inner(second);
    };
    thread one(take, std::ref(a), std::ref(b));
    thread two(take, std::ref(b), std::ref(a));
    one.join();
    two.join();
  });
}

TEST(DeadlockTest, TheSignatureIsTheSameWhoeverTakesPart) {
  const auto first = FindOpposite(0);
  const auto second = FindOpposite(2);

  ASSERT_TRUE(first);
  ASSERT_TRUE(second);
  EXPECT_EQ(first->kind, FindingKind::kDeadlock);
  EXPECT_EQ(Signature(*first), Signature(*second));
  EXPECT_NE(first->message, second->message);
  EXPECT_THAT(first->message, HasSubstr("tasks wait in a circle: "));
  EXPECT_THAT(first->message, Not(HasSubstr("main")));
}

TEST(DeadlockTest, ThoseThatOnlyWaitForTheEndOfOthersAreNotInTheSignature) {
  uint32_t line = 0;
  const auto finding = RunOnce([&] {
    binary_semaphore never(0);
    thread stuck([&] {
      line = __LINE__ + 1;
      never.acquire();
    });
    stuck.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->title, "deadlock_test.cc:" + std::to_string(line));
  EXPECT_THAT(finding->message, HasSubstr("main waits at deadlock_test.cc:"));
}

TEST(DeadlockTest, ARunThatGoesOnAndOnReachesTheBound) {
  DullStrategy strategy;
  const Runs runs = RunMany(
      [] {
        atomic<int> number = 0;
        for (;;) ++number;
      },
      strategy, 1, {.points_max = 500});

  ASSERT_TRUE(runs.finding);
  EXPECT_EQ(runs.finding->kind, FindingKind::kStepBound);
  EXPECT_THAT(runs.finding->message,
              HasSubstr("not ended after 500 schedule points: main is at"));
}

}  // namespace
}  // namespace fozzy
