#include "scenarios/json_value.h"

#include <bit>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "scenarios/json.h"

namespace fozzy {
namespace {

// What the established tool writes, from the files under http_when of its
// conformance set.
TEST(CanonicalJsonTest, WritesWhatScenarioFilesExpect) {
  const struct {
    absl::string_view text, canonical;
  } kCases[] = {
      {"[1.0,0.1,1e2,1e21,1.5e-7,-0.0]", "[1.0,0.1,100.0,1e21,1.5e-7,-0.0]"},
      {"[1e15,1e16,123456789012345680.0,0.00001,0.000001]",
       "[1000000000000000.0,1e16,1.2345678901234568e17,0.00001,1e-6]"},
      {"[18446744073709551615, -9223372036854775808, 9223372036854775807, 0]",
       "[18446744073709551615,-9223372036854775808,9223372036854775807,0]"},
      {R"({"a":1,"a":2})", R"({"a":2})"},
      {R"({"é":1,"z":2,"Z":3,"10":4,"9":5,"":6})",
       R"({"":6,"10":4,"9":5,"Z":3,"z":2,"é":1})"},
      {R"({"b":1, "a":{"d":null,"c":[ true,"x"]}})",
       R"({"a":{"c":[true,"x"],"d":null},"b":1})"},
      {R"( "a\"b\/\u00e9" )", R"("a\"b/é")"},
  };
  for (const auto& one : kCases) {
    EXPECT_EQ(CanonicalJson(one.text), one.canonical);
  }
}

TEST(CanonicalJsonTest, IntegersThatDoNotFitBecomeFloats) {
  EXPECT_EQ(CanonicalJson("18446744073709551616"), "1.8446744073709552e19");
  EXPECT_EQ(CanonicalJson("-9223372036854775809"), "-9.223372036854776e18");
  EXPECT_EQ(CanonicalJson("-0"), "-0.0");
}

TEST(CanonicalJsonTest, ChangesNothingTheSecondTime) {
  const std::string once =
      CanonicalJson(R"({"b":[1e-7,{"y":"\u0001","x":[]}],"a":{},"b":1.50})");

  EXPECT_EQ(once, R"({"a":{},"b":1.5})");
  EXPECT_EQ(CanonicalJson(once), once);
}

TEST(CanonicalJsonTest, FloatsReadTheSameAgain) {
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

TEST(CanonicalJsonTest, FloatsHaveAnExponentFrom1e16AndBelow1e_5) {
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

TEST(JsonEqualTest, ComparesValuesNotTexts) {
  EXPECT_TRUE(JsonEqual(R"({"a":1,"b":[2]})", R"({ "b": [ 2 ], "a": 1 })"));
  EXPECT_TRUE(JsonEqual("\"\\u0041\"", "\"A\""));
  EXPECT_TRUE(JsonEqual("1e2", "100.0"));
  EXPECT_TRUE(JsonEqual("0.0", "-0.0"));
  EXPECT_TRUE(JsonEqual(R"({"a":1,"a":2})", R"({"a":2})"));
  EXPECT_FALSE(JsonEqual("1", "1.0"));
  EXPECT_FALSE(JsonEqual("[1,2]", "[2,1]"));
  EXPECT_FALSE(JsonEqual("null", "\"null\""));
}

TEST(IsJsonTest, TellsJsonFromOtherTexts) {
  EXPECT_TRUE(IsJson(" [1] "));
  EXPECT_TRUE(IsJson("\"\""));
  EXPECT_FALSE(IsJson(""));
  EXPECT_FALSE(IsJson("hello"));
  EXPECT_FALSE(IsJson("{} {}"));
  EXPECT_FALSE(IsJson("\"\xFF\""));
}

}  // namespace
}  // namespace fozzy
