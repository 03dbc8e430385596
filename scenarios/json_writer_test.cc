#include "scenarios/json_writer.h"

#include "gtest/gtest.h"

namespace fozzy {
namespace {

using Style = JsonWriter::Style;

std::string Sample(Style style) {
  JsonWriter json(style);
  json.BeginObject();
  json.Key("seed").Uint(18446744073709551615U);
  json.Key("a\"b").Int(-1);
  json.Key("list").BeginArray().Bool(true).Null().Double(50).EndArray();
  json.Key("no_list").BeginArray().EndArray();
  json.Key("nested").BeginObject().Key("raw").Raw("[1]").EndObject();
  json.Key("empty").BeginObject().EndObject();
  json.Key("text").String("\n");
  json.EndObject();
  return json.Take();
}

TEST(JsonWriterTest, CompactIsWithoutSpace) {
  EXPECT_EQ(Sample(Style::kCompact),
            R"({"seed":18446744073709551615,"a\"b":-1,"list":[true,null,50.0],)"
            R"("no_list":[],"nested":{"raw":[1]},"empty":{},"text":"\n"})");
}

TEST(JsonWriterTest, PrettyIsIndentedByTwo) {
  EXPECT_EQ(Sample(Style::kPretty), R"({
  "seed": 18446744073709551615,
  "a\"b": -1,
  "list": [
    true,
    null,
    50.0
  ],
  "no_list": [],
  "nested": {
    "raw": [1]
  },
  "empty": {},
  "text": "\n"
})");
}

TEST(JsonWriterTest, ScalarsStandAlone) {
  EXPECT_EQ(JsonWriter(Style::kPretty).String("x").Take(), "\"x\"");
  EXPECT_EQ(JsonWriter(Style::kCompact).Double(1.0 / 0.0).Take(), "null");
}

TEST(JsonWriterDeathTest, AbortsRatherThanWriteWhatIsNotJson) {
  EXPECT_DEATH(JsonWriter(Style::kCompact).BeginObject().Uint(1), "has_key");
  EXPECT_DEATH(JsonWriter(Style::kCompact).BeginArray().Key("a"), "bracket");
  EXPECT_DEATH(JsonWriter(Style::kCompact).BeginArray().EndObject(), "bracket");
  EXPECT_DEATH(JsonWriter(Style::kCompact).Uint(1).Uint(2), "empty");
  EXPECT_DEATH(JsonWriter(Style::kCompact).BeginArray().Take(), "empty");
}

}  // namespace
}  // namespace fozzy
