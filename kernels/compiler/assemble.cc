#include <algorithm>

#include "kernels/compiler/bytecode.h"
#include "kernels/compiler/require.h"
#include "kernels/compiler/vm_handlers.h"

namespace fozzy::compiler {
namespace {

// Assembles one function.
class Assembler {
 public:
  Assembler(const IrModule& module, const IrFunction& source, VmFunction& out)
      : module_(module),
        source_(source),
        out_(out),
        writes_(source.registers.size(), 0),
        reads_(source.registers.size(), 0),
        block_begin_(source.blocks.size(), kNone) {}

  void Run() {
    out_.source = &source_;
    PlaceSlots();
    CountUses();
    Place(0);
    while (!waiting_.empty()) {
      const uint32_t block = waiting_.back();
      waiting_.pop_back();
      if (block_begin_[block] == kNone) Place(block);
    }
    for (const Fixup& fixup : fixups_) Resolve(fixup);
  }

 private:
  // A jump from `code` to `block` that is not yet known.
  struct Fixup {
    size_t code;
    uint32_t block;
    bool is_second;
  };

  void PlaceSlots() {
    for (const Register& reg : source_.registers) {
      const uint32_t slot = out_.slot_count;
      out_.slots.push_back(slot);
      out_.slot_count += reg.type == Scalar::kStr ? 2 : 1;
      if (!reg.is_constant) continue;
      if (reg.type == Scalar::kStr) {
        out_.literals.emplace_back(slot, reg.value);
      } else {
        out_.constants.emplace_back(slot, NumberOf(reg));
      }
    }
    // Values that chains compare with are constants, too; slots of registers
    // come first, as instructions have 16 bits for them.
    for (const Block& block : source_.blocks) {
      if (!block.code.empty()) PlaceCases(block.code.back());
    }
    Require(out_.slot_count <= UINT16_MAX);
    for (const ArrayObject& array : source_.arrays) {
      out_.array_slots.push_back(out_.slot_count);
      if (!array.is_direct && !array.is_parameter) {
        out_.owned.emplace_back(out_.slot_count, array.length);
      }
      const uint32_t stride = array.element == Scalar::kStr ? 2 : 1;
      out_.slot_count += array.is_direct ? array.length * stride : 1;
    }
  }

  void PlaceCases(const Instruction& match) {
    if (match.op != Op::kMatch || match.is_switch) return;
    for (const Case& c : match.cases) {
      if (std::any_of(cases_.begin(), cases_.end(), [&](const auto& known) {
            return known.first == CaseValue(match, c);
          })) {
        continue;
      }
      cases_.emplace_back(CaseValue(match, c), out_.slot_count);
      out_.constants.emplace_back(out_.slot_count, CaseValue(match, c));
      ++out_.slot_count;
    }
  }

  int64_t NumberOf(const Register& reg) const {
    if (reg.type != Scalar::kTag || module_.has_compact_tags) return reg.value;
    return module_
        .external_tags[reg.enum_index][static_cast<size_t>(reg.value)];
  }

  int64_t CaseValue(const Instruction& match, const Case& c) const {
    Register as = source_.registers[match.a];
    as.value = c.value;
    return NumberOf(as);
  }

  void CountUses() {
    for (const Block& block : source_.blocks) {
      for (const Instruction& code : block.code) {
        ForEachRead(code, [&](uint32_t reg) { ++reads_[reg]; });
        ForEachWrite(code, [&](uint32_t reg) { ++writes_[reg]; });
      }
    }
  }

  // Whether nothing but the next instruction needs `reg`.
  bool IsPassing(uint32_t reg) const {
    return writes_[reg] == 1 && reads_[reg] == 1;
  }

  bool IsConstant(uint32_t reg) const {
    return source_.registers[reg].is_constant;
  }

  int64_t ValueOf(uint32_t reg) const { return source_.registers[reg].value; }

  uint16_t SlotOf(uint32_t reg) const {
    return reg == kNone ? uint16_t{0} : static_cast<uint16_t>(out_.slots[reg]);
  }

  Code& Emit(Handler run, const Instruction& code, int64_t value = 0) {
    out_.positions.push_back(code.at);
    out_.code.push_back(
        {run, SlotOf(code.dst), SlotOf(code.a), SlotOf(code.b), 0, value});
    return out_.code.back();
  }

  void EmitSlow(const Instruction& code) {
    Emit(SlowHandler(code.op), code, static_cast<int64_t>(out_.slow.size()));
    out_.slow.push_back(code);
  }

  void Target(uint32_t block, bool is_second = false) {
    fixups_.push_back({out_.code.size() - 1, block, is_second});
    waiting_.push_back(block);
  }

  // Assembles `block`, and those that only it goes on to, after it.
  void Place(uint32_t block) {
    while (block != kNone) {
      block_begin_[block] = static_cast<uint32_t>(out_.code.size());
      const std::vector<Instruction>& code = source_.blocks[block].code;
      size_t i = 0;
      while (i < code.size()) i += Fuse(code, i);
      const Instruction& end = code.back();
      block = kNone;
      if (end.op != Op::kJump) continue;
      if (block_begin_[end.index] == kNone) {
        block = end.index;
      } else {
        Emit(JumpHandler(), end);
        Target(end.index);
      }
    }
  }

  void Resolve(const Fixup& fixup) {
    const int64_t by =
        int64_t{block_begin_[fixup.block]} - static_cast<int64_t>(fixup.code);
    int64_t& value = out_.code[fixup.code].value;
    value = fixup.is_second
                ? (by * (int64_t{1} << 32)) | (value & 0xFFFFFFFF)
                : (value & ~int64_t{0xFFFFFFFF}) | (by & 0xFFFFFFFF);
  }

  // Emits the instruction at `i`, or several as one; returns how many.
  size_t Fuse(const std::vector<Instruction>& code, size_t i) {
    const Instruction& first = code[i];
    if (i + 2 < code.size() && FuseLoop(first, code[i + 1], code[i + 2])) {
      return 3;
    }
    if (const size_t fused = FuseLoadShiftAdd(code, i); fused != 0) {
      return fused;
    }
    if (i + 1 < code.size() && first.dst != kNone && IsPassing(first.dst)) {
      const Instruction& next = code[i + 1];
      if (FuseBranch(first, next) || FuseIndex(first, next) ||
          FuseShift(first, next) || FuseRemainder(first, next)) {
        return 2;
      }
    }
    EmitOne(first);
    return 1;
  }

  bool FuseLoop(const Instruction& add, const Instruction& less,
                const Instruction& branch) {
    const bool counts = add.op == Op::kAdd && add.dst == add.a &&
                        add.never_wraps && IsConstant(add.b);
    if (!counts || !IsComparison(less.op) || less.a != add.dst) return false;
    if (branch.op != Op::kBranch || branch.a != less.dst) return false;
    if (!IsPassing(less.dst) || less.b == add.dst) return false;
    Emit(LoopHandler(less.op), less).c = SlotOf(add.b);
    Target(branch.index);
    Target(branch.other, /*is_second=*/true);
    return true;
  }

  bool FuseBranch(const Instruction& compare, const Instruction& branch) {
    if (!IsComparison(compare.op) || branch.op != Op::kBranch ||
        branch.a != compare.dst) {
      return false;
    }
    Emit(BranchHandler(compare.op), compare);
    Target(branch.index);
    Target(branch.other, /*is_second=*/true);
    return true;
  }

  bool IsPlainAccess(const Instruction& code) const {
    return IsAccess(code.op) && source_.arrays[code.array].is_direct &&
           source_.arrays[code.array].element != Scalar::kStr;
  }

  bool FuseIndex(const Instruction& add, const Instruction& access) {
    if (add.op != Op::kAdd || !add.never_wraps) return false;
    if (!IsPlainAccess(access) || access.proof == Proof::kNotProven ||
        access.a != add.dst) {
      return false;
    }
    const bool is_first = IsConstant(add.a);
    if (!is_first && !IsConstant(add.b)) return false;
    const int64_t by = ValueOf(is_first ? add.a : add.b);
    Code& out = EmitAccess(access);
    out.a = SlotOf(is_first ? add.b : add.a);
    out.value += by;
    return true;
  }

  bool FuseShift(const Instruction& shift, const Instruction& add) {
    if (shift.op != Op::kShiftLeft || shift.type != Scalar::kI32) return false;
    if (!IsConstant(shift.b) || add.op != Op::kAdd) return false;
    if (add.a != shift.dst && add.b != shift.dst) return false;
    Code& out = Emit(ShiftAddHandler(), add, ValueOf(shift.b) & 31);
    out.a = SlotOf(add.a == shift.dst ? add.b : add.a);
    out.b = SlotOf(shift.a);
    return true;
  }

  // An element is shifted and added, as when bytes are put together; the index
  // may be a sum, too.
  size_t FuseLoadShiftAdd(const std::vector<Instruction>& code, size_t i) {
    const bool has_sum = code[i].op == Op::kAdd;
    const size_t load_at = i + (has_sum ? 1 : 0);
    if (load_at + 2 >= code.size()) return 0;
    const Instruction& load = code[load_at];
    const Instruction& shift = code[load_at + 1];
    const size_t before = out_.code.size();
    if (load.op != Op::kLoad || !IsPassing(load.dst)) return 0;
    if (load.proof == Proof::kNotProven || !IsPlainAccess(load)) return 0;
    if (shift.op != Op::kShiftLeft || shift.a != load.dst) return 0;
    if (!IsPassing(shift.dst)) return 0;
    if (has_sum && (!IsPassing(code[i].dst) || !FuseIndex(code[i], load))) {
      return 0;
    }
    if (!has_sum) EmitAccess(load);
    const Code access = out_.code[before];
    out_.code.resize(before);
    out_.positions.resize(before);
    if (!FuseShift(shift, code[load_at + 2])) return 0;
    Code& out = out_.code.back();
    out.run = LoadShiftAddHandler();
    out.b = access.a;
    out.c = static_cast<uint16_t>(out.value);
    out.value = access.value;
    return load_at + 3 - i;
  }

  bool IsQuick(const Instruction& code) const {
    return code.op == Op::kRemainder && code.type == Scalar::kI32 &&
           IsConstant(code.b) && ValueOf(code.b) > 1;
  }

  // Returns 2^64 / divisor, rounded up.
  static int64_t Reciprocal(int64_t divisor) {
    return static_cast<int64_t>(~uint64_t{0} / static_cast<uint64_t>(divisor) +
                                1);
  }

  bool FuseRemainder(const Instruction& add, const Instruction& code) {
    if (add.op != Op::kAdd || !add.never_wraps || !IsQuick(code)) return false;
    if (code.a != add.dst) return false;
    Code& out = Emit(AddRemainderHandler(!code.never_negative), code,
                     Reciprocal(ValueOf(code.b)));
    out.a = SlotOf(add.a);
    out.b = SlotOf(add.b);
    out.c = SlotOf(code.b);
    return true;
  }

  Code& EmitAccess(const Instruction& code) {
    const int64_t slot = out_.array_slots[code.array];
    const bool is_load = code.op == Op::kLoad;
    if (code.proof != Proof::kNotProven) {
      return Emit(is_load ? LoadHandler() : StoreHandler(), code, slot);
    }
    const int64_t length = source_.arrays[code.array].length;
    return Emit(is_load ? CheckedLoadHandler() : CheckedStoreHandler(), code,
                (length << 32) | slot);
  }

  void EmitOne(const Instruction& code) {
    if (IsQuick(code)) {
      Emit(RemainderByConstantHandler(!code.never_negative), code,
           Reciprocal(ValueOf(code.b)));
    } else if (IsArithmetic(code.op) || IsComparison(code.op)) {
      Emit(BinaryHandler(code.op, code.type), code);
    } else if (IsPlainAccess(code)) {
      EmitAccess(code);
    } else {
      EmitOther(code);
    }
  }

  void EmitOther(const Instruction& code) {
    switch (code.op) {
      case Op::kCopy:
      case Op::kOpaque:
        Emit(CopyHandler(code.type == Scalar::kStr), code);
        return;
      case Op::kWiden:
        Emit(CopyHandler(false), code);
        return;
      case Op::kNarrow:
        Emit(NarrowHandler(), code);
        return;
      case Op::kNot:
        Emit(NotHandler(), code);
        return;
      case Op::kJump:
        return;  // by Place
      case Op::kBranch:
        Emit(BranchIfHandler(), code);
        Target(code.index);
        Target(code.other, /*is_second=*/true);
        return;
      case Op::kMatch:
        return code.is_switch ? EmitSwitch(code) : EmitChain(code);
      default:
        EmitSlow(code);
    }
  }

  void EmitSwitch(const Instruction& code) {
    int64_t low = code.cases.empty() ? 0 : CaseValue(code, code.cases[0]);
    int64_t high = low;
    for (const Case& c : code.cases) {
      low = std::min(low, CaseValue(code, c));
      high = std::max(high, CaseValue(code, c));
    }
    const int64_t count = high - low + 1;
    Require(count > 0 && count <= UINT16_MAX);
    Emit(SwitchHandler(), code, low).c = static_cast<uint16_t>(count);
    // Values are covered, or there is a case for the rest.
    const uint32_t rest =
        code.index != kNone ? code.index : code.cases.front().block;
    for (int64_t value = low; value <= high + 1; ++value) {
      uint32_t block = rest;
      for (const Case& c : code.cases) {
        if (CaseValue(code, c) == value) block = c.block;
      }
      Emit(JumpHandler(), code);
      Target(block);
    }
  }

  void EmitChain(const Instruction& code) {
    for (const Case& c : code.cases) {
      const int64_t value = CaseValue(code, c);
      const auto known =
          std::find_if(cases_.begin(), cases_.end(),
                       [&](const auto& k) { return k.first == value; });
      Code& out = Emit(BranchHandler(Op::kEqual), code);
      out.b = static_cast<uint16_t>(known->second);
      out.value = int64_t{1} << 32;  // else to the next
      Target(c.block);
    }
    Emit(JumpHandler(), code);
    Target(code.index != kNone ? code.index : code.cases.back().block);
  }

  const IrModule& module_;
  const IrFunction& source_;
  VmFunction& out_;
  std::vector<uint32_t> writes_;  // instructions that write a register
  std::vector<uint32_t> reads_;
  std::vector<uint32_t> block_begin_;
  std::vector<uint32_t> waiting_;  // blocks to be placed
  std::vector<Fixup> fixups_;
  std::vector<std::pair<int64_t, uint32_t>> cases_;  // value, slot
};

}  // namespace

VmProgram Assemble(const IrModule& module) {
  VmProgram program;
  program.functions.resize(module.functions.size());
  std::vector<uint32_t> stack(module.functions.size(), 0);
  for (const uint32_t i : module.order) {
    const IrFunction& source = module.functions[i];
    Assembler(module, source, program.functions[i]).Run();
    uint32_t deepest = 0;
    for (const Block& block : source.blocks) {
      for (const Instruction& code : block.code) {
        if (code.op == Op::kCall) {
          deepest = std::max(deepest, stack[code.index]);
        }
      }
    }
    stack[i] = deepest + program.functions[i].slot_count;
    program.stack_slots = std::max(program.stack_slots, stack[i]);
  }
  return program;
}

}  // namespace fozzy::compiler
