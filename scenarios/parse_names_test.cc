#include "scenarios/parse_names.h"

#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(NearestNameTest, FindsSlipsOfTheFinger) {
  const std::vector<absl::string_view> names = {"duration", "expect_status",
                                                "steps", "value"};
  EXPECT_EQ(NearestName("duraton", names), "duration");
  EXPECT_EQ(NearestName("druation", names), "duration");
  EXPECT_EQ(NearestName("expected_status", names), "expect_status");
  EXPECT_EQ(NearestName("step", names), "steps");
  EXPECT_EQ(NearestName("Value", names), "value");
}

TEST(NearestNameTest, FindsNothingFarAway) {
  EXPECT_EQ(NearestName("notes", {"duration", "value"}), "");
  EXPECT_EQ(NearestName("a", {"b"}), "");
  EXPECT_EQ(NearestName("", {"a"}), "");
  EXPECT_EQ(NearestName("value", {}), "");
  EXPECT_EQ(NearestName(std::string(1000, 'x'), {"xxx"}), "");
}

TEST(NearestNameTest, TakesTheNearestAndOfThoseTheFirst) {
  EXPECT_EQ(NearestName("status", {"statused", "statuses", "statux"}),
            "statux");
  EXPECT_EQ(NearestName("steq", {"step", "stem"}), "step");
}

}  // namespace
}  // namespace fozzy
