// Drops the check of an access to direct memory whose index is proven in range,
// and notes the proof.
#include "kernels/compiler/lowering/lowering.h"
#include "kernels/compiler/lowering/ranges.h"

namespace fozzy::compiler {
namespace {

// Names the proof after the instruction, above `at`, that made the index.
Proof ProofOf(const IrFunction& function, const std::vector<Instruction>& code,
              uint32_t at) {
  const uint32_t index = code[at].a;
  if (function.registers[index].is_constant) return Proof::kConstant;
  for (uint32_t i = at; i > 0; --i) {
    if (code[i - 1].dst != index) continue;
    if (code[i - 1].op == Op::kAnd) return Proof::kMask;
    if (code[i - 1].op == Op::kRemainder) return Proof::kRemainder;
    break;
  }
  return Proof::kRange;
}

void Drop(IrFunction& function) {
  const Ranges ranges(function);
  ranges.Visit([&](uint32_t block, uint32_t i, const Ranges::State& state) {
    std::vector<Instruction>& code = function.blocks[block].code;
    if (!IsAccess(code[i].op)) return;
    const ArrayObject& array = function.arrays[code[i].array];
    if (!array.is_direct) return;
    if (state[code[i].a].IsWithin(0, int64_t{array.length} - 1)) {
      code[i].proof = ProofOf(function, code, i);
    }
  });
}

}  // namespace

void LowerBounds(IrModule& module, Problem*) {
  for (const uint32_t i : module.order) Drop(module.functions[i]);
}

}  // namespace fozzy::compiler
