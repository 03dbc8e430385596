#include "kernels/compiler/function_builder.h"

namespace fozzy::compiler {
namespace {

void Flatten(const Type& type, std::vector<Register>& out) {
  out.push_back({.type = ScalarOf(type)});
}

}  // namespace

Scalar ScalarOf(const Type& type) {
  switch (type.kind) {
    case TypeKind::kI32:
      return Scalar::kI32;
    case TypeKind::kI64:
      return Scalar::kI64;
    case TypeKind::kStr:
      return Scalar::kStr;
    case TypeKind::kEnum:
      return Scalar::kTag;
    default:
      return Scalar::kBool;
  }
}

std::vector<Register> Flatten(const Module& module, const Type& type) {
  std::vector<Register> out;
  switch (type.kind) {
    case TypeKind::kUnit:
    case TypeKind::kArray:
      break;
    case TypeKind::kStruct:
      for (const Field& field : module.structs[type.index].fields) {
        Flatten(field.type_name.type, out);
      }
      break;
    case TypeKind::kEnum:
      out.push_back({.type = Scalar::kTag, .enum_index = type.index});
      for (const Variant& variant : module.enums[type.index].variants) {
        for (const TypeName& name : variant.payload) Flatten(name.type, out);
      }
      break;
    default:
      Flatten(type, out);
  }
  return out;
}

uint32_t PayloadBegin(const Module& module, uint32_t enum_index,
                      uint32_t variant) {
  size_t begin = 1;
  for (uint32_t i = 0; i < variant; ++i) {
    begin += module.enums[enum_index].variants[i].payload.size();
  }
  return static_cast<uint32_t>(begin);
}

FunctionBuilder::FunctionBuilder(const Module& module, uint32_t function,
                                 bool counts_turns, IrModule& out)
    : module_(module),
      source_(module.functions[function]),
      counts_turns_(counts_turns),
      out_(out),
      function_(out.functions[function]),
      locals_(source_.locals.size()),
      arrays_(source_.locals.size(), kNone) {}

void FunctionBuilder::Build() {
  for (size_t i = 0; i < source_.parameters.size(); ++i) {
    const Local& local = source_.locals[i];
    if (local.type.kind == TypeKind::kArray) {
      arrays_[i] = NewArray(local, /*is_parameter=*/true);
      ++function_.array_parameters;
      continue;
    }
    locals_[i] = NewRegisters(local.type);
    for (const uint32_t reg : locals_[i]) {
      function_.parameters.push_back(function_.registers[reg].type);
    }
  }
  for (const Register& reg : Flatten(module_, source_.result.type)) {
    if (function_.results.empty()) function_.result_enum = reg.enum_index;
    function_.results.push_back(reg.type);
  }
  NewBlock();
  Statements(source_.body);
  if (is_ended()) return;
  // Blocks that nothing reaches end so, too.
  Instruction& end = Emit(Op::kReturn, source_.at);
  for (const Register& reg : Flatten(module_, source_.result.type)) {
    end.args.push_back(Nothing(reg));
  }
}

uint32_t FunctionBuilder::NewRegister(Scalar type, uint32_t enum_index) {
  function_.registers.push_back({.type = type, .enum_index = enum_index});
  return static_cast<uint32_t>(function_.registers.size() - 1);
}

FunctionBuilder::Registers FunctionBuilder::NewRegisters(const Type& type) {
  Registers registers;
  for (const Register& reg : Flatten(module_, type)) {
    registers.push_back(NewRegister(reg.type, reg.enum_index));
  }
  return registers;
}

uint32_t FunctionBuilder::Constant(Scalar type, int64_t value,
                                   uint32_t enum_index) {
  const auto [place, is_new] =
      constants_.emplace(std::pair(value, std::pair(type, enum_index)),
                         static_cast<uint32_t>(function_.registers.size()));
  if (is_new) {
    function_.registers.push_back({.type = type,
                                   .is_constant = true,
                                   .value = value,
                                   .enum_index = enum_index});
  }
  return place->second;
}

uint32_t FunctionBuilder::Nothing(const Register& reg) {
  // The last text is the empty one.
  const auto empty = static_cast<int64_t>(out_.texts.size() - 1);
  return Constant(reg.type, reg.type == Scalar::kStr ? empty : 0,
                  reg.enum_index);
}

uint32_t FunctionBuilder::Number(int64_t value, Scalar type) {
  return Constant(type, value, kNone);
}

uint32_t FunctionBuilder::TagOf(uint32_t enum_index, uint32_t variant) {
  return Constant(Scalar::kTag, variant, enum_index);
}

uint32_t FunctionBuilder::NewBlock() {
  function_.blocks.emplace_back();
  return static_cast<uint32_t>(function_.blocks.size() - 1);
}

bool FunctionBuilder::is_ended() const {
  const Block& block = function_.blocks[block_];
  return !block.code.empty() && EndsBlock(block.code.back().op);
}

Instruction& FunctionBuilder::Emit(Op op, Position at) {
  Instruction& added = function_.blocks[block_].code.emplace_back();
  added.op = op;
  added.at = at;
  return added;
}

void FunctionBuilder::EmitCopy(uint32_t dst, uint32_t a, Position at) {
  if (dst == a) return;
  Instruction& copy = Emit(Op::kCopy, at);
  copy.type = function_.registers[dst].type;
  copy.dst = dst;
  copy.a = a;
}

void FunctionBuilder::Jump(uint32_t block, Position at) {
  if (!is_ended()) Emit(Op::kJump, at).index = block;
}

void FunctionBuilder::Copy(const Registers& from, const Registers& to,
                           Position at) {
  for (size_t i = 0; i < to.size(); ++i) EmitCopy(to[i], from[i], at);
}

uint32_t FunctionBuilder::NewArray(const Local& local, bool is_parameter) {
  ArrayObject array;
  array.name = module_.symbols[local.symbol];
  array.at = local.at;
  const Type element = ElementOf(local.type);
  array.element = ScalarOf(element);
  if (element.kind == TypeKind::kEnum) array.enum_index = element.index;
  array.length = local.type.length;
  array.is_parameter = is_parameter;
  array.is_mutable = local.is_mutable;
  array.is_shared = local.is_shared;
  function_.arrays.push_back(array);
  return static_cast<uint32_t>(function_.arrays.size() - 1);
}

}  // namespace fozzy::compiler
