#include "cli/printable.h"

#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(PrintableTest, ControlCharactersCannotReachTheTerminal) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    for (const char c : PrintableLine(text)) {
      const unsigned char shown = static_cast<unsigned char>(c);
      EXPECT_TRUE(shown >= 0x20 && shown != 0x7f) << byte;
    }
  }
  EXPECT_EQ(PrintableLine("\x1b[2J\r\nok\t"), "\\x1b[2J\\x0d\\nok\\t");
  EXPECT_EQ(Printable("a\n\tb\x07"), "a\n\tb\\x07");
}

TEST(PrintableTest, LettersOfAllLanguagesAreKept) {
  EXPECT_EQ(PrintableLine("gr\xc3\xbc\xc3\x9f \xe2\x98\x83"),
            "gr\xc3\xbc\xc3\x9f \xe2\x98\x83");
}

TEST(PrintableTest, AControlCharacterOfTwoBytesIsShown) {
  EXPECT_EQ(PrintableLine("\xc2\x9b"
                          "2J"),
            "\\xc2\x9b"
            "2J");
}

}  // namespace
}  // namespace fozzy
