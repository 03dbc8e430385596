#include "kernels/compiler/lowering/lowering.h"

namespace fozzy::compiler {
namespace {

constexpr uint32_t Bit(PassId id) { return 1u << static_cast<uint32_t>(id); }

void TrustBounds(IrModule& module) {
  for (IrFunction& function : module.functions) {
    for (Block& block : function.blocks) {
      for (Instruction& code : block.code) {
        if (IsAccess(code.op) && code.proof == Proof::kNotProven &&
            function.arrays[code.array].is_direct) {
          code.proof = Proof::kTrusted;
        }
      }
    }
  }
}

}  // namespace

const Pass kPassTable[kPasses] = {
    {PassId::kDirectArrays, "direct_arrays", LowerArrays},
    {PassId::kDenseMatch, "dense_match", LowerMatches},
    {PassId::kTextViews, "text_views", LowerTexts},
    {PassId::kRanges, "ranges", LowerArithmetic},
    {PassId::kBounds, "bounds", LowerBounds},
    {PassId::kWindows, "windows", LowerWindows},
};

void Lower(IrModule& module, const LoweringOptions& options, Problem& problem) {
  if (options.fast_path == FastPath::kOff) return;
  Problem* const refused =
      options.fast_path == FastPath::kForce ? &problem : nullptr;
  for (const Pass& pass : kPassTable) {
    if ((options.without & Bit(pass.id)) != 0) continue;
    pass.run(module, refused);
  }
  if (options.trusts_bounds) TrustBounds(module);
}

}  // namespace fozzy::compiler
