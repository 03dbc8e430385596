// The eight kernels that the compiler is measured by, in its language.
//
// What a kernel selects or reads passes through `opaque`, so that nobody may
// compute it once for all turns of the loop.
#ifndef FOZZY_KERNELS_COMPILER_EIGHT_KERNELS_H_
#define FOZZY_KERNELS_COMPILER_EIGHT_KERNELS_H_

#include <cstdint>
#include <string_view>

namespace fozzy::compiler {

// A kernel is a function of its own name: fn NAME(n: i32) -> i32.
struct Kernel {
  std::string_view name;
  std::string_view source;
  int64_t checksum;  // for n = kKernelTurns
};

inline constexpr int64_t kKernelTurns = 8'000'000;

extern const Kernel kEightKernels[8];

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_EIGHT_KERNELS_H_
