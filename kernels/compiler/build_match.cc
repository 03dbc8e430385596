#include <algorithm>

#include "kernels/compiler/function_builder.h"

namespace fozzy::compiler {

// A match jumps to the first arm that fits the value.  An arm whose guard does
// not hold goes on with a match of the arms below it.
void FunctionBuilder::Match(const Stmt& stmt) {
  const size_t arms = stmt.arms.size();
  MatchState state{&stmt, Values(stmt.value),
                   std::vector<uint32_t>(arms, kNone),
                   std::vector<uint32_t>(arms, kNone)};
  // Arms may change the variable that is matched.
  const Registers kept = NewRegisters(module_.exprs[stmt.value].type);
  Copy(state.value, kept, stmt.at);
  state.value = kept;
  for (size_t i = 0; i < arms; ++i) state.arm_blocks[i] = NewBlock();
  const uint32_t start = block_;
  const uint32_t first = MatchFrom(state, 0);
  Enter(start);
  Jump(first, stmt.at);
  const uint32_t end = NewBlock();
  for (size_t i = 0; i < arms; ++i) ArmBlock(state, i, end);
  Enter(end);
}

uint32_t FunctionBuilder::MatchFrom(MatchState& state, size_t first) {
  if (state.from_blocks[first] != kNone) return state.from_blocks[first];
  const uint32_t block = NewBlock();
  state.from_blocks[first] = block;
  Instruction match;
  match.op = Op::kMatch;
  match.at = state.stmt->at;
  match.a = state.value.front();
  match.type = function_.registers[match.a].type;
  MatchCases(state, first, match);
  Enter(block);
  function_.blocks[block_].code.push_back(match);
  return block;
}

void FunctionBuilder::MatchCases(MatchState& state, size_t first,
                                 Instruction& match) {
  const std::vector<Arm>& arms = state.stmt->arms;
  for (size_t i = first; i < arms.size(); ++i) {
    const Pattern& pattern = arms[i].pattern;
    if (pattern.is_any) {
      match.index = state.arm_blocks[i];
      return;
    }
    const int64_t value =
        pattern.is_integer ? pattern.number : int64_t{pattern.index};
    const bool is_taken =
        std::any_of(match.cases.begin(), match.cases.end(),
                    [value](const Case& c) { return c.value == value; });
    if (!is_taken) match.cases.push_back({value, state.arm_blocks[i]});
  }
}

void FunctionBuilder::ArmBlock(MatchState& state, size_t arm, uint32_t end) {
  const Arm& source = state.stmt->arms[arm];
  Enter(state.arm_blocks[arm]);
  const Pattern& pattern = source.pattern;
  if (!pattern.bindings.empty()) {
    const Type& type = module_.exprs[state.stmt->value].type;
    const uint32_t begin = PayloadBegin(module_, type.index, pattern.index);
    for (size_t i = 0; i < pattern.bindings.size(); ++i) {
      const uint32_t local = pattern.bindings[i];
      if (local == kNone) continue;
      locals_[local] = NewRegisters(source_.locals[local].type);
      EmitCopy(locals_[local].front(), state.value[begin + i], source.at);
    }
  }
  if (source.guard != kNone) {
    const uint32_t before = block_;
    const uint32_t body = NewBlock();
    // The checker wants an arm without a guard below.
    const uint32_t next = MatchFrom(state, arm + 1);
    Enter(before);
    Condition(source.guard, body, next);
    Enter(body);
  }
  Statements(source.body);
  Jump(end, source.at);
}

}  // namespace fozzy::compiler
