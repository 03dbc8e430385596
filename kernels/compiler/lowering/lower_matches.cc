// Variants are numbered from 0, and a match whose values lie close together is
// a jump through a table.  Hosts go on seeing external tags.
#include <algorithm>

#include "kernels/compiler/lowering/lowering.h"

namespace fozzy::compiler {
namespace {

// A table may have this many entries, and as many again for each case.
constexpr int64_t kTableSlack = 8;

bool IsDense(const Instruction& match) {
  if (match.type == Scalar::kTag || match.cases.empty()) return true;
  int64_t low = match.cases.front().value;
  int64_t high = low;
  for (const Case& c : match.cases) {
    low = std::min(low, c.value);
    high = std::max(high, c.value);
  }
  const auto cases = static_cast<int64_t>(match.cases.size());
  return high - low < kTableSlack * (cases + 1);
}

}  // namespace

void LowerMatches(IrModule& module, Problem* problem) {
  module.has_compact_tags = true;
  for (const uint32_t i : module.order) {
    for (Block& block : module.functions[i].blocks) {
      if (block.code.empty() || block.code.back().op != Op::kMatch) continue;
      Instruction& match = block.code.back();
      match.is_switch = IsDense(match);
      if (match.is_switch || problem == nullptr) continue;
      problem->Report(match.at,
                      "this match cannot be a switch: its values lie too far "
                      "apart");
    }
  }
}

}  // namespace fozzy::compiler
