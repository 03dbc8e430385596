#include "fozzy/liveness.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

TEST(EventuallyTest, OwesNothingBeforeAHeal) {
  Eventually leader("one leader", 5);

  leader.Observe(0, false);

  EXPECT_FALSE(leader.is_owed());
  EXPECT_EQ(leader.Failure(1000), std::nullopt);
}

TEST(EventuallyTest, HasUntilTheLastMoment) {
  Eventually leader("one leader", 5);
  leader.Heal(10);

  EXPECT_EQ(leader.Failure(15), std::nullopt);
  EXPECT_EQ(leader.Failure(16),
            "one leader: has not held 6 after the heal, expected within 5");

  leader.Observe(15, true);
  EXPECT_FALSE(leader.is_owed());
  EXPECT_EQ(leader.Failure(1000), std::nullopt);
}

TEST(EventuallyTest, HoldingTooLateIsAFailureForEver) {
  Eventually leader("one leader", 5);
  leader.Heal(10);
  leader.Observe(12, false);
  leader.Observe(17, true);
  leader.Observe(18, true);

  EXPECT_EQ(leader.Failure(1000),
            "one leader: held 7 after the heal, expected within 5");
}

TEST(EventuallyTest, WhatHeldBeforeAHealDoesNotCount) {
  Eventually leader("one leader", 5);
  leader.Heal(10);
  leader.Observe(11, true);
  leader.Heal(20);

  EXPECT_TRUE(leader.is_owed());
  EXPECT_EQ(leader.Failure(25), std::nullopt);
  EXPECT_NE(leader.Failure(26), std::nullopt);
}

TEST(EventuallyTest, TimesNearTheEndDoNotWrap) {
  Eventually leader("one leader", ~uint64_t{0});
  leader.Heal(3);
  EXPECT_EQ(leader.Failure(~uint64_t{0}), std::nullopt);
}

TEST(EventuallyDeathTest, TimeDoesNotGoBack) {
  Eventually leader("one leader", 5);
  leader.Heal(10);
  EXPECT_DEATH(leader.Observe(9, true), "check failed");
}

}  // namespace
}  // namespace fozzy
