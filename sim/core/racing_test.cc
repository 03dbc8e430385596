#include "sim/core/racing.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

Op OpOf(OpKind kind, uint32_t object, uint32_t task) {
  return {.kind = kind, .object = object, .task = {task}};
}

// Whether two tasks' ops of these kinds on one object race.
bool Race(OpKind a, OpKind b) {
  const bool race = IsRacing(OpOf(a, 5, 2), OpOf(b, 5, 3));
  EXPECT_EQ(race, IsRacing(OpOf(b, 5, 3), OpOf(a, 5, 2)));
  return race;
}

TEST(RacingTest, AWriteRacesWithAnyAccess) {
  EXPECT_TRUE(Race(OpKind::kWrite, OpKind::kWrite));
  EXPECT_TRUE(Race(OpKind::kWrite, OpKind::kRead));
  EXPECT_TRUE(Race(OpKind::kStore, OpKind::kLoad));
  EXPECT_TRUE(Race(OpKind::kReadModifyWrite, OpKind::kReadModifyWrite));
  EXPECT_TRUE(Race(OpKind::kLock, OpKind::kLock));
  EXPECT_TRUE(Race(OpKind::kNotify, OpKind::kWait));
}

TEST(RacingTest, ReadsDoNotRace) {
  EXPECT_FALSE(Race(OpKind::kRead, OpKind::kRead));
  EXPECT_FALSE(Race(OpKind::kLoad, OpKind::kLoad));
}

TEST(RacingTest, OpsOfOneTaskOrOfDifferentObjectsDoNotRace) {
  EXPECT_FALSE(
      IsRacing(OpOf(OpKind::kWrite, 5, 2), OpOf(OpKind::kWrite, 5, 2)));
  EXPECT_FALSE(
      IsRacing(OpOf(OpKind::kWrite, 5, 2), OpOf(OpKind::kWrite, 6, 3)));
}

TEST(RacingTest, WhatHasNoObjectRacesWithNothing) {
  for (const OpKind kind : {OpKind::kNone, OpKind::kStart, OpKind::kYield,
                            OpKind::kFence, OpKind::kTimer}) {
    for (uint8_t other = 0; other < kOpKinds; ++other) {
      EXPECT_FALSE(Race(kind, static_cast<OpKind>(other))) << int{other};
    }
  }
}

TEST(RacingTest, TasksAreNumberedApartFromOtherObjects) {
  EXPECT_FALSE(Race(OpKind::kJoin, OpKind::kWrite));
  EXPECT_TRUE(Race(OpKind::kJoin, OpKind::kExit));
}

TEST(RacingTest, OnlyBytesThatOverlapRace) {
  Op a = OpOf(OpKind::kWrite, 5, 2);
  Op b = OpOf(OpKind::kRead, 5, 3);
  for (uint16_t begin = 0; begin < 12; ++begin) {
    a.offset = 4;
    a.size = 4;
    b.offset = begin;
    b.size = 2;
    EXPECT_EQ(IsRacing(a, b), begin > 2 && begin < 8) << begin;
    EXPECT_EQ(IsRacing(b, a), begin > 2 && begin < 8) << begin;
  }
}

}  // namespace
}  // namespace fozzy
