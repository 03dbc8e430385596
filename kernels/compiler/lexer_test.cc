#include "kernels/compiler/lexer.h"

#include <gtest/gtest.h>

#include <string>

namespace fozzy::compiler {
namespace {

std::string ProblemOf(const std::string& source) {
  Problem problem;
  Lex(source, problem);
  return problem.is_set() ? problem.Text() : "";
}

TEST(LexerTest, CutsNamesNumbersStringsAndPunctuation) {
  Problem problem;
  const std::vector<Token> tokens =
      Lex("a_1 <= 42 // rest\n \"x\\n\"", problem);
  ASSERT_FALSE(problem.is_set());
  ASSERT_EQ(tokens.size(), 5u);
  EXPECT_EQ(tokens[0].text, "a_1");
  EXPECT_EQ(tokens[1].text, "<=");
  EXPECT_EQ(tokens[2].number, 42u);
  EXPECT_EQ(tokens[3].text, "x\n");
  EXPECT_EQ(tokens[3].at, (Position{2, 2}));
  EXPECT_EQ(tokens[4].kind, TokenKind::kEnd);
}

TEST(LexerTest, TakesTheLongestPunctuation) {
  Problem problem;
  const std::vector<Token> tokens = Lex("<<=..:", problem);
  ASSERT_EQ(tokens.size(), 5u);
  EXPECT_EQ(tokens[0].text, "<<");
  EXPECT_EQ(tokens[1].text, "=");
  EXPECT_EQ(tokens[2].text, "..");
}

TEST(LexerTest, TheLargestIntegerIsThatWhichCanBeNegated) {
  Problem problem;
  EXPECT_EQ(Lex("9223372036854775808", problem)[0].number, uint64_t{1} << 63);
  EXPECT_FALSE(problem.is_set());
  EXPECT_EQ(ProblemOf("x 9223372036854775809"),
            "1:3: an integer above 9223372036854775808");
}

TEST(LexerTest, NamesThePlaceOfWhatIsNoToken) {
  EXPECT_EQ(ProblemOf("a\n  #"), "2:3: expected a token, found byte 35");
  EXPECT_EQ(ProblemOf("\"abc"),
            "1:1: a string without its closing '\"' on this line");
  EXPECT_EQ(ProblemOf("\"\\q\""),
            "1:3: expected one of n t \\ \" after a backslash");
  EXPECT_EQ(ProblemOf("12a"), "1:3: expected an integer, found 'a' in it");
}

TEST(LexerTest, RefusesTextsAndNamesThatAreTooLong) {
  EXPECT_NE(ProblemOf(std::string(kSourceBytesMax + 1, ' ')), "");
  EXPECT_EQ(ProblemOf(std::string(kSourceBytesMax, ' ')), "");
  EXPECT_NE(ProblemOf(std::string(kNameBytesMax + 1, 'a')), "");
  EXPECT_EQ(ProblemOf(std::string(kNameBytesMax, 'a')), "");
}

}  // namespace
}  // namespace fozzy::compiler
