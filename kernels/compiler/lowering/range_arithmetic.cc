#include <algorithm>
#include <limits>

#include "kernels/compiler/lowering/ranges.h"

namespace fozzy::compiler {
namespace {

__extension__ using Wide = __int128;

struct WideRange {
  Wide low;
  Wide high;
};

WideRange Multiply(Range a, Range b) {
  const Wide corners[] = {Wide{a.low} * b.low, Wide{a.low} * b.high,
                          Wide{a.high} * b.low, Wide{a.high} * b.high};
  return {*std::min_element(std::begin(corners), std::end(corners)),
          *std::max_element(std::begin(corners), std::end(corners))};
}

Range Divide(Range a, Range b, const Range& all) {
  if (b.low != b.high || b.low <= 0) return all;
  return {a.low / b.low, a.high / b.low};
}

// The sign of the result is that of `a`, its size below those of `a` and `b`.
Range Remainder(Range a, Range b, const Range& all) {
  if (b.low <= 0) return all;
  const int64_t most = b.high - 1;
  return {a.low >= 0 ? 0 : std::max(a.low, -most),
          a.high <= 0 ? 0 : std::min(a.high, most)};
}

// Returns the least 2^k - 1 that is not below `value`, which is not negative.
int64_t MaskFor(int64_t value) {
  int64_t mask = 0;
  while (mask < value) mask = mask * 2 + 1;
  return mask;
}

Range And(Range a, Range b, const Range& all) {
  if (a.low >= 0 && b.low >= 0) return {0, std::min(a.high, b.high)};
  if (a.low >= 0) return {0, a.high};
  if (b.low >= 0) return {0, b.high};
  return all;
}

Range OrXor(Range a, Range b, const Range& all) {
  if (a.low < 0 || b.low < 0) return all;
  return {0, MaskFor(std::max(a.high, b.high))};
}

Range ShiftRight(Range a, Range b, const Range& all, int bits) {
  if (b.low != b.high) return a.low >= 0 ? Range{0, a.high} : all;
  const int by = static_cast<int>(b.low & (bits - 1));
  return {a.low >> by, a.high >> by};
}

bool IsLinear(Op op) {
  return op == Op::kAdd || op == Op::kSubtract || op == Op::kMultiply ||
         op == Op::kShiftLeft;
}

WideRange Linear(Op op, Range a, Range b, int bits, const Range& all) {
  switch (op) {
    case Op::kAdd:
      return {Wide{a.low} + b.low, Wide{a.high} + b.high};
    case Op::kSubtract:
      return {Wide{a.low} - b.high, Wide{a.high} - b.low};
    case Op::kMultiply:
      return Multiply(a, b);
    default: {
      const int by = static_cast<int>(b.low & (bits - 1));
      // 2^63 is no factor that a range can name.
      if (b.low != b.high || by > 62) return {Wide{all.low} * 2, all.high};
      return Multiply(a, {int64_t{1} << by, int64_t{1} << by});
    }
  }
}

}  // namespace

Range AllOf(Scalar type) {
  switch (type) {
    case Scalar::kBool:
      return {0, 1};
    case Scalar::kI32:
      return {std::numeric_limits<int32_t>::min(),
              std::numeric_limits<int32_t>::max()};
    default:
      return {std::numeric_limits<int64_t>::min(),
              std::numeric_limits<int64_t>::max()};
  }
}

Range Compute(const Instruction& instruction, Range a, Range b,
              bool& never_wraps) {
  const Range all = AllOf(instruction.type);
  const int bits = instruction.type == Scalar::kI32 ? 32 : 64;
  never_wraps = false;
  if (IsLinear(instruction.op)) {
    const WideRange wide = Linear(instruction.op, a, b, bits, all);
    never_wraps = wide.low >= all.low && wide.high <= all.high;
    if (!never_wraps) return all;
    return {static_cast<int64_t>(wide.low), static_cast<int64_t>(wide.high)};
  }
  switch (instruction.op) {
    case Op::kDivide:
      return Divide(a, b, all);
    case Op::kRemainder:
      return Remainder(a, b, all);
    case Op::kAnd:
      return And(a, b, all);
    case Op::kOr:
    case Op::kXor:
      return OrXor(a, b, all);
    case Op::kShiftRight:
      return ShiftRight(a, b, all, bits);
    default:
      return all;
  }
}

}  // namespace fozzy::compiler
