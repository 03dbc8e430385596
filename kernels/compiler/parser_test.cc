#include "kernels/compiler/parser.h"

#include <gtest/gtest.h>

#include <string>

namespace fozzy::compiler {
namespace {

std::string ProblemOf(const std::string& source) {
  Problem problem;
  Parse(source, problem);
  return problem.is_set() ? problem.Text() : "";
}

std::string Nested(const std::string& open, int count,
                   const std::string& close) {
  std::string text;
  for (int i = 0; i < count; ++i) text += open;
  text += "1";
  for (int i = 0; i < count; ++i) text += close;
  return text;
}

TEST(ParserTest, ReadsWhatTheLanguageHas) {
  EXPECT_EQ(ProblemOf(R"(
enum E { A, B(i32, str), }
struct S { x: i64, y: bool }
host fn h(a: [i32; 3]) -> i32;
fn f(a: i32) -> i32 {
  shared var t: [i32; 2] = [1; 2];
  while !(a < 1) && true { break; }
  for i in 0..3 { continue; }
  if a == 1 { return 1; } else if a == 2 { return -a; } else { f(1); }
  match E::B(1, "x") { E::B(n, _) if n > 0 => { t[0] = n; }, _ => {} }
  let s = S { x: i64(1), y: false };
  return t[a].len() + opaque(s.x);
}
)"),
            "");
}

TEST(ParserTest, SaysWhatWasExpectedAndWhatIsThere) {
  EXPECT_EQ(ProblemOf("fn f( { }"),
            "1:7: expected the name of a parameter, found '{'");
  EXPECT_EQ(ProblemOf("fn f() {\n  let = 1;\n}"),
            "2:7: expected the name of a variable, found '='");
  EXPECT_EQ(ProblemOf("fn f() { x = 1 }"), "1:16: expected ';', found '}'");
  EXPECT_EQ(ProblemOf("fn f() {"), "1:9: expected '}', found end of text");
  EXPECT_EQ(ProblemOf("let x = 1;"),
            "1:1: expected one of enum struct fn host, found 'let'");
  EXPECT_EQ(ProblemOf("fn f() { let x = \"a\".upper(); }"),
            "1:22: expected one of contains ends_with len replace starts_with "
            "trim, found 'upper'");
  EXPECT_EQ(ProblemOf("fn f() { let x = 1 < 2 < 3; }"),
            "1:24: expected parentheses between comparisons, found '<'");
}

TEST(ParserTest, BindsMultiplicationBeforeAdditionBeforeComparison) {
  Problem problem;
  const Module module = Parse("fn f() { let x = 1 + 2 * 3 < 4; }", problem);
  ASSERT_FALSE(problem.is_set());
  const Expr& root = module.exprs.back();
  ASSERT_EQ(root.op, Operator::kLess);
  const Expr& sum = module.exprs[root.args[0]];
  ASSERT_EQ(sum.op, Operator::kAdd);
  EXPECT_EQ(module.exprs[sum.args[1]].op, Operator::kMultiply);
}

TEST(ParserTest, SubtractsFromTheLeft) {
  Problem problem;
  const Module module = Parse("fn f() { let x = 9 - 3 - 2; }", problem);
  const Expr& root = module.exprs.back();
  EXPECT_EQ(module.exprs[root.args[0]].op, Operator::kSubtract);
  EXPECT_EQ(module.exprs[root.args[1]].number, 2);
}

TEST(ParserTest, TheSmallestIntegersCanBeWritten) {
  EXPECT_EQ(ProblemOf("fn f() { let x = -9223372036854775808; }"), "");
  EXPECT_EQ(ProblemOf("fn f() { let x = 9223372036854775808; }"),
            "1:18: an integer above 9223372036854775807");
}

TEST(ParserTest, RefusesDeepNestingWithItsPlace) {
  const std::string deep = "fn f() { let x = " + Nested("(", 100, ")") + "; }";
  EXPECT_EQ(ProblemOf(deep), "1:81: nested over 64 deep");
  EXPECT_NE(ProblemOf("fn f() { let x = " + Nested("-(", 500000, ")")), "");
  EXPECT_NE(ProblemOf("fn f() " + Nested("{ if x ", 100000, "}")), "");
  EXPECT_EQ(ProblemOf("fn f() { let x = " + Nested("(", 40, ")") + "; }"), "");
}

TEST(ParserTest, RefusesLongChainsOfOperators) {
  std::string chain = "fn f() { let x = 1";
  for (int i = 0; i < 200; ++i) chain += " + 1";
  EXPECT_NE(ProblemOf(chain + "; }"), "");
}

TEST(ParserTest, RefusesMoreExpressionsThanItHasRoomFor) {
  std::string many = "fn f() { let x = [1";
  for (uint32_t i = 0; i < kExprsMax; ++i) many += ",1";
  EXPECT_NE(ProblemOf(many + "]; }"), "");
}

TEST(ParserTest, EveryTruncationIsRefusedWithAPlace) {
  const std::string source =
      "enum E { A } fn f(x: i32) -> i32 { if x < 1 { return \"a\".len(); } "
      "match E::A { E::A => { return 2; } } }";
  ASSERT_EQ(ProblemOf(source), "");
  for (size_t size = 0; size < source.size(); ++size) {
    const std::string problem = ProblemOf(source.substr(0, size));
    const bool is_whole =
        source.substr(0, size).find_first_not_of(' ') == std::string::npos ||
        source.substr(0, size) == "enum E { A }" ||
        source.substr(0, size) == "enum E { A } ";
    EXPECT_EQ(problem.empty(), is_whole) << size;
  }
}

}  // namespace
}  // namespace fozzy::compiler
