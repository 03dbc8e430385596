#include <gtest/gtest.h>

#include "kernels/channels/ring.h"
#include "kernels/channels/std_sync.h"

namespace fozzy::channels {
namespace {

TEST(RingTest, MessagesTakeWholeGranulesAndAtLeastOne) {
  RingMemory<StdSync> memory({.granules = 8, .words_per_granule = 8});
  const Ring<StdSync> ring = memory.ring();

  EXPECT_EQ(ring.GranulesOf(0), 1u);
  EXPECT_EQ(ring.GranulesOf(1), 1u);
  EXPECT_EQ(ring.GranulesOf(64), 1u);
  EXPECT_EQ(ring.GranulesOf(65), 2u);
  EXPECT_EQ(ring.GranulesOf(UINT32_MAX), 1u << 26);
}

TEST(RingTest, APadSaysItsLengthInGranules) {
  RingMemory<StdSync> memory({.granules = 8, .words_per_granule = 8});

  EXPECT_EQ(memory.ring().GranulesOf(Header{5, kPadType, 1}), 5u);
  EXPECT_EQ(memory.ring().GranulesOf(Header{5, kNoType, 1}), 1u);
}

TEST(RingTest, PositionsComeBackToTheStartAfterALap) {
  RingMemory<StdSync> memory({.granules = 8, .words_per_granule = 2});
  const Ring<StdSync> ring = memory.ring();

  EXPECT_EQ(ring.capacity(), 8u);
  EXPECT_EQ(ring.At(3) - ring.words, 6);
  EXPECT_EQ(ring.At(8 * 5 + 3), ring.At(3));
  EXPECT_EQ(ring.ToEnd(8), 8u);
  EXPECT_EQ(ring.ToEnd(15), 1u);
}

TEST(RingTest, AHeaderIsItsWord) {
  for (const Header header :
       {Header{0, 0, 1}, Header{UINT32_MAX, 1000, UINT16_MAX}, Header{1, 2, 3},
        Header{7, kPadType, 1}}) {
    const Header copy = Header::From(header.word());

    EXPECT_EQ(copy.length, header.length);
    EXPECT_EQ(copy.type, header.type);
    EXPECT_EQ(copy.run, header.run);
  }
}

TEST(RingTest, StampsOfAllPositionsDifferAndNoneIsThatOfFreshMemory) {
  for (uint64_t position = 0; position < 4; ++position) {
    EXPECT_NE(CommittedAt(position), 0u);
    EXPECT_NE(ReleasedAt(position), 0u);
    for (uint64_t other = 0; other < 4; ++other) {
      EXPECT_NE(CommittedAt(position), ReleasedAt(other));
    }
  }
}

TEST(RingTest, WhatDifferentSidesWriteLiesOnDifferentLines) {
  RingMemory<StdSync> memory({.granules = 8, .words_per_granule = 8});
  const RingControl<StdSync>& control = *memory.ring().control;
  const auto offset = [&](const void* field) {
    return static_cast<const char*>(field) -
           static_cast<const char*>(static_cast<const void*>(&control));
  };

  EXPECT_GE(offset(&control.is_closed) - offset(&control.tail), 128);
  EXPECT_GE(offset(&control.head) - offset(&control.is_closed), 128);
  EXPECT_GE(offset(&control.claim) - offset(&control.head), 128);
  EXPECT_GE(offset(&control.cursors[0]) - offset(&control.claim), 128);
  EXPECT_GE(offset(&control.cursors[1]) - offset(&control.cursors[0]), 128);
  EXPECT_GE(offset(&control.space) - offset(&control.items), 128);
}

}  // namespace
}  // namespace fozzy::channels
