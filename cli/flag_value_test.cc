#include "cli/flag_value.h"

#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

constexpr FlagSpec kNumber = {"--n", FlagType::kU64, "N"};
constexpr FlagSpec kTime = {"--t", FlagType::kDuration, "D"};
constexpr FlagSpec kWord = {"--w", FlagType::kChoice, "red|green"};
constexpr FlagSpec kText = {"--x", FlagType::kText, "X"};
constexpr FlagSpec kLater = {"--l", FlagType::kNotOffered};

absl::StatusCode CodeOf(const FlagSpec& flag, const std::string& text) {
  return CheckFlagValue(flag, text).status().code();
}

TEST(FlagValueTest, NumbersAreDecimalDigitsOfSixtyFourBits) {
  EXPECT_EQ(*CheckFlagValue(kNumber, "0"), 0u);
  EXPECT_EQ(*CheckFlagValue(kNumber, "18446744073709551615"), ~uint64_t{0});
  for (const std::string text :
       {"", "-1", "+1", " 1", "1 ", "0x1", "1e3", "18446744073709551616"}) {
    EXPECT_EQ(CodeOf(kNumber, text), absl::StatusCode::kInvalidArgument)
        << text;
  }
}

TEST(FlagValueTest, DurationsAreMilliseconds) {
  EXPECT_EQ(*CheckFlagValue(kTime, "7ms"), 7u);
  EXPECT_EQ(*CheckFlagValue(kTime, "2m"), 120'000u);
  EXPECT_EQ(CodeOf(kTime, "7"), absl::StatusCode::kInvalidArgument);
}

TEST(FlagValueTest, AChoiceIsOneOfItsWords) {
  EXPECT_EQ(*CheckFlagValue(kWord, "green"), 0u);
  for (const std::string text : {"", "blue", "red|green", "re"}) {
    EXPECT_EQ(CodeOf(kWord, text), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(FlagValueTest, TextIsAnythingAndWhatIsNotOfferedNothing) {
  EXPECT_EQ(*CheckFlagValue(kText, ""), 0u);
  EXPECT_EQ(CodeOf(kLater, "1"), absl::StatusCode::kUnimplemented);
}

}  // namespace
}  // namespace fozzy
