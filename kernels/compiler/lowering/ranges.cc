#include "kernels/compiler/lowering/ranges.h"

#include <algorithm>

namespace fozzy::compiler {
namespace {

// Registers times blocks: memory stays below 16 MiB.
constexpr size_t kCellsMax = size_t{1} << 20;
// Times that a block may change before it is widened.
constexpr uint32_t kVisitsBeforeWidening = 3;
// Times until it is widened to all there is, so that the analysis ends soon.
constexpr uint32_t kVisitsMax = 32;
constexpr int kNarrowings = 2;

bool IsNumber(Scalar type) {
  return type == Scalar::kI32 || type == Scalar::kI64;
}

// Narrows a and b to where `a op b` holds.  Returns whether it may.
bool KeepWhere(Op op, Range& a, Range& b) {
  switch (op) {
    case Op::kEqual:
      a = b = {std::max(a.low, b.low), std::min(a.high, b.high)};
      break;
    case Op::kNotEqual:
      if (a.low == a.high && a == b) return false;
      if (b.low == b.high && a.low == b.low) ++a.low;
      if (b.low == b.high && a.high == b.low) --a.high;
      break;
    case Op::kLess:
      if (b.high == AllOf(Scalar::kI64).low) return false;
      if (a.low == AllOf(Scalar::kI64).high) return false;
      a.high = std::min(a.high, b.high - 1);
      b.low = std::max(b.low, a.low + 1);
      break;
    case Op::kLessEqual:
      a.high = std::min(a.high, b.high);
      b.low = std::max(b.low, a.low);
      break;
    case Op::kGreater:
      return KeepWhere(Op::kLess, b, a);
    default:
      return KeepWhere(Op::kLessEqual, b, a);
  }
  return a.low <= a.high && b.low <= b.high;
}

Op Opposite(Op op) {
  switch (op) {
    case Op::kEqual:
      return Op::kNotEqual;
    case Op::kNotEqual:
      return Op::kEqual;
    case Op::kLess:
      return Op::kGreaterEqual;
    case Op::kLessEqual:
      return Op::kGreater;
    case Op::kGreater:
      return Op::kLessEqual;
    default:
      return Op::kLess;
  }
}

Range Join(Range a, Range b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

// Joins `from` into `to`; returns whether `to` changed.
bool JoinInto(const Ranges::State& from, Ranges::State& to) {
  if (to.empty()) {
    to = from;
    return true;
  }
  bool is_changed = false;
  for (size_t i = 0; i < to.size(); ++i) {
    const Range joined = Join(to[i], from[i]);
    if (joined == to[i]) continue;
    to[i] = joined;
    is_changed = true;
  }
  return is_changed;
}

}  // namespace

Ranges::Ranges(const IrFunction& function)
    : function_(function),
      begin_(function.blocks.size()),
      visits_(function.blocks.size(), 0) {
  if (function.blocks.size() * function.registers.size() > kCellsMax) return;
  CollectThresholds();
  State first;
  for (const Register& reg : function.registers) {
    first.push_back(reg.is_constant && reg.type != Scalar::kStr
                        ? Range{reg.value, reg.value}
                        : AllOf(reg.type));
  }
  begin_[0] = first;
  while (Round(/*is_widening=*/true)) {
  }
  for (int i = 0; i < kNarrowings; ++i) Narrow();
}

void Ranges::CollectThresholds() {
  for (const Register& reg : function_.registers) {
    if (!reg.is_constant || !IsNumber(reg.type)) continue;
    for (const int64_t by : {-1, 0, 1}) {
      const Range all = AllOf(Scalar::kI64);
      if (reg.value == all.low || reg.value == all.high) continue;
      thresholds_.push_back(reg.value + by);
    }
  }
  for (const Scalar type : {Scalar::kI32, Scalar::kI64}) {
    thresholds_.push_back(AllOf(type).low);
    thresholds_.push_back(AllOf(type).high);
  }
  std::sort(thresholds_.begin(), thresholds_.end());
}

void Ranges::Widen(State& now, const State& before, bool is_last) const {
  for (size_t i = 0; i < now.size(); ++i) {
    const Register& reg = function_.registers[i];
    if (is_last && !reg.is_constant) now[i] = AllOf(reg.type);
    if (now[i].low < before[i].low) {
      now[i].low = *(
          std::upper_bound(thresholds_.begin(), thresholds_.end(), now[i].low) -
          1);
    }
    if (now[i].high > before[i].high) {
      now[i].high = *std::lower_bound(thresholds_.begin(), thresholds_.end(),
                                      now[i].high);
    }
  }
}

bool Ranges::Round(bool is_widening) {
  bool is_changed = false;
  for (uint32_t block = 0; block < begin_.size(); ++block) {
    if (begin_[block].empty()) continue;
    Leave(block, begin_[block], [&](uint32_t target, const State& state) {
      const State before = begin_[target];
      if (!JoinInto(state, begin_[target])) return;
      is_changed = true;
      if (is_widening && ++visits_[target] > kVisitsBeforeWidening) {
        Widen(begin_[target], before, visits_[target] > kVisitsMax);
      }
    });
  }
  return is_changed;
}

// What holds at the ends of all blocks bounds what holds at their beginnings:
// one more step from a sound answer is sound, and may be tighter.
void Ranges::Narrow() {
  std::vector<State> next(begin_.size());
  next[0] = begin_[0];
  for (uint32_t block = 0; block < begin_.size(); ++block) {
    if (begin_[block].empty()) continue;
    Leave(block, begin_[block], [&](uint32_t target, const State& state) {
      JoinInto(state, next[target]);
    });
  }
  begin_ = std::move(next);
}

void Ranges::Step(const Instruction& code, State& state) const {
  if (IsAccess(code.op)) {
    // What follows an access is reached only if there is such an element.
    const int64_t most = int64_t{function_.arrays[code.array].length} - 1;
    Range& index = state[code.a];
    const Range kept = {std::max<int64_t>(index.low, 0),
                        std::min(index.high, most)};
    if (kept.low <= kept.high) index = kept;
  }
  const auto all = [&](uint32_t reg) {
    state[reg] = AllOf(function_.registers[reg].type);
  };
  if (code.op == Op::kCopy || code.op == Op::kWiden) {
    state[code.dst] = state[code.a];
  } else if (IsArithmetic(code.op) && IsNumber(code.type)) {
    bool never_wraps = false;
    state[code.dst] = Compute(code, state[code.a], state[code.b], never_wraps);
    if (code.never_wraps && !never_wraps) {
      // Known from how loops count: the sum stays within the type.
      state[code.dst] = {std::max(state[code.a].low, AllOf(code.type).low),
                         AllOf(code.type).high};
    }
  } else if (code.op == Op::kLen) {
    state[code.dst] = {0, AllOf(Scalar::kI32).high};
  } else if (code.op == Op::kNarrow) {
    const Range from = state[code.a];
    const Range small = AllOf(Scalar::kI32);
    state[code.dst] = from.IsWithin(small.low, small.high) ? from : small;
  } else {
    ForEachWrite(code, all);
  }
}

template <class Take>
void Ranges::Leave(uint32_t block, const State& begin, Take take) const {
  State state = begin;
  for (const Instruction& code : function_.blocks[block].code) {
    Step(code, state);
  }
  const Instruction& end = function_.blocks[block].code.back();
  if (end.op == Op::kReturn) return;
  if (end.op != Op::kBranch) {
    ForEachTarget(end, [&](uint32_t target) { take(target, state); });
    return;
  }
  for (const bool holds : {true, false}) {
    State taken = state;
    if (Assume(block, holds, taken)) {
      take(holds ? end.index : end.other, taken);
    }
  }
}

// Finds the comparison that computed `condition` at the end of `block`, if
// what it compared has not changed since.
const Instruction* Ranges::Comparison(uint32_t block, uint32_t condition,
                                      bool& holds) const {
  const std::vector<Instruction>& code = function_.blocks[block].code;
  for (size_t i = code.size() - 1; i > 0; --i) {
    const Instruction& found = code[i - 1];
    if (found.dst != condition) continue;
    if (found.op == Op::kNot) {
      condition = found.a;
      holds = !holds;
      continue;
    }
    if (!IsComparison(found.op) || !IsNumber(found.type)) return nullptr;
    for (size_t k = i - 1; k < code.size(); ++k) {
      bool is_changed = false;
      ForEachWrite(code[k], [&](uint32_t reg) {
        if (reg == found.a || reg == found.b) is_changed = true;
      });
      if (is_changed) return nullptr;
    }
    return &found;
  }
  return nullptr;
}

bool Ranges::Assume(uint32_t block, bool holds, State& state) const {
  const Instruction& end = function_.blocks[block].code.back();
  const Instruction* compared = Comparison(block, end.a, holds);
  if (compared == nullptr) return true;
  Range a = state[compared->a];
  Range b = state[compared->b];
  const Op op = holds ? compared->op : Opposite(compared->op);
  if (!KeepWhere(op, a, b)) return false;
  state[compared->a] = a;
  state[compared->b] = b;
  return true;
}

}  // namespace fozzy::compiler
