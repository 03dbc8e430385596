#include "cli/did_you_mean.h"

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(DidYouMeanTest, NamesTheNearest) {
  EXPECT_EQ(DidYouMean("repaly", {"replay", "report", "run"}),
            ", did you mean replay?");
  EXPECT_EQ(DidYouMean("--sed", {"--seed", "--strict"}),
            ", did you mean --seed?");
}

TEST(DidYouMeanTest, SaysNothingIfNothingIsNear) {
  EXPECT_EQ(DidYouMean("banana", {"replay", "report", "run"}), "");
  EXPECT_EQ(DidYouMean("replay", {}), "");
}

}  // namespace
}  // namespace fozzy
