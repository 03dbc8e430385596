// Checks of the compiler's own invariants, on in every build: what a user did
// wrong is a status, never this.
#ifndef FOZZY_KERNELS_COMPILER_REQUIRE_H_
#define FOZZY_KERNELS_COMPILER_REQUIRE_H_

namespace fozzy::compiler {

// Ends the program unless `holds`.
inline void Require(bool holds) {
  if (__builtin_expect(!holds, 0)) __builtin_trap();
}

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_REQUIRE_H_
