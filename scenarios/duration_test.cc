#include "scenarios/duration.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

constexpr Millis kMax = std::numeric_limits<Millis>::max();

TEST(DurationTest, UnitsAreMillisecondsSecondsMinutesHours) {
  EXPECT_EQ(ParseDuration("10ms").value(), 10U);
  EXPECT_EQ(ParseDuration("2s").value(), 2000U);
  EXPECT_EQ(ParseDuration("3m").value(), 180'000U);
  EXPECT_EQ(ParseDuration("1h").value(), 3'600'000U);
  EXPECT_EQ(ParseDuration("0s").value(), 0U);
  EXPECT_EQ(ParseDuration("007ms").value(), 7U);
}

TEST(DurationTest, SpaceAroundIsIgnored) {
  for (const absl::string_view space :
       {" ", "\t\n\v\f\r", "\xC2\x85", "\xC2\xA0", "\xE2\x80\xA8",
        "\xE3\x80\x80 \xE1\x9A\x80"}) {
    EXPECT_EQ(ParseDuration(absl::StrCat(space, "5s", space)).value(), 5000U);
  }
}

TEST(DurationTest, NothingElseIsADuration) {
  for (const absl::string_view text :
       {"", " ", "ms", "10", "10d", "10us", "10ns", "1.5s", "1 s", "1s500ms",
        "-1s", "+1s", "1_000ms", "0x10ms", "10MS", "10S", "1e3ms", "s10",
        "\xE2\x80\x8B"
        "1s"}) {
    EXPECT_FALSE(ParseDuration(text).ok()) << text;
  }
}

TEST(DurationTest, NumbersHaveSixtyFourBitsAndTheProductSaturates) {
  EXPECT_EQ(ParseDuration("18446744073709551615ms").value(), kMax);
  EXPECT_EQ(ParseDuration("18446744073709551615h").value(), kMax);
  EXPECT_EQ(ParseDuration("18446744073709551s").value(), 18446744073709551000U);
  EXPECT_EQ(ParseDuration("18446744073709552s").value(), kMax);
  EXPECT_FALSE(ParseDuration("18446744073709551616ms").ok());
}

}  // namespace
}  // namespace fozzy
