#include <algorithm>

#include "absl/strings/match.h"
#include "kernels/compiler/require.h"
#include "kernels/compiler/text_ops.h"
#include "kernels/compiler/vm.h"
#include "kernels/compiler/vm_handlers.h"

namespace fozzy::compiler {

// One slow instruction being carried out: registers and arrays by their
// numbers.
struct VmSlow {
  VmSlow(const Code* at, int64_t* slots, Vm& machine)
      : code(at),
        frame(slots),
        vm(machine),
        function(*machine.frames_.back().function),
        in(function.slow[static_cast<size_t>(at->value)]) {}

  // Goes back to the machine's loop: what is here has a destructor to run or
  // an address that is known, so that a call would not be a tail call.
  const Code* Next() const { return code + 1; }

  const Code* Fail(FailureKind kind, int64_t found, int64_t limit) const {
    return vm.Fail(kind, in.at, found, limit);
  }

  int64_t& Number(uint32_t reg) const { return frame[function.slots[reg]]; }

  bool IsText(uint32_t reg) const {
    return function.source->registers[reg].type == Scalar::kStr;
  }

  Slot Read(uint32_t reg) const {
    const int64_t* slot = &Number(reg);
    return {slot[0], IsText(reg) ? slot[1] : 0};
  }

  void Write(uint32_t reg, Slot value) const {
    int64_t* slot = &Number(reg);
    slot[0] = value.first;
    if (IsText(reg)) slot[1] = value.second;
  }

  absl::string_view Text(uint32_t reg) const {
    return vm.texts_.Get(Read(reg));
  }

  const ArrayObject& Array(uint32_t array) const {
    return function.source->arrays[array];
  }

  int64_t Handle(uint32_t array) const {
    return frame[function.array_slots[array]];
  }

  // Where an element of a direct array is.
  int64_t* Element(uint32_t array, int64_t index) const {
    const int64_t stride = Array(array).element == Scalar::kStr ? 2 : 1;
    return frame + function.array_slots[array] + index * stride;
  }

  bool Get(uint32_t array, int64_t index, Slot& value) const {
    const ArrayObject& object = Array(array);
    if (!object.is_direct) return vm.handles_.Get(Handle(array), index, value);
    if (index < 0 || index >= object.length) return false;
    const int64_t* element = Element(array, index);
    value = {element[0], object.element == Scalar::kStr ? element[1] : 0};
    return true;
  }

  bool Set(uint32_t array, int64_t index, Slot value) const {
    const ArrayObject& object = Array(array);
    if (!object.is_direct) return vm.handles_.Set(Handle(array), index, value);
    if (index < 0 || index >= object.length) return false;
    int64_t* element = Element(array, index);
    element[0] = value.first;
    if (object.element == Scalar::kStr) element[1] = value.second;
    return true;
  }

  const Code* Access() const {
    const int64_t index = Number(in.a);
    Slot value;
    const bool is_load = in.op == Op::kLoad;
    const bool is_there = is_load ? Get(in.array, index, value)
                                  : Set(in.array, index, Read(in.b));
    if (!is_there) {
      return Fail(FailureKind::kBounds, index, Array(in.array).length);
    }
    if (is_load) Write(in.dst, value);
    return Next();
  }

  const Code* CopyArray() const {
    const int64_t length = Array(in.array).length;
    for (int64_t i = 0; i < length; ++i) {
      Slot value;
      Require(Get(in.other, i, value));
      Require(Set(in.array, i, value));
    }
    return Next();
  }

  const Code* Fill() const {
    const int64_t length = Array(in.array).length;
    for (int64_t i = 0; i < length; ++i) {
      Require(Set(in.array, i, Read(in.a)));
    }
    return Next();
  }

  const Code* CheckWindow() const {
    const int64_t length = Array(in.array).length;
    for (const WindowPart& part : in.window) {
      int64_t index = static_cast<int64_t>(static_cast<uint64_t>(Number(in.a)) +
                                           static_cast<uint64_t>(part.offset));
      if (in.type == Scalar::kI32) index = Cut32(index);
      if (index >= 0 && index < length) continue;
      return vm.Fail(FailureKind::kBounds, part.at, index, length);
    }
    return Next();
  }

  const Code* TextOp() const {
    switch (in.op) {
      case Op::kTextEqual:
        Number(in.dst) = vm.texts_.Equal(Read(in.a), Read(in.b));
        break;
      case Op::kTrim:
        Write(in.dst, vm.texts_.Trim(Read(in.a)));
        break;
      case Op::kContains:
        Number(in.dst) = Contains(Text(in.a), Text(in.b));
        break;
      case Op::kStartsWith:
        Number(in.dst) = absl::StartsWith(Text(in.a), Text(in.b));
        break;
      case Op::kEndsWith:
        Number(in.dst) = absl::EndsWith(Text(in.a), Text(in.b));
        break;
      default:
        Number(in.dst) = static_cast<int64_t>(Text(in.a).size());
    }
    return Next();
  }

  const Code* Replace() const {
    Slot result;
    int64_t found = 0;
    const FailureKind kind = vm.texts_.Replace(
        {Read(in.a), Read(in.args[0]), Read(in.args[1])}, result, found);
    if (kind == FailureKind::kText) return Fail(kind, found, kTextBytesMax);
    if (kind == FailureKind::kMemory) return Fail(kind, 0, kTextSpaceBytes);
    Write(in.dst, result);
    return Next();
  }

  const Code* Call() const {
    const VmFunction& callee = vm.program_.functions[in.index];
    int64_t* const slots = frame + function.slot_count;
    vm.Enter(callee, slots);
    for (size_t i = 0; i < in.args.size(); ++i) {
      const Slot value = Read(in.args[i]);
      slots[callee.slots[i]] = value.first;
      if (IsText(in.args[i])) slots[callee.slots[i] + 1] = value.second;
    }
    for (size_t i = 0; i < in.arrays.size(); ++i) {
      slots[callee.array_slots[i]] =
          vm.handles_.CloneArray(Handle(in.arrays[i]));
    }
    vm.frames_.push_back({&callee, slots, &in, code + 1});
    return callee.code.data();
  }

  const Code* Return() const {
    const Vm::Frame done = vm.frames_.back();
    if (done.call == nullptr) {
      Finish();
      return nullptr;
    }
    vm.Leave();
    const Vm::Frame& caller = vm.frames_.back();
    for (size_t i = 0; i < in.args.size(); ++i) {
      const Slot value = Read(in.args[i]);
      int64_t* const slot =
          caller.slots + caller.function->slots[done.call->results[i]];
      slot[0] = value.first;
      if (IsText(in.args[i])) slot[1] = value.second;
    }
    return done.next;
  }

  void Finish() const {
    if (in.args.empty()) return;
    const Register& reg = function.source->registers[in.args.front()];
    vm.result_ = Number(in.args.front());
    if (reg.type == Scalar::kTag) {
      vm.result_ = External(reg.enum_index, vm.result_);
    }
  }

  int64_t External(uint32_t enum_index, int64_t tag) const {
    if (!vm.module_.has_compact_tags) return tag;
    return vm.module_.external_tags[enum_index][static_cast<size_t>(tag)];
  }

  const Code* HostCall() const {
    const IrFunction& callee = vm.module_.functions[in.index];
    std::vector<HostValue> values;
    size_t scalar = 0;
    size_t array = 0;
    for (const bool is_array : callee.parameter_is_array) {
      HostValue& value = values.emplace_back();
      if (is_array) {
        value.numbers = Elements(in.arrays[array++]);
      } else if (IsText(in.args[scalar])) {
        value.text = std::string(Text(in.args[scalar++]));
      } else {
        value.number = Number(in.args[scalar++]);
      }
    }
    int64_t result = 0;
    if (!vm.host_.Call(callee.name, values, result)) {
      return Fail(FailureKind::kHost, 0, 0);
    }
    if (!in.results.empty()) {
      const Scalar type = callee.results.front();
      Number(in.results.front()) = type == Scalar::kI32    ? Cut32(result)
                                   : type == Scalar::kBool ? result != 0
                                                           : result;
    }
    return Next();
  }

  std::vector<int64_t> Elements(uint32_t array) const {
    const ArrayObject& object = Array(array);
    std::vector<int64_t> numbers;
    for (int64_t i = 0; i < object.length; ++i) {
      Slot value;
      Require(Get(array, i, value));
      numbers.push_back(object.element == Scalar::kTag
                            ? External(object.enum_index, value.first)
                            : value.first);
    }
    return numbers;
  }

  const Code* Turn() const {
    if (vm.loops_max_ != 0 && vm.loops_ >= vm.loops_max_) {
      return Fail(FailureKind::kLoops, 0, static_cast<int64_t>(vm.loops_max_));
    }
    ++vm.loops_;
    return Next();
  }

  const Code* Other() const {
    switch (in.op) {
      case Op::kExternalTag:
        Number(in.dst) = External(in.index, Number(in.a));
        return Next();
      case Op::kMark:
        Number(in.dst) = vm.texts_.used();
        return Next();
      default:
        Require(in.op == Op::kRelease);
        vm.texts_.Release(Number(in.a));
        return Next();
    }
  }

  const Code* code;
  int64_t* frame;
  Vm& vm;
  const VmFunction& function;
  const Instruction& in;
};

namespace {

template <const Code* (VmSlow::*kRun)() const>
const Code* Slow(const Code* code, int64_t* frame, Vm& vm) {
  return (VmSlow(code, frame, vm).*kRun)();
}

}  // namespace

Handler SlowHandler(Op op) {
  switch (op) {
    case Op::kLoad:
    case Op::kStore:
      return Slow<&VmSlow::Access>;
    case Op::kCopyArray:
      return Slow<&VmSlow::CopyArray>;
    case Op::kFill:
      return Slow<&VmSlow::Fill>;
    case Op::kCheckWindow:
      return Slow<&VmSlow::CheckWindow>;
    case Op::kReplace:
      return Slow<&VmSlow::Replace>;
    case Op::kCall:
      return Slow<&VmSlow::Call>;
    case Op::kHostCall:
      return Slow<&VmSlow::HostCall>;
    case Op::kReturn:
      return Slow<&VmSlow::Return>;
    case Op::kTurn:
      return Slow<&VmSlow::Turn>;
    case Op::kTextEqual:
    case Op::kTrim:
    case Op::kContains:
    case Op::kStartsWith:
    case Op::kEndsWith:
    case Op::kLen:
      return Slow<&VmSlow::TextOp>;
    default:
      return Slow<&VmSlow::Other>;
  }
}

}  // namespace fozzy::compiler
