#include "scenarios/json_text.h"

#include "gtest/gtest.h"
#include "scenarios/json.h"

namespace fozzy {
namespace {

std::string Written(absl::string_view text) {
  std::string output;
  AppendJsonText(text, output);
  return output;
}

TEST(JsonTextTest, EscapesOnlyWhatMustBe) {
  EXPECT_EQ(Written("a\"b\\c/d é 𝄞 \x7F"), R"("a\"b\\c/d é 𝄞 )"
                                           "\x7F\"");
  EXPECT_EQ(Written("\b\f\n\r\t"), R"("\b\f\n\r\t")");
  EXPECT_EQ(Written(absl::string_view("\0\x01\x1F", 3)),
            R"("\u0000\u0001\u001f")");
}

TEST(JsonTextTest, ReplacesBytesThatAreNotUtf8) {
  EXPECT_EQ(Written("a\xFF\xFE"
                    "b\xC3"),
            "\"a\xEF\xBF\xBD\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\"");
}

TEST(JsonTextTest, EveryByteCanBeReadBack) {
  for (int byte = 0; byte < 128; ++byte) {
    const std::string text(3, static_cast<char>(byte));
    std::string source = Written(text);
    ScenarioArena arena;
    std::vector<JsonNode> tape;
    ASSERT_FALSE(ReadJson(source, arena, tape).has_value()) << byte;
    EXPECT_EQ(tape[0].view(), text) << byte;
  }
}

}  // namespace
}  // namespace fozzy
