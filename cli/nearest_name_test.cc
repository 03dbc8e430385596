#include "cli/nearest_name.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(NearestNameTest, FindsOneWrongLetter) {
  EXPECT_EQ(NearestName("tset", {"run", "test", "trace"}), "test");
}

TEST(NearestNameTest, PrefersFewerEdits) {
  EXPECT_EQ(NearestName("--sed", {"--steps", "--seed"}), "--seed");
}

TEST(NearestNameTest, KeepsQuietWhenNothingIsNear) {
  EXPECT_EQ(NearestName("completely", {"run", "test"}), "");
  EXPECT_EQ(DidYouMean("completely", {"run", "test"}), "");
}

TEST(NearestNameTest, DoesNotSpendTimeOnEndlessNames) {
  EXPECT_EQ(NearestName(std::string(65, 'a'), {std::string(65, 'a')}), "");
}

TEST(NearestNameTest, AsksPolitely) {
  EXPECT_EQ(DidYouMean("rnu", {"run"}), ", did you mean run?");
}

}  // namespace
}  // namespace fozzy
