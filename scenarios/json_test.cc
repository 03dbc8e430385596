#include "scenarios/json.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using Kind = JsonNode::Kind;
using ::testing::ElementsAre;

// A text, its nodes and why it is wrong.
struct Document {
  explicit Document(std::string text) : source(std::move(text)) {
    error = ReadJson(source, arena, tape);
  }

  std::string source;
  ScenarioArena arena;
  std::vector<JsonNode> tape;
  std::optional<JsonError> error;
};

// Returns each node as written in the source.
std::vector<std::string> RawNodes(const Document& document) {
  std::vector<std::string> raw;
  for (const JsonNode& node : document.tape) {
    raw.emplace_back(node.Raw(document.source));
  }
  return raw;
}

TEST(JsonTest, NodesAreInTheOrderOfTheTextAndKnowTheirPlace) {
  const Document document(R"( {"a" : [1, -2.5e3,null] ,"b\n":{"":true},
    "c":false} )");

  ASSERT_FALSE(document.error.has_value());
  EXPECT_THAT(
      RawNodes(document),
      ElementsAre("{\"a\" : [1, -2.5e3,null] ,\"b\\n\":{\"\":true},\n    "
                  "\"c\":false}",
                  "\"a\"", "[1, -2.5e3,null]", "1", "-2.5e3", "null",
                  "\"b\\n\"", "{\"\":true}", "\"\"", "true", "\"c\"", "false"));
}

TEST(JsonTest, NodesKnowHowManyAreInside) {
  const Document document(R"({"a":[[],[1,2]],"b":{}})");

  const JsonNode& root = document.tape[0];
  EXPECT_EQ(root.nodes, 9U);
  EXPECT_EQ(root.size, 2U);
  const JsonNode* const key = root.inside();
  EXPECT_EQ(key->next()->size, 2U);
  EXPECT_EQ(key->next()->next()->view(), "b");
}

TEST(JsonTest, TextsWithoutEscapesPointIntoTheSource) {
  const Document document(R"(["plain ü","esc\taped"])");

  EXPECT_EQ(document.tape[1].text, document.source.data() + 2);
  EXPECT_EQ(document.tape[2].view(), "esc\taped");
  EXPECT_EQ(document.tape[2].Raw(document.source), R"("esc\taped")");
}

TEST(JsonTest, EscapesMeanWhatRfc8259Says) {
  const Document document(
      R"(["\"\\\/\b\f\n\r\t","\u0000\u00e9\u20ac","\ud834\udd1e","\\\\\\"])");

  ASSERT_FALSE(document.error.has_value());
  EXPECT_EQ(document.tape[1].view(), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(document.tape[2].view(), absl::string_view("\0é€", 6));
  EXPECT_EQ(document.tape[3].view(), "𝄞");
  EXPECT_EQ(document.tape[4].view(), "\\\\\\");
}

TEST(JsonTest, TextsOfBackslashesOnlyAreTakenApart) {
  for (int pairs = 1; pairs <= 40; ++pairs) {
    std::string raw;
    for (int i = 0; i < pairs; ++i) raw += "\\\\";
    const Document document(absl::StrCat("[\"", raw, "\",\"", raw, "\\\"\"]"));
    ASSERT_FALSE(document.error.has_value()) << pairs;
    const std::string meaning(static_cast<size_t>(pairs), '\\');
    EXPECT_EQ(document.tape[1].view(), meaning) << pairs;
    EXPECT_EQ(document.tape[2].view(), meaning + "\"") << pairs;
  }
}

TEST(JsonTest, TextsOfEveryLengthAreReadWhole) {
  // Lengths around the sixteen bytes that are looked at at once.
  for (size_t size = 0; size < 70; ++size) {
    for (const absl::string_view end : {"", "\\n", "é"}) {
      const std::string text(size, 'x');
      const Document document(absl::StrCat("\"", text, end, "\""));
      ASSERT_FALSE(document.error.has_value()) << size;
      const absl::string_view meaning = end == "\\n" ? "\n" : end;
      EXPECT_EQ(document.tape[0].view(), absl::StrCat(text, meaning)) << size;
    }
  }
}

TEST(JsonTest, ControlCharactersInTextsAreErrorsWhereTheyAre) {
  for (size_t before = 0; before < 17; ++before) {
    for (char control = 0; control < 0x20; ++control) {
      const std::string start = "[\"" + std::string(before, 'x');
      const Document document(start + control + std::string(20, 'y') + "\"]");
      ASSERT_TRUE(document.error.has_value()) << before << " " << int{control};
      EXPECT_EQ(document.error->offset, start.size()) << int{control};
    }
    const Document fine("\"" + std::string(before, 'x') + " \x7F\"");
    EXPECT_FALSE(fine.error.has_value()) << before;
  }
}

TEST(JsonTest, EqualKeysAreAllKept) {
  const Document document(R"({"a":1,"a":2})");

  ASSERT_FALSE(document.error.has_value());
  EXPECT_EQ(document.tape[0].size, 2U);
}

TEST(JsonTest, DepthIsLimited) {
  const auto nest = [](size_t depth) {
    return absl::StrCat(std::string(depth, '['), std::string(depth, ']'));
  };

  EXPECT_FALSE(Document(nest(kJsonDepthMax)).error.has_value());
  const Document too_deep(nest(kJsonDepthMax + 1));
  ASSERT_TRUE(too_deep.error.has_value());
  EXPECT_EQ(too_deep.error->offset, kJsonDepthMax);
  EXPECT_TRUE(Document(nest(1'000'000)).error.has_value());
}

TEST(JsonTest, EveryTruncationIsAnErrorAtItsEnd) {
  const std::string text = R"({"a":[1.5e2,"x\u00e9",true,null],"b":{"c":"d"}})";
  for (size_t size = 0; size < text.size(); ++size) {
    const Document document(text.substr(0, size));
    ASSERT_TRUE(document.error.has_value()) << size;
    EXPECT_LE(document.error->offset, size) << size;
  }
}

TEST(JsonTest, BytesThatAreNotUtf8AreErrorsWhereTheyAre) {
  const Document inside("[\"ab\xC3\x28\"]");
  const Document after_syntax_error("[nul, \"\xFF\"]");

  ASSERT_TRUE(inside.error.has_value());
  EXPECT_EQ(inside.error->offset, 4U);
  EXPECT_EQ(inside.error->expected, "UTF-8");
  ASSERT_TRUE(after_syntax_error.error.has_value());
  EXPECT_LT(after_syntax_error.error->offset, 6U);
}

TEST(JsonTest, ANulEndsNothing) {
  EXPECT_TRUE(Document(std::string("[1]\0", 4)).error.has_value());
  EXPECT_TRUE(Document(std::string("[1\0]", 4)).error.has_value());
  EXPECT_TRUE(Document(std::string("[\"\0\"]", 5)).error.has_value());
}

TEST(JsonTest, NumbersOutOfRangeAreErrorsUnlessTheyAreTiny) {
  EXPECT_TRUE(Document("1e309").error.has_value());
  EXPECT_TRUE(Document("1797e306").error.has_value());
  EXPECT_TRUE(Document(std::string(400, '9')).error.has_value());
  EXPECT_FALSE(Document("1.7976931348623157e308").error.has_value());
  EXPECT_FALSE(Document("1e-400").error.has_value());
  EXPECT_FALSE(Document("1e-99999999999999999999").error.has_value());
}

// Writes down what it hears.
class Diary final : public JsonListener {
 public:
  explicit Diary(absl::string_view source) : source_(source) {}

  bool IsSplit(const JsonNode& key) override { return key.view() == "split"; }
  void OnItem(JsonTape item) override { Note("item", item); }
  void OnMember(const JsonNode& key, JsonTape value) override {
    Note(key.view(), value);
  }
  void OnRoot(JsonTape root) override { Note("root", root); }

  const std::vector<std::string>& notes() const { return notes_; }

 private:
  void Note(absl::string_view what, JsonTape tape) {
    notes_.push_back(
        absl::StrCat(what, " ", tape[0].Raw(source_), " ", tape.size()));
  }

  const absl::string_view source_;
  std::vector<std::string> notes_;
};

std::vector<std::string> Hear(std::string source) {
  ScenarioArena arena;
  Diary diary(source);
  EXPECT_FALSE(WalkJson(source, arena, diary).has_value());
  return diary.notes();
}

TEST(WalkJsonTest, SplitArraysComeItemByItem) {
  EXPECT_THAT(
      Hear(R"({"a":[1,[2]],"split":[3,{"b":[4]}],"c":5})"),
      ElementsAre("a [1,[2]] 4", "item 3 1", R"(item {"b":[4]} 4)",
                  R"(split [3,{"b":[4]}] 1)", "c 5 1",
                  R"(root {"a":[1,[2]],"split":[3,{"b":[4]}],"c":5} 1)"));
}

TEST(WalkJsonTest, OnlyArraysAreSplit) {
  EXPECT_THAT(
      Hear(R"({"split":{"x":[1]}})"),
      ElementsAre(R"(split {"x":[1]} 4)", R"(root {"split":{"x":[1]}} 1)"));
}

TEST(WalkJsonTest, OtherRootsComeWhole) {
  EXPECT_THAT(Hear("[[1],{\"split\":[2]}]"),
              ElementsAre("root [[1],{\"split\":[2]}] 7"));
  EXPECT_THAT(Hear("7"), ElementsAre("root 7 1"));
}

}  // namespace
}  // namespace fozzy
