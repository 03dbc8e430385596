// Several accesses at base, base + 1, ... are checked once, before the first.
//
// Between them nothing else may fail or be seen from outside, so a failure can
// come early; which access is named is computed from all of them, in order.
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "kernels/compiler/lowering/lowering.h"

namespace fozzy::compiler {
namespace {

// An index as the value of a register at some time, plus a constant.
struct Linear {
  uint32_t base = kNone;
  uint32_t version = 0;  // of the base
  int64_t offset = 0;
};

// Finds the windows of one block.
class Finder {
 public:
  Finder(const IrFunction& function, Block& block)
      : function_(function), block_(block) {}

  void Run() {
    std::vector<Instruction> out;
    out_ = &out;
    for (Instruction& code : block_.code) {
      const bool joins = Joins(code);
      if (!joins && EndsWindow(code)) Close();
      if (!joins && IsUnproven(code)) Open(code);
      if (IsOpen() && IsUnproven(code)) members_.push_back(out.size());
      Follow(code);
      out.push_back(code);
    }
    Close();
    block_.code = std::move(out);
  }

 private:
  bool IsUnproven(const Instruction& code) const {
    return IsAccess(code.op) && code.proof == Proof::kNotProven &&
           function_.arrays[code.array].is_direct;
  }

  bool IsOpen() const { return base_.base != kNone; }

  bool IsCounting(uint32_t reg) const {
    const Scalar type = function_.registers[reg].type;
    return type == Scalar::kI32 || type == Scalar::kI64;
  }

  Linear Resolve(uint32_t reg) const {
    const auto known = linear_.find(reg);
    if (known != linear_.end()) return known->second;
    return {reg, VersionOf(reg), 0};
  }

  uint32_t VersionOf(uint32_t reg) const {
    const auto found = versions_.find(reg);
    return found == versions_.end() ? 0 : found->second;
  }

  bool Joins(const Instruction& code) const {
    if (!IsOpen() || !IsUnproven(code) || code.array != array_) return false;
    const Linear at = Resolve(code.a);
    return at.base == base_.base && at.version == base_.version;
  }

  // Whether `code` may fail, or is seen from outside.
  bool EndsWindow(const Instruction& code) const {
    switch (code.op) {
      case Op::kLoad:
      case Op::kStore:
        return code.proof == Proof::kNotProven;
      case Op::kDivide:
      case Op::kRemainder: {
        const Register& by = function_.registers[code.b];
        return !by.is_constant || by.value == 0;
      }
      case Op::kReplace:
      case Op::kCheckWindow:
      case Op::kCall:
      case Op::kHostCall:
      case Op::kTurn:
        return true;
      default:
        return EndsBlock(code.op);
    }
  }

  void Open(const Instruction& code) {
    const Linear at = Resolve(code.a);
    // The base must still hold what the index was computed from.
    if (VersionOf(at.base) != at.version) return;
    base_ = at;
    array_ = code.array;
  }

  // Turns the members into a window if there are several.
  void Close() {
    if (members_.size() > 1) Check();
    base_ = {};
    members_.clear();
  }

  void Check() {
    Instruction check;
    check.op = Op::kCheckWindow;
    check.at = (*out_)[members_.front()].at;
    check.type = function_.registers[base_.base].type;
    check.a = base_.base;
    check.array = array_;
    for (size_t i = 0; i < members_.size(); ++i) {
      Instruction& access = (*out_)[members_[i]];
      access.proof = Proof::kWindow;
      check.window.push_back({offsets_[members_[i]], access.at});
    }
    out_->insert(out_->begin() + static_cast<std::ptrdiff_t>(members_.front()),
                 check);
  }

  // Keeps track of which registers are a base plus a constant.
  void Follow(const Instruction& code) {
    if (IsUnproven(code)) offsets_[out_->size()] = Resolve(code.a).offset;
    Linear sum;
    if (code.op == Op::kAdd && IsCounting(code.dst)) {
      const bool is_first = function_.registers[code.a].is_constant;
      const uint32_t constant = is_first ? code.a : code.b;
      const uint32_t base = is_first ? code.b : code.a;
      const int64_t by = function_.registers[constant].value;
      if (function_.registers[constant].is_constant && base != code.dst &&
          by >= -kOffsetMax && by <= kOffsetMax) {
        sum = Resolve(base);
        sum.offset += by;
      }
    }
    ForEachWrite(code, [&](uint32_t reg) {
      ++versions_[reg];
      linear_.erase(reg);
    });
    const bool is_small = sum.offset >= -kOffsetMax && sum.offset <= kOffsetMax;
    if (sum.base != kNone && is_small) linear_[code.dst] = sum;
  }

  static constexpr int64_t kOffsetMax = 1 << 20;

  const IrFunction& function_;
  Block& block_;
  std::vector<Instruction>* out_ = nullptr;
  std::map<uint32_t, Linear> linear_;
  std::map<uint32_t, uint32_t> versions_;
  std::map<size_t, int64_t> offsets_;  // of accesses, by their place
  Linear base_;
  uint32_t array_ = kNone;
  std::vector<size_t> members_;  // places of accesses
};

}  // namespace

void LowerWindows(IrModule& module, Problem*) {
  for (const uint32_t i : module.order) {
    IrFunction& function = module.functions[i];
    for (Block& block : function.blocks) Finder(function, block).Run();
  }
}

}  // namespace fozzy::compiler
