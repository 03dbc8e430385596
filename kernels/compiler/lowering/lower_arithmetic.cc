// Marks arithmetic that cannot wrap and divisions of what is not negative, so
// that native code may use what is cheaper then.
#include "kernels/compiler/lowering/lowering.h"
#include "kernels/compiler/lowering/ranges.h"

namespace fozzy::compiler {
namespace {

void Mark(IrFunction& function) {
  const Ranges ranges(function);
  ranges.Visit([&](uint32_t block, uint32_t i, const Ranges::State& state) {
    Instruction& code = function.blocks[block].code[i];
    if (!IsArithmetic(code.op)) return;
    if (code.type != Scalar::kI32 && code.type != Scalar::kI64) return;
    const Range a = state[code.a];
    const Range b = state[code.b];
    bool never_wraps = false;
    Compute(code, a, b, never_wraps);
    if (code.op != Op::kShiftLeft && never_wraps) code.never_wraps = true;
    if (code.op == Op::kDivide || code.op == Op::kRemainder) {
      code.never_negative = a.low >= 0 && b.low > 0;
    }
  });
}

}  // namespace

void LowerArithmetic(IrModule& module, Problem*) {
  for (const uint32_t i : module.order) Mark(module.functions[i]);
}

}  // namespace fozzy::compiler
