#include "kernels/compiler/check_types.h"

#include <gtest/gtest.h>

#include <string>

#include "kernels/compiler/parser.h"

namespace fozzy::compiler {
namespace {

std::string ProblemOf(const std::string& source) {
  Problem problem;
  Module module = Parse(source, problem);
  CheckTypes(module, problem);
  return problem.is_set() ? problem.Text() : "";
}

std::string InBody(const std::string& statements) {
  return ProblemOf("enum E { A, B(i32) }\nstruct S { x: i32 }\nfn f() {\n" +
                   statements + "\n}");
}

TEST(CheckTypesTest, LiteralsTakeTheTypeOfWhatTheyMeet) {
  EXPECT_EQ(InBody("let x: i64 = 1 + 2; let y = 3 * x; let z = y < 4;"), "");
  EXPECT_EQ(InBody("let x = 2147483648;"),
            "4:9: expected an i32, found 2147483648");
  EXPECT_EQ(InBody("let x: i32 = i32(i64(1)) + 1;"), "");
}

TEST(CheckTypesTest, TypesThatDoNotFitAreNamed) {
  EXPECT_EQ(InBody("let x: i32 = true;"), "4:14: expected i32, found bool");
  EXPECT_EQ(InBody("let x: i64 = i32(1);"), "4:14: expected i64, found i32");
  EXPECT_EQ(InBody("if 1 { }"), "4:4: expected bool, found i32");
  EXPECT_EQ(InBody("let x = \"a\" + \"b\";"),
            "4:13: expected integers here, found str");
  EXPECT_EQ(InBody("let x = [1, true];"), "4:13: expected i32, found bool");
  EXPECT_EQ(InBody("let s = S { x: 1 }; let y = s.y;"),
            "4:31: expected a field, found 'y', which is none of S");
}

TEST(CheckTypesTest, NamesMustBeKnownAndNew) {
  EXPECT_EQ(InBody("let x = y;"),
            "4:9: expected the name of a variable, found 'y', which is none "
            "here");
  EXPECT_EQ(InBody("let x = 1; let x = 2;"),
            "4:12: expected a new name, found 'x' again");
  EXPECT_EQ(InBody("let x = 1; if true { let x = 2; }"), "");
  EXPECT_EQ(InBody("g();"), "4:1: expected the name of a function, found 'g'");
  EXPECT_EQ(ProblemOf("fn f() {} fn f() {}"),
            "1:14: expected a new name, found 'f' again");
}

TEST(CheckTypesTest, OnlyVarsChange) {
  EXPECT_EQ(InBody("let x = 1; x = 2;"),
            "4:12: expected a 'var', found 'x', which does not change");
  EXPECT_EQ(InBody("for i in 0..3 { i = 1; }"),
            "4:17: expected a 'var', found 'i', which does not change");
  EXPECT_EQ(InBody("let a = [1]; a[0] = 2;"),
            "4:14: expected a 'var', found 'a', which does not change");
}

TEST(CheckTypesTest, MatchesCoverEverythingOnce) {
  EXPECT_EQ(InBody("match E::A { E::A => {} }"),
            "4:1: expected an arm without a guard for E::B");
  EXPECT_EQ(InBody("match E::A { E::A => {} E::B(_) if true => {} }"),
            "4:1: expected an arm without a guard for E::B");
  EXPECT_EQ(InBody("match E::A { _ => {} E::A => {} }"),
            "4:22: an arm that is never reached");
  EXPECT_EQ(InBody("match 3 { 1 => {} }"),
            "4:1: expected an arm '_ =>' without a guard");
  EXPECT_EQ(InBody("match E::A { E::A => {} E::B => {} }"),
            "4:25: expected 1 names to bind, found 0");
}

TEST(CheckTypesTest, FunctionsReturnOnEveryPath) {
  EXPECT_EQ(ProblemOf("fn f(x: i32) -> i32 { if x == 1 { return 2; } }"),
            "1:4: expected 'f' to return i32 on every path");
  EXPECT_EQ(ProblemOf("fn f() -> i32 { return 1; return 2; }"),
            "1:27: a statement that is never reached");
  EXPECT_EQ(InBody("break;"), "4:1: expected a loop around this");
}

TEST(CheckTypesTest, RecursionIsRefused) {
  EXPECT_EQ(ProblemOf("fn f() { g(); } fn g() { f(); }"),
            "1:4: expected no recursion, but 'f' calls itself or one that "
            "does");
}

TEST(CheckTypesTest, StacksAreBounded) {
  EXPECT_NE(InBody("let a = [0; 40000]; let b = [0; 40000];"), "");
  std::string chain = "fn f0() {}\n";
  for (int i = 1; i <= 40; ++i) {
    chain += "fn f" + std::to_string(i) + "() { f" + std::to_string(i - 1) +
             "(); }\n";
  }
  EXPECT_EQ(ProblemOf(chain), "33:4: calls nested over 32 deep");
}

TEST(CheckTypesTest, HostFunctionsTakeAndGiveWhatHostsKnow) {
  EXPECT_EQ(ProblemOf("struct S { x: i32 } host fn h(s: S);"),
            "1:34: expected a scalar, an enum without payload or an array of "
            "numbers, found S");
  EXPECT_EQ(ProblemOf("host fn h() -> str;"),
            "1:16: expected i32, i64, bool or nothing from a host function, "
            "found str");
}

}  // namespace
}  // namespace fozzy::compiler
