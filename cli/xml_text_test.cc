#include "cli/xml_text.h"

#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(XmlTextTest, EscapesWhatMeansSomethingInXml) {
  EXPECT_EQ(EscapeXml("<a b=\"c\" d='e'>&"),
            "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
}

TEST(XmlTextTest, KeepsWhiteSpaceThroughAttributes) {
  EXPECT_EQ(EscapeXml("a\tb\nc\rd"), "a&#9;b&#10;c&#13;d");
}

TEST(XmlTextTest, ReplacesEveryOtherControlCharacter) {
  for (char c = 0; c < 0x20; ++c) {
    if (c == '\t' || c == '\n' || c == '\r') continue;
    EXPECT_EQ(EscapeXml(std::string(1, c)), "\xef\xbf\xbd") << int{c};
  }
  EXPECT_EQ(EscapeXml("\x7f"), "\x7f");
}

TEST(XmlTextTest, KeepsUtf8OfEveryLength) {
  const std::string text = "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x90\xbb";

  EXPECT_EQ(EscapeXml(text), text);
}

TEST(XmlTextTest, ReplacesEachByteThatIsNotUtf8) {
  const std::string mark = "\xef\xbf\xbd";
  EXPECT_EQ(EscapeXml("a\xff"
                      "b"),
            "a" + mark + "b");
  EXPECT_EQ(EscapeXml("\xe2\x82"), mark + mark);             // cut short
  EXPECT_EQ(EscapeXml("\xc0\xaf"), mark + mark);             // overlong
  EXPECT_EQ(EscapeXml("\xe0\x80\xaf"), mark + mark + mark);  // overlong
  EXPECT_EQ(EscapeXml("\xed\xa0\x80"), mark + mark + mark);  // surrogate
  EXPECT_EQ(EscapeXml("\xef\xbf\xbf"), mark + mark + mark);  // U+FFFF
  EXPECT_EQ(EscapeXml("\xf4\x90\x80\x80"), mark + mark + mark + mark);
}

}  // namespace
}  // namespace fozzy
