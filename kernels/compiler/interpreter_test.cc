#include "kernels/compiler/interpreter.h"

#include <gtest/gtest.h>

#include <string>

#include "kernels/compiler/program.h"
#include "kernels/compiler/testing/backends.h"

namespace fozzy::compiler {
namespace {

// Returns what the body of a function of a: i32, b: i32 returns.
int64_t Of(const std::string& body, int32_t a = 0, int32_t b = 0) {
  RecordingHost host;
  auto program = Program::Make("fn f(a: i32, b: i32) -> i64 {" + body + "}",
                               {.backend = Backend::kInterp});
  EXPECT_TRUE(program.ok()) << program.status().message();
  const Outcome outcome = (*program)->Run({a, b}, host);
  EXPECT_EQ(outcome.failure.Text(), "");
  return outcome.result;
}

TEST(InterpreterTest, ArithmeticOfI32WrapsAt32Bits) {
  EXPECT_EQ(Of("return i64(a + b);", INT32_MAX, 1), INT32_MIN);
  EXPECT_EQ(Of("return i64(a) + i64(b);", INT32_MAX, 1), int64_t{1} << 31);
  EXPECT_EQ(Of("return i64(-a);", INT32_MIN), INT32_MIN);
  EXPECT_EQ(Of("return i64(a * b);", 65536, 65536), 0);
}

TEST(InterpreterTest, ShiftsCountTheLowBitsAndKeepTheSign) {
  EXPECT_EQ(Of("return i64(a << b);", 1, 33), 2);
  EXPECT_EQ(Of("return i64(a >> b);", -8, 1), -4);
  EXPECT_EQ(Of("return i64(a) << 40;", 1), int64_t{1} << 40);
}

TEST(InterpreterTest, DivisionCutsTowardsZero) {
  EXPECT_EQ(Of("return i64(a / b);", -7, 2), -3);
  EXPECT_EQ(Of("return i64(a % b);", -7, 2), -1);
  EXPECT_EQ(Of("return i64(a % b);", 7, -2), 1);
}

TEST(InterpreterTest, LogicStopsAtWhatDecides) {
  EXPECT_EQ(Of("if a == 0 || 1 / a == 1 { return 1; } return 2;", 0), 1);
  EXPECT_EQ(Of("if a != 0 && 1 / a == 1 { return 1; } return 2;", 0), 2);
}

TEST(InterpreterTest, LoopsRunFromTheFirstToBeforeTheLast) {
  EXPECT_EQ(
      Of("var s = 0; for i in a..b { s = s * 10 + i; } return i64(s);", 1, 4),
      123);
  EXPECT_EQ(Of("var s = 0; for i in a..b { s = 1; } return i64(s);", 4, 1), 0);
  EXPECT_EQ(Of("var s = 0; for i in a..b { if i == 2 { continue; } "
               "if i == 5 { break; } s = s * 10 + i; } return i64(s);",
               0, 9),
            134);
}

TEST(InterpreterTest, StructsAreExchangedAsWholes) {
  RecordingHost host;
  auto program = Program::Make(
      "struct P { x: i32, y: i32 } fn f() -> i32 { var p = P { x: 1, y: 2 }; "
      "p = P { x: p.y, y: p.x }; p.x = p.x + 5; return p.x * 10 + p.y; }",
      {.backend = Backend::kInterp});
  EXPECT_EQ((*program)->Run({}, host).result, 71);
}

}  // namespace
}  // namespace fozzy::compiler
