// What the operators compute, for whoever runs kernels: two's complement that
// wraps at 32 or 64 bits.  32-bit values are kept sign-extended.
#ifndef FOZZY_KERNELS_COMPILER_ARITHMETIC_H_
#define FOZZY_KERNELS_COMPILER_ARITHMETIC_H_

#include <cstdint>

#include "kernels/compiler/outcome.h"

namespace fozzy::compiler {

constexpr int64_t WrapAdd(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) +
                              static_cast<uint64_t>(b));
}
constexpr int64_t WrapSubtract(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) -
                              static_cast<uint64_t>(b));
}
constexpr int64_t WrapMultiply(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) *
                              static_cast<uint64_t>(b));
}
// Requires b != 0.  The smallest number divided by -1 wraps to itself.
constexpr int64_t WrapDivide(int64_t a, int64_t b) {
  return b == -1 ? WrapSubtract(0, a) : a / b;
}
// Requires b != 0.
constexpr int64_t WrapRemainder(int64_t a, int64_t b) {
  return b == -1 ? 0 : a % b;
}
// The low bits of `b` count, 5 of 32 and 6 of 64.
constexpr int64_t ShiftLeft(int64_t a, int64_t b, int bits) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) << (b & (bits - 1)));
}
// Keeps the sign.
constexpr int64_t ShiftRight(int64_t a, int64_t b, int bits) {
  return a >> (b & (bits - 1));
}

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_ARITHMETIC_H_
