#include "scenarios/parse_value.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

// A JSON text and its nodes.
struct Document {
  explicit Document(absl::string_view text) : source(text) {
    EXPECT_FALSE(ReadJson(source, arena, tape).has_value()) << text;
  }

  std::string source;
  ScenarioArena arena;
  std::vector<JsonNode> tape;
};

bool Fits(FieldType type, absl::string_view text) {
  Document document(text);
  Value value;
  const Misfit misfit = ValueReader(document.source, document.arena)
                            .Read(type, document.tape[0], value);
  EXPECT_EQ(misfit.node == nullptr, misfit.expected.empty());
  return misfit.node == nullptr;
}

TEST(ValueReaderTest, EachTypeTakesItsKindsOnly) {
  const struct {
    FieldType type;
    // Which of the texts below it takes.
    absl::string_view taken;
  } kCases[] = {
      {FieldType::kBool, ".1....."},     {FieldType::kU16, "..1...."},
      {FieldType::kI32, "..1...."},      {FieldType::kI64, "..1...."},
      {FieldType::kU64, "..1...."},      {FieldType::kF64, "..11..."},
      {FieldType::kText, "....1.."},     {FieldType::kDuration, "....1.."},
      {FieldType::kJson, ".111111"},     {FieldType::kObject, "......1"},
      {FieldType::kTextList, ".....1."}, {FieldType::kTextMap, "......1"},
  };
  const absl::string_view kTexts[] = {"null",  "true",     "1",           "1.5",
                                      R"("")", R"(["a"])", R"({"a":"b"})"};
  for (const auto& one : kCases) {
    for (size_t i = 0; i < std::size(kTexts); ++i) {
      EXPECT_EQ(Fits(one.type, kTexts[i]), one.taken[i] == '1')
          << ExpectedOf(one.type) << " " << kTexts[i];
    }
  }
}

TEST(ValueReaderTest, IntegersEndWhereTheirTypeDoes) {
  const struct {
    FieldType type;
    absl::string_view least, below, greatest, above;
  } kCases[] = {
      {FieldType::kU16, "0", "-1", "65535", "65536"},
      {FieldType::kI32, "-2147483648", "-2147483649", "2147483647",
       "2147483648"},
      {FieldType::kI64, "-9223372036854775808", "-9223372036854775809",
       "9223372036854775807", "9223372036854775808"},
      {FieldType::kU64, "0", "-1", "18446744073709551615",
       "18446744073709551616"},
  };
  for (const auto& one : kCases) {
    EXPECT_TRUE(Fits(one.type, one.least)) << one.least;
    EXPECT_FALSE(Fits(one.type, one.below)) << one.below;
    EXPECT_TRUE(Fits(one.type, one.greatest)) << one.greatest;
    EXPECT_FALSE(Fits(one.type, one.above)) << one.above;
    EXPECT_FALSE(Fits(one.type, "1e0")) << one.least;
    EXPECT_FALSE(Fits(one.type, "-0")) << one.least;
  }
}

TEST(ValueReaderTest, TheItemThatDoesNotFitIsNamed) {
  Document document(R"({"a":"x","b":["y"]})");
  Value value;
  const Misfit misfit = ValueReader(document.source, document.arena)
                            .Read(FieldType::kTextMap, document.tape[0], value);
  ASSERT_NE(misfit.node, nullptr);
  EXPECT_EQ(misfit.node->Raw(document.source), R"(["y"])");
  EXPECT_EQ(misfit.expected, "a string");
}

}  // namespace
}  // namespace fozzy
