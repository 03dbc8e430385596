#include "sim/virtual_clock.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

constexpr Millis kForever = ~Millis{0};

TEST(SaturatingAddTest, StopsAtTheLargestTime) {
  EXPECT_EQ(SaturatingAdd(0, 0), 0u);
  EXPECT_EQ(SaturatingAdd(2, 3), 5u);
  EXPECT_EQ(SaturatingAdd(kForever - 1, 1), kForever);
  EXPECT_EQ(SaturatingAdd(kForever, 1), kForever);
  EXPECT_EQ(SaturatingAdd(kForever, kForever), kForever);
}

TEST(VirtualClockTest, StartsAtZeroAndRuns) {
  const VirtualClock clock;
  EXPECT_EQ(clock.now(), 0u);
  EXPECT_FALSE(clock.is_frozen());
}

TEST(VirtualClockTest, MovesOnlyWhenToldTo) {
  VirtualClock clock;
  clock.Advance(10);
  clock.Advance(0);
  clock.Advance(5);
  EXPECT_EQ(clock.now(), 15u);
}

TEST(VirtualClockTest, Saturates) {
  VirtualClock clock;
  clock.Advance(kForever - 1);
  clock.Advance(2);
  EXPECT_EQ(clock.now(), kForever);
}

TEST(VirtualClockTest, AdvanceMovesAFrozenClockAndLeavesItFrozen) {
  VirtualClock clock;
  clock.Freeze();
  clock.Advance(7);
  EXPECT_EQ(clock.now(), 7u);
  EXPECT_TRUE(clock.is_frozen());
  clock.Unfreeze();
  EXPECT_FALSE(clock.is_frozen());
  EXPECT_EQ(clock.now(), 7u);
}

TEST(VirtualClockTest, ACopyPutsTheClockBack) {
  VirtualClock clock;
  clock.Advance(3);
  const VirtualClock before = clock;
  clock.Freeze();
  clock.Advance(4);
  clock = before;
  EXPECT_EQ(clock.now(), 3u);
  EXPECT_FALSE(clock.is_frozen());
}

}  // namespace
}  // namespace fozzy
