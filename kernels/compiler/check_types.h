// Gives every name its meaning and every expression its type.
#ifndef FOZZY_KERNELS_COMPILER_CHECK_TYPES_H_
#define FOZZY_KERNELS_COMPILER_CHECK_TYPES_H_

#include <cstdint>

#include "kernels/compiler/ast.h"
#include "kernels/compiler/position.h"

namespace fozzy::compiler {

inline constexpr uint32_t kFunctionsMax = 1000;
inline constexpr uint32_t kCallDepthMax = 32;
inline constexpr uint32_t kFieldsMax = 16;     // of a struct, of an enum
inline constexpr uint32_t kLocalsMax = 2000;   // of a function
inline constexpr uint32_t kVariantsMax = 256;  // of an enum
// Elements of all arrays of a function and of those it calls, at their most.
inline constexpr uint32_t kArrayElementsMax = 65536;

// Resolves `module` in place.  Reports the first problem with its place, what
// was expected and what was found: unknown or doubled names, types that do not
// fit, matches that leave something out, functions that may end without a
// value or call themselves, statements never reached, bounds exceeded.
void CheckTypes(Module& module, Problem& problem);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_CHECK_TYPES_H_
