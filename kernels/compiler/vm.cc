#include "kernels/compiler/vm.h"

#include "kernels/compiler/require.h"

namespace fozzy::compiler {

Vm::Vm(const IrModule& module, const VmProgram& program, Handles& handles,
       Host& host, uint64_t loops_max)
    : module_(module),
      program_(program),
      handles_(handles),
      host_(host),
      loops_max_(loops_max),
      texts_(module.texts, module.has_text_views, handles),
      stack_(program.stack_slots, 0) {}

Outcome Vm::Run(uint32_t function, const std::vector<int64_t>& arguments) {
  const VmFunction& code = program_.functions[function];
  Require(arguments.size() == code.source->parameters.size());
  handles_.Reset();
  texts_.Reset();
  frames_.clear();
  loops_ = 0;
  failure_ = {};
  result_ = 0;
  Enter(code, stack_.data());
  frames_.push_back({&code, stack_.data(), nullptr, nullptr});
  for (size_t i = 0; i < arguments.size(); ++i) {
    stack_[code.slots[i]] = code.source->parameters[i] == Scalar::kI32
                                ? Cut32(arguments[i])
                                : arguments[i];
  }
  const Code* next = code.code.data();
  while (next != nullptr) next = next->run(next, frames_.back().slots, *this);
  return {failure_, failure_.kind == FailureKind::kNoFailure ? result_ : 0};
}

void Vm::Enter(const VmFunction& function, int64_t* slots) {
  for (const auto& [slot, number] : function.constants) slots[slot] = number;
  for (const auto& [slot, text] : function.literals) {
    const Slot literal = texts_.Literal(text);
    slots[slot] = literal.first;
    slots[slot + 1] = literal.second;
  }
  for (const auto& [slot, length] : function.owned) {
    slots[slot] = handles_.NewArray(length);
  }
}

void Vm::Leave() {
  const Frame& frame = frames_.back();
  const std::vector<ArrayObject>& arrays = frame.function->source->arrays;
  for (size_t i = 0; i < arrays.size(); ++i) {
    if (arrays[i].is_direct) continue;
    handles_.FreeArray(frame.slots[frame.function->array_slots[i]]);
  }
  frames_.pop_back();
}

const Code* Vm::Fail(FailureKind kind, Position at, int64_t found,
                     int64_t limit) {
  failure_ = {kind, at, found, limit};
  return nullptr;
}

const Code* Vm::FailAt(const Code* code, FailureKind kind, int64_t found,
                       int64_t limit) {
  const VmFunction& function = *frames_.back().function;
  const auto place = static_cast<size_t>(code - function.code.data());
  return Fail(kind, function.positions[place], found, limit);
}

}  // namespace fozzy::compiler
