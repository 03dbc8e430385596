#include "scenarios/bodies/body_tally.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

TEST(BodyTallyTest, BlocksAddUpAndEqualRunsCountOnce) {
  BodyTally tally;
  BodyBlock block;
  block.digests = {1, 2, 2};
  block.points = 30;
  EXPECT_TRUE(tally.Add(block));
  block.first = 3;
  block.digests = {2, 3};
  block.points = 20;
  EXPECT_TRUE(tally.Add(block));

  EXPECT_EQ(tally.runs(), 5u);
  EXPECT_EQ(tally.distinct(), 3u);
  EXPECT_EQ(tally.points(), 50u);
  EXPECT_FALSE(tally.found());
  EXPECT_FALSE(tally.is_exhaustive());
}

TEST(BodyTallyTest, AFindingOrTheLastRunEndsTheSearch) {
  BodyTally found;
  BodyBlock block;
  block.digests = {1};
  block.found = BodyRecording{};
  EXPECT_FALSE(found.Add(block));
  EXPECT_TRUE(found.found().has_value());

  BodyTally all;
  block.found.reset();
  block.is_exhausted = true;
  block.is_exhaustive = true;
  EXPECT_FALSE(all.Add(block));
  EXPECT_TRUE(all.is_exhaustive());
}

}  // namespace
}  // namespace fozzy
