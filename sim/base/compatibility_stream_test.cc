#include "sim/base/compatibility_stream.h"

#include <gtest/gtest.h>

#include <vector>

namespace fozzy {
namespace {

struct Vector {
  uint64_t seed;
  uint64_t numbers[4];
};

// Source: the established tool; section 1.3 of the format's description.
constexpr Vector kVectors[] = {
    {0,
     {1572249365435311176, 3324666439358862101, 1428560025456138886,
      4241789070087815140}},
    {1,
     {6338486223705492896, 13330764268399447597u, 17922906013293596796u,
      9920238735825294432u}},
    {7,
     {877555679359244567, 8489183145130685057, 603388764575719657,
      14348097266448689630u}},
};

TEST(CompatibilityStreamTest, DrawsTheEstablishedNumbers) {
  for (const Vector& vector : kVectors) {
    CompatibilityStream stream(vector.seed);
    for (uint64_t i = 0; i < 4; ++i) {
      EXPECT_EQ(stream.At(i), vector.numbers[i])
          << "seed " << vector.seed << ", number " << i;
    }
  }
}

TEST(CompatibilityStreamTest, AnyOrderGivesTheSameNumbers) {
  constexpr uint64_t kCount = 100;
  CompatibilityStream ascending(7);
  std::vector<uint64_t> numbers;
  for (uint64_t i = 0; i < kCount; ++i) numbers.push_back(ascending.At(i));

  CompatibilityStream descending(7);
  for (uint64_t i = kCount; i-- > 0;) {
    EXPECT_EQ(descending.At(i), numbers[i]) << i;
  }
  CompatibilityStream strided(7);
  for (uint64_t i = 0; i < kCount; ++i) {
    const uint64_t index = i * 37 % kCount;
    EXPECT_EQ(strided.At(index), numbers[index]) << index;
  }
}

TEST(CompatibilityStreamTest, FollowsTheBlocksOfChaCha20) {
  CompatibilityStream stream(0);
  CompatibilityStream other(0);
  // The first number of block 1 is not one of block 0.
  for (uint64_t i = 0; i < 8; ++i) EXPECT_NE(stream.At(8), other.At(i)) << i;
}

TEST(CompatibilityStreamTest, ReachesTheFarEnd) {
  CompatibilityStream stream(1);
  const uint64_t last = stream.At(~uint64_t{0});
  EXPECT_EQ(stream.At(0), kVectors[1].numbers[0]);
  EXPECT_EQ(stream.At(~uint64_t{0}), last);
}

}  // namespace
}  // namespace fozzy
