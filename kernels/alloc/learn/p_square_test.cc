#include "kernels/alloc/learn/p_square.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace fozzy::alloc {
namespace {

TEST(PSquareTest, FollowsThePublishedExample) {
  // Table I of the paper: 20 observations, the median.
  const double observations[] = {
      0.02,  0.15,  0.74, 3.39, 0.83, 22.37, 10.15, 15.43, 38.62, 15.92,
      34.60, 10.28, 1.47, 0.40, 0.05, 11.39, 0.27,  0.42,  0.09,  11.37};
  PSquare median(0.5);
  for (const double observation : observations) median.Add(observation);
  EXPECT_NEAR(median.Value(), 4.44, 0.01);
}

TEST(PSquareTest, OfFewNumbersReturnsOneOfThem) {
  PSquare median(0.5);
  EXPECT_EQ(median.Value(), 0);
  median.Add(7);
  EXPECT_EQ(median.Value(), 7);
  median.Add(1);
  median.Add(9);
  EXPECT_EQ(median.Value(), 7);
}

TEST(PSquareTest, ComesNearTheQuantilesOfManyNumbers) {
  for (const double p : {0.5, 0.9, 0.99}) {
    PSquare estimate(p);
    std::vector<double> all;
    uint32_t random = 3;
    for (int i = 0; i < 20'000; ++i) {
      random = random * 1664525 + 1013904223;
      const double value = static_cast<double>((random >> 8) % 10'000);
      estimate.Add(value);
      all.push_back(value);
    }
    std::sort(all.begin(), all.end());
    const double exact = all[static_cast<size_t>(p * 20'000)];
    EXPECT_NEAR(estimate.Value(), exact, 150) << p;
  }
}

TEST(PSquareTest, EqualNumbersAreTheirOwnQuantile) {
  PSquare estimate(0.99);
  for (int i = 0; i < 1000; ++i) estimate.Add(5);
  EXPECT_EQ(estimate.Value(), 5);
}

}  // namespace
}  // namespace fozzy::alloc
