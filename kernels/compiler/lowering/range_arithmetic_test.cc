// The ranges that are computed hold every result: all small operands are tried.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "kernels/compiler/arithmetic.h"
#include "kernels/compiler/lowering/ranges.h"

namespace fozzy::compiler {
namespace {

const std::vector<int64_t> kNumbers = {
    INT32_MIN, INT32_MIN + 1, -9,       -3, -1, 0, 1, 2, 5, 8, 31,
    33,        INT32_MAX - 1, INT32_MAX};

int64_t Apply(Op op, int64_t a, int64_t b) {
  switch (op) {
    case Op::kAdd:
      return WrapAdd(a, b);
    case Op::kSubtract:
      return WrapSubtract(a, b);
    case Op::kMultiply:
      return WrapMultiply(a, b);
    case Op::kDivide:
      return WrapDivide(a, b);
    case Op::kRemainder:
      return WrapRemainder(a, b);
    case Op::kAnd:
      return a & b;
    case Op::kOr:
      return a | b;
    case Op::kXor:
      return a ^ b;
    case Op::kShiftLeft:
      return ShiftLeft(a, b, 32);
    default:
      return ShiftRight(a, b, 32);
  }
}

void Check(Op op, Range a, Range b) {
  Instruction code;
  code.op = op;
  code.type = Scalar::kI32;
  bool never_wraps = false;
  const Range range = Compute(code, a, b, never_wraps);
  for (const int64_t x : kNumbers) {
    for (const int64_t y : kNumbers) {
      if (x < a.low || x > a.high || y < b.low || y > b.high) continue;
      const bool is_division = op == Op::kDivide || op == Op::kRemainder;
      if (is_division && y == 0) continue;
      const int64_t whole = Apply(op, x, y);
      const int64_t result = Cut32(whole);
      EXPECT_LE(range.low, result) << x << " " << OpName(op) << " " << y;
      EXPECT_GE(range.high, result) << x << " " << OpName(op) << " " << y;
      EXPECT_TRUE(!never_wraps || result == whole) << x << OpName(op) << y;
    }
  }
}

TEST(RangeArithmeticTest, HoldsEveryResult) {
  for (int op = static_cast<int>(Op::kAdd);
       op <= static_cast<int>(Op::kShiftRight); ++op) {
    for (size_t i = 0; i < kNumbers.size(); ++i) {
      for (size_t j = i; j < kNumbers.size(); j += 3) {
        for (size_t k = 0; k < kNumbers.size(); ++k) {
          for (size_t l = k; l < kNumbers.size(); l += 4) {
            Check(static_cast<Op>(op), {kNumbers[i], kNumbers[j]},
                  {kNumbers[k], kNumbers[l]});
          }
        }
      }
    }
  }
}

TEST(RangeArithmeticTest, IsTightWhereKernelsNeedIt) {
  Instruction code;
  code.type = Scalar::kI32;
  bool never_wraps = false;
  code.op = Op::kRemainder;
  EXPECT_EQ(Compute(code, {0, 1000}, {251, 251}, never_wraps), (Range{0, 250}));
  code.op = Op::kAnd;
  EXPECT_EQ(Compute(code, AllOf(Scalar::kI32), {7, 7}, never_wraps),
            (Range{0, 7}));
  code.op = Op::kMultiply;
  EXPECT_EQ(Compute(code, {0, 8'000'000}, {13, 13}, never_wraps),
            (Range{0, 104'000'000}));
  EXPECT_TRUE(never_wraps);
  Compute(code, AllOf(Scalar::kI32), {2, 2}, never_wraps);
  EXPECT_FALSE(never_wraps);
}

}  // namespace
}  // namespace fozzy::compiler
