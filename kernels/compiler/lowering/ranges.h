// Which numbers the registers of a function may hold, at every instruction.
//
// An abstract interpretation over intervals: branches narrow what they compare,
// loops are widened to the constants of the function and then narrowed again.
// Source: Cousot and Cousot, "Abstract Interpretation: A Unified Lattice Model
// for Static Analysis of Programs", POPL 1977.
#ifndef FOZZY_KERNELS_COMPILER_LOWERING_RANGES_H_
#define FOZZY_KERNELS_COMPILER_LOWERING_RANGES_H_

#include <cstdint>
#include <vector>

#include "kernels/compiler/ir.h"

namespace fozzy::compiler {

// From low to high, both included; empty if low > high.
struct Range {
  int64_t low = 0;
  int64_t high = 0;

  friend bool operator==(const Range&, const Range&) = default;
  bool IsWithin(int64_t least, int64_t most) const {
    return least <= low && high <= most;
  }
};

// Returns all numbers of `type`.
Range AllOf(Scalar type);

// Returns what `instruction`, which is arithmetic, computes from `a` and `b`,
// and in `never_wraps` whether it stays within its type.
Range Compute(const Instruction& instruction, Range a, Range b,
              bool& never_wraps);

class Ranges {
 public:
  using State = std::vector<Range>;  // by register

  // Analyses `function`, which must outlive this.  Of one that is too large,
  // nothing is known: Visit visits nothing.
  explicit Ranges(const IrFunction& function);

  // Calls visit(block, index of the instruction, state before it) for every
  // instruction that may be reached.
  template <class Visitor>
  void Visit(Visitor visit) const {
    for (uint32_t block = 0; block < begin_.size(); ++block) {
      if (begin_[block].empty()) continue;
      State state = begin_[block];
      const std::vector<Instruction>& code = function_.blocks[block].code;
      for (uint32_t i = 0; i < code.size(); ++i) {
        visit(block, i, state);
        Step(code[i], state);
      }
    }
  }

 private:
  void Step(const Instruction& code, State& state) const;
  void Widen(State& now, const State& before, bool is_last) const;
  void CollectThresholds();
  bool Round(bool is_widening);
  void Narrow();
  // Calls take(target, state) for each way out of `block`.
  template <class Take>
  void Leave(uint32_t block, const State& begin, Take take) const;
  bool Assume(uint32_t block, bool holds, State& state) const;
  const Instruction* Comparison(uint32_t block, uint32_t condition,
                                bool& holds) const;

  const IrFunction& function_;
  std::vector<State> begin_;  // of each block; empty: not reached
  std::vector<uint32_t> visits_;
  std::vector<int64_t> thresholds_;  // sorted
};

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_LOWERING_RANGES_H_
