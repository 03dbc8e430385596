#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

TEST(RealThreadTest, AThreadOfTheHostThatTouchesASimulatedObjectIsFound) {
  const auto finding = RunOnce([] {
    atomic<int> number = 0;
    ++number;
    std::thread([&] { number.store(3); }).join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kRealThread);
  EXPECT_THAT(finding->title, HasSubstr("real_thread_stress_test.cc:"));
  EXPECT_THAT(finding->message, HasSubstr("start tasks with fozzy::thread"));
}

TEST(RealThreadTest, ATaskThatAThreadOfTheHostStartsIsFound) {
  const auto finding = RunOnce([] {
    std::thread([&] {
      thread task([] {});
      task.join();
    }).join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kRealThread);
}

TEST(RealThreadTest, LocksAreNoticedToo) {
  const auto finding = RunOnce([] {
    mutex lock;
    const lock_guard guard(lock);
    std::thread([&] { lock.try_lock(); }).join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kRealThread);
}

TEST(RealThreadTest, AThreadOfTheHostThatKeepsToItselfIsNone) {
  EXPECT_EQ(TextOf(RunOnce([] {
              int number = 0;
              std::thread([&] { number = 3; }).join();
              FOZZY_ALWAYS(number == 3, "it ran");
            })),
            "none");
}

}  // namespace
}  // namespace fozzy
