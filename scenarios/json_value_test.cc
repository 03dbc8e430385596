#include "scenarios/json_value.h"

#include "gtest/gtest.h"

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
