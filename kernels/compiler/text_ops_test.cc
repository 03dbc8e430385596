#include "kernels/compiler/text_ops.h"

#include <gtest/gtest.h>

#include <string>

namespace fozzy::compiler {
namespace {

std::string Replaced(const std::string& text, const std::string& from,
                     const std::string& to) {
  std::string out(ReplacedSize(text, from, to), '?');
  ReplaceInto(text, from, to, out.data());
  return out;
}

TEST(TextOpsTest, TrimsBlanksAtBothEnds) {
  EXPECT_EQ(Trimmed(" \t a b\r\n"), "a b");
  EXPECT_EQ(Trimmed("  "), "");
  EXPECT_EQ(Trimmed(""), "");
}

TEST(TextOpsTest, ReplacesFromTheLeftWithoutOverlap) {
  EXPECT_EQ(Replaced("aaa", "aa", "b"), "ba");
  EXPECT_EQ(Replaced("a,b,c", ",", "--"), "a--b--c");
  EXPECT_EQ(Replaced("a,b,c", ",", "|"), "a|b|c");
  EXPECT_EQ(Replaced("a,b,c", ",", ""), "abc");
  EXPECT_EQ(Replaced("abcabc", "bc", "xy"), "axyaxy");
  EXPECT_EQ(Replaced("abc", "", "x"), "abc");
  EXPECT_EQ(Replaced("", "a", "x"), "");
}

TEST(TextOpsTest, FindsPartsWhereverTheyAre) {
  EXPECT_TRUE(Contains("aab", "ab"));
  EXPECT_TRUE(Contains("abc", ""));
  EXPECT_TRUE(Contains("", ""));
  EXPECT_FALSE(Contains("", "a"));
  EXPECT_FALSE(Contains("ab", "abc"));
}

}  // namespace
}  // namespace fozzy::compiler
