#include "scenarios/json_number.h"

#include <bit>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(ReadJsonIntegerTest, TakesSixtyFourBitsAndNotOneMore) {
  const auto max = ReadJsonInteger("18446744073709551615");
  ASSERT_TRUE(max.has_value());
  EXPECT_EQ(max->magnitude, ~uint64_t{0});
  EXPECT_FALSE(ReadJsonInteger("18446744073709551616").has_value());
  EXPECT_FALSE(ReadJsonInteger("184467440737095516150").has_value());
  EXPECT_TRUE(ReadJsonInteger("-18446744073709551615")->is_negative);
}

TEST(ReadJsonIntegerTest, TakesNothingButDigits) {
  for (const absl::string_view text : {"", "-", "-0", "1.0", "1e2", "+1"}) {
    EXPECT_FALSE(ReadJsonInteger(text).has_value()) << text;
  }
  EXPECT_EQ(ReadJsonInteger("0")->magnitude, 0U);
}

TEST(ReadJsonDoubleTest, TellsTinyFromHuge) {
  EXPECT_EQ(ReadJsonDouble("1e-400"), 0.0);
  EXPECT_EQ(ReadJsonDouble(absl::StrCat("0.", std::string(400, '0'), "1")),
            0.0);
  const std::string long_number = "1" + std::string(400, '0');
  EXPECT_FALSE(ReadJsonDouble(long_number).has_value());
  EXPECT_FALSE(ReadJsonDouble(long_number + "e-10").has_value());
  EXPECT_EQ(ReadJsonDouble(long_number + "e-800"), 0.0);
  EXPECT_EQ(ReadJsonDouble(long_number + "e-400"), 1.0);
  EXPECT_EQ(ReadJsonDouble("0e999"), 0.0);
}

TEST(AppendJsonDoubleTest, FloatsReadTheSameAgain) {
  // A walk over many exponents and mantissas.
  uint64_t bits = 0x0000000000000001;
  int checked = 0;
  for (int i = 0; i < 20'000; ++i) {
    bits = bits * 6364136223846793005 + 1442695040888963407;
    const double number = std::bit_cast<double>(bits);
    if (!(number - number == 0)) continue;  // infinite, or not a number
    std::string text;
    AppendJsonDouble(number, text);
    ASSERT_EQ(std::bit_cast<uint64_t>(ReadJsonDouble(text).value()), bits)
        << text;
    ++checked;
  }
  EXPECT_GT(checked, 19'000);
}

TEST(AppendJsonDoubleTest, FloatsHaveAnExponentFrom1e16AndBelow1e_5) {
  const struct {
    double number;
    absl::string_view text;
  } kCases[] = {
      {5e-324, "5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e308"},
      {9007199254740993.0, "9007199254740992.0"},
      {9999999999999998.0, "9999999999999998.0"},
      {12345678901234567.0, "1.2345678901234568e16"},
      {0.000012345, "0.000012345"},
      {0.0000012345, "1.2345e-6"},
      {123.456, "123.456"},
      {-50.0, "-50.0"},
  };
  for (const auto& one : kCases) {
    std::string text;
    AppendJsonDouble(one.number, text);
    EXPECT_EQ(text, one.text);
  }
}

}  // namespace
}  // namespace fozzy
