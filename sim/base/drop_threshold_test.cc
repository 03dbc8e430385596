#include "sim/base/drop_threshold.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sim/base/rng.h"

namespace fozzy {
namespace {

// The rule of the established format, word for word.
bool IsDropped(uint64_t draw, double rate) {
  return static_cast<double>(draw) / static_cast<double>(~uint64_t{0}) < rate;
}

constexpr double kRates[] = {
    0.0,
    std::numeric_limits<double>::denorm_min(),
    std::numeric_limits<double>::min(),
    1e-300,
    0x1p-64,
    1e-19,
    1e-9,
    0.05,
    0.1,
    1.0 / 3,
    0.5,
    0.75,
    0.9,
    0.999999999,
    1.0 - 0x1p-53,
    1.0,
};

TEST(DropThresholdTest, AgreesWithTheRuleAroundTheThreshold) {
  for (const double rate : kRates) {
    const uint64_t threshold = DropThreshold(rate);
    for (uint64_t distance = 0; distance < 5000; ++distance) {
      const uint64_t above = threshold + distance;
      if (above >= threshold) {
        ASSERT_FALSE(IsDropped(above, rate)) << rate << " + " << distance;
      }
      if (distance < threshold) {
        ASSERT_TRUE(IsDropped(threshold - 1 - distance, rate))
            << rate << " - " << distance;
      }
    }
  }
}

TEST(DropThresholdTest, AgreesWithTheRuleOnRandomDrawsAndRates) {
  Rng rng("drop", 7);
  for (int round = 0; round < 20'000; ++round) {
    const double rate = std::ldexp(static_cast<double>(rng.Next() >> 11), -53);
    const uint64_t threshold = DropThreshold(rate);
    const uint64_t draw = rng.Next();
    ASSERT_EQ(draw < threshold, IsDropped(draw, rate)) << round;
    const uint64_t near = threshold - 4096 + rng.UpTo(8191);
    ASSERT_EQ(near < threshold, IsDropped(near, rate)) << round;
  }
}

TEST(DropThresholdTest, NothingIsLostAtRateZero) {
  EXPECT_EQ(DropThreshold(0.0), 0u);
}

TEST(DropThresholdTest, EvenTheSmallestRateLosesTheDrawZero) {
  EXPECT_EQ(DropThreshold(std::numeric_limits<double>::denorm_min()), 1u);
}

TEST(DropThresholdTest, HalfIsHalf) {
  // 2^64 - 1 is 2^64 as a double, and 2^63 / 2^64 is not below a half.  The
  // draws just below 2^63 round up to it: doubles there are 1024 apart, and a
  // draw in the middle goes to the even one, 2^63.
  EXPECT_EQ(DropThreshold(0.5), (uint64_t{1} << 63) - 512);
}

TEST(DropThresholdTest, AtRateOneOnlyTheDrawsThatRoundUpSurvive) {
  // Doubles below 2^64 are 2048 apart; again the middle goes up.
  EXPECT_EQ(DropThreshold(1.0), ~uint64_t{0} - 1023);
}

}  // namespace
}  // namespace fozzy
