// Rewrites the intermediate representation from what always works to what is
// fast, where that is proven to mean the same.
//
// Before any pass: arrays lie behind handles, matches compare external tags in
// turn, strings are interned, every bounds check is made.
#ifndef FOZZY_KERNELS_COMPILER_LOWERING_LOWERING_H_
#define FOZZY_KERNELS_COMPILER_LOWERING_LOWERING_H_

#include <cstdint>
#include <string_view>

#include "kernels/compiler/ir.h"
#include "kernels/compiler/position.h"

namespace fozzy::compiler {

enum class FastPath : uint8_t {
  kOff,    // the fallback: no pass
  kOn,     // each pass where it may
  kForce,  // like kOn, and what may not is an error
};

enum class PassId : uint8_t {
  kDirectArrays,  // arrays that do not escape lie in the function's memory
  kDenseMatch,    // variants are numbered, matches jump through tables
  kTextViews,     // strings are views of bytes
  kRanges,        // arithmetic that cannot wrap or be negative is marked
  kBounds,        // checks whose index is proven in range are dropped
  kWindows,       // a check for several accesses at off, off+1, ...
};
inline constexpr uint32_t kPasses = 6;

struct LoweringOptions {
  FastPath fast_path = FastPath::kOn;
  // Whether array accesses are trusted to be in range: checks that are not
  // proven needless are dropped too, and what is then out of range is
  // undefined.
  bool trusts_bounds = false;
  // Passes that are left out, by 1 << PassId.
  uint32_t without = 0;
};

// A pass changes the module, and reports to `problem`, if that is not null,
// the first thing that it may not.
struct Pass {
  PassId id;
  std::string_view name;
  void (*run)(IrModule& module, Problem* problem);
};

// By their ids, which is the order they run in.
extern const Pass kPassTable[kPasses];

// Runs the passes.  Reports, with kForce only, what is not eligible and why.
void Lower(IrModule& module, const LoweringOptions& options, Problem& problem);

// The passes, one family in each file.
void LowerArrays(IrModule& module, Problem* problem);
void LowerMatches(IrModule& module, Problem* problem);
void LowerTexts(IrModule& module, Problem* problem);
void LowerArithmetic(IrModule& module, Problem* problem);
void LowerBounds(IrModule& module, Problem* problem);
void LowerWindows(IrModule& module, Problem* problem);

// Returns why `array` of `function` may not lie in memory, or "".
std::string_view WhyNotDirect(const IrModule& module, const ArrayObject& array);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_LOWERING_LOWERING_H_
