#include "scenarios/quote.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

TEST(QuoteTest, EscapesWhatWouldBreakALineOrEndTheQuotes) {
  EXPECT_EQ(Quote(""), R"("")");
  EXPECT_EQ(Quote("a\"b\\c\nd\te"), R"("a\"b\\c\nd\te")");
  EXPECT_EQ(Quote(absl::string_view("\0", 1)), R"("\0")");
}

TEST(QuoteTest, ABackslashBeforeANewlineStaysTwoThings) {
  EXPECT_EQ(Quote("\\\n"), R"("\\\n")");
  EXPECT_EQ(Quote("\\n"), R"("\\n")");
}

TEST(QuoteTest, LeavesOtherBytesAlone) {
  EXPECT_EQ(Quote("\r\x7f\xc3\xa9"), "\"\r\x7f\xc3\xa9\"");
}

TEST(QuoteFoundTest, TellsAMissingValueFromAnEmptyOne) {
  const std::string empty;
  EXPECT_EQ(QuoteFound(nullptr), "None");
  EXPECT_EQ(QuoteFound(&empty), R"(Some(""))");
}

}  // namespace
}  // namespace fozzy
