#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kernels/compiler/ir.h"

namespace fozzy::compiler {
namespace {

// Checks one function.
class Verifier {
 public:
  Verifier(const IrModule& module, const IrFunction& function)
      : module_(module), function_(function) {}

  std::string Verify() {
    if (function_.blocks.empty()) return "a function without blocks";
    for (block_ = 0; block_ < function_.blocks.size(); ++block_) CheckBlock();
    if (problem_.empty()) CheckWrittenFirst();
    return problem_;
  }

 private:
  void CheckBlock() {
    const std::vector<Instruction>& code = function_.blocks[block_].code;
    at_ = 0;
    if (IsReached(block_) && code.empty()) Fail("a block without an end");
    for (; at_ < code.size() && problem_.empty(); ++at_) {
      if (EndsBlock(code[at_].op) != (at_ + 1 == code.size())) {
        Fail("an end in the middle, or none at the end");
      }
      Check(code[at_]);
    }
  }

  bool IsReached(size_t block) const {
    return block == 0 || !function_.blocks[block].code.empty();
  }

  void Fail(absl::string_view what) {
    if (!problem_.empty()) return;
    problem_ =
        absl::StrCat(function_.name, " b", block_, " #", at_, ": ", what);
  }

  void Check(const Instruction& code) {
    const auto known = [&](uint32_t reg) {
      if (reg >= function_.registers.size()) Fail("an unknown register");
    };
    ForEachRead(code, known);
    ForEachWrite(code, known);
    if (!problem_.empty()) return;
    ForEachWrite(code, [&](uint32_t reg) {
      if (function_.registers[reg].is_constant) Fail("a constant is written");
    });
    if (EndsBlock(code.op) && code.op != Op::kReturn) {
      ForEachTarget(code, [&](uint32_t target) {
        if (target >= function_.blocks.size()) Fail("an unknown block");
      });
    }
    const auto no_array = [&](uint32_t array) {
      return array >= function_.arrays.size();
    };
    if ((code.array != kNone && no_array(code.array)) ||
        std::any_of(code.arrays.begin(), code.arrays.end(), no_array)) {
      return Fail("an unknown array");
    }
    CheckTypes(code);
  }

  Scalar TypeOf(uint32_t reg) const { return function_.registers[reg].type; }

  void Want(uint32_t reg, Scalar type) {
    if (reg == kNone || TypeOf(reg) != type) Fail("a register of another type");
  }

  void CheckTypes(const Instruction& code) {
    if (IsArithmetic(code.op) || IsComparison(code.op)) {
      Want(code.a, code.type);
      Want(code.b, code.type);
      return Want(code.dst, IsComparison(code.op) ? Scalar::kBool : code.type);
    }
    switch (code.op) {
      case Op::kCopy:
      case Op::kOpaque:
        Want(code.a, code.type);
        return Want(code.dst, code.type);
      case Op::kBranch:
        return Want(code.a, Scalar::kBool);
      case Op::kLoad:
        return Want(code.dst, function_.arrays[code.array].element);
      case Op::kStore:
        return Want(code.b, function_.arrays[code.array].element);
      case Op::kReturn:
        return CheckList(code.args, function_.results);
      case Op::kCall:
      case Op::kHostCall:
        return CheckCall(code);
      default:
        return;
    }
  }

  void CheckCall(const Instruction& code) {
    const IrFunction& callee = module_.functions[code.index];
    CheckList(code.args, callee.parameters);
    CheckList(code.results, callee.results);
    if (code.arrays.size() != callee.array_parameters) {
      Fail("another number of arrays");
    }
  }

  void CheckList(const std::vector<uint32_t>& registers,
                 const std::vector<Scalar>& types) {
    if (registers.size() != types.size()) return Fail("another number");
    for (size_t i = 0; i < types.size(); ++i) Want(registers[i], types[i]);
  }

  // A register is written on every path to where it is read.
  void CheckWrittenFirst() {
    const size_t count = function_.registers.size();
    std::vector<std::vector<bool>> at_begin(function_.blocks.size());
    std::vector<bool> first(count, false);
    for (size_t i = 0; i < count; ++i) {
      first[i] =
          function_.registers[i].is_constant || i < function_.parameters.size();
    }
    at_begin[0] = first;
    bool is_changed = true;
    while (is_changed) {
      is_changed = false;
      for (size_t i = 0; i < function_.blocks.size(); ++i) {
        if (!at_begin[i].empty() && Spread(i, at_begin)) is_changed = true;
      }
    }
    for (block_ = 0; block_ < function_.blocks.size(); ++block_) {
      if (!at_begin[block_].empty()) CheckReads(at_begin[block_]);
    }
  }

  bool Spread(size_t from, std::vector<std::vector<bool>>& at_begin) const {
    std::vector<bool> written = at_begin[from];
    for (const Instruction& code : function_.blocks[from].code) {
      ForEachWrite(code, [&](uint32_t reg) { written[reg] = true; });
    }
    const Instruction& end = function_.blocks[from].code.back();
    bool is_changed = false;
    if (end.op == Op::kReturn) return false;
    ForEachTarget(end, [&](uint32_t target) {
      std::vector<bool>& begin = at_begin[target];
      if (begin.empty()) {
        begin = written;
        is_changed = true;
        return;
      }
      for (size_t i = 0; i < begin.size(); ++i) {
        if (!begin[i] || written[i]) continue;
        begin[i] = false;
        is_changed = true;
      }
    });
    return is_changed;
  }

  void CheckRead(uint32_t reg, const std::vector<bool>& written) {
    if (written[reg]) return;
    Fail(absl::StrCat("r", reg, " is read before it is written"));
  }

  void CheckReads(std::vector<bool> written) {
    const std::vector<Instruction>& code = function_.blocks[block_].code;
    for (at_ = 0; at_ < code.size(); ++at_) {
      ForEachRead(code[at_], [&](uint32_t reg) { CheckRead(reg, written); });
      ForEachWrite(code[at_], [&](uint32_t reg) { written[reg] = true; });
    }
  }

  const IrModule& module_;
  const IrFunction& function_;
  size_t block_ = 0;
  size_t at_ = 0;
  std::string problem_;
};

}  // namespace

std::string VerifyIr(const IrModule& module) {
  for (const uint32_t i : module.order) {
    std::string problem = Verifier(module, module.functions[i]).Verify();
    if (!problem.empty()) return problem;
  }
  return "";
}

}  // namespace fozzy::compiler
