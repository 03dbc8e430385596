#include "kernels/alloc/learn/elo_ratings.h"

#include <gtest/gtest.h>

namespace fozzy::alloc {
namespace {

TEST(EloRatingsTest, EqualsStakeHalfOfTheStake) {
  EloRatings<3> ratings;
  ratings.Play(0, 1, 1);
  EXPECT_DOUBLE_EQ(ratings.of(0), 1516);
  EXPECT_DOUBLE_EQ(ratings.of(1), 1484);
  EXPECT_DOUBLE_EQ(ratings.of(2), 1500);
  EXPECT_EQ(ratings.Best(), 0u);
  EXPECT_EQ(ratings.RankOf(2), 1u);
}

TEST(EloRatingsTest, FourHundredPointsAreTenToOne) {
  EloRatings<2> ratings;
  while (ratings.of(0) - ratings.of(1) < 400) ratings.Play(0, 1, 1);
  EXPECT_NEAR(ratings.Expected(0, 1), 10.0 / 11, 0.01);
}

TEST(EloRatingsTest, ADrawOfEqualsChangesNothing) {
  EloRatings<2> ratings;
  ratings.Play(0, 1, 0.5);
  EXPECT_DOUBLE_EQ(ratings.of(0), 1500);
}

TEST(EloRatingsTest, RanksAreAllDifferent) {
  EloRatings<4> ratings;
  EXPECT_EQ(ratings.RankOf(0), 0u);
  EXPECT_EQ(ratings.RankOf(3), 3u);
}

}  // namespace
}  // namespace fozzy::alloc
