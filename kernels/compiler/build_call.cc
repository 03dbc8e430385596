#include "kernels/compiler/function_builder.h"

namespace fozzy::compiler {

FunctionBuilder::Registers FunctionBuilder::Call(const Expr& node) {
  const IrFunction& callee = out_.functions[node.index];
  const Registers args = Spread(node.args);
  const Registers results = NewRegisters(node.type);
  Instruction& call = Emit(Op::kCall, node.at);
  call.index = node.index;
  call.args = args;
  call.results = results;
  for (const uint32_t arg : node.args) {
    if (module_.exprs[arg].type.kind != TypeKind::kArray) continue;
    const uint32_t array = arrays_[module_.exprs[arg].index];
    call.arrays.push_back(array);
    function_.arrays[array].passed_to = node.index;
  }
  if (callee.makes_texts) function_.makes_texts = true;
  return results;
}

uint32_t FunctionBuilder::ForHost(uint32_t expr) {
  const Expr& node = module_.exprs[expr];
  const uint32_t value = Value(expr);
  if (node.type.kind != TypeKind::kEnum) return value;
  const uint32_t outside = NewRegister(Scalar::kI64);
  Instruction& tag = Emit(Op::kExternalTag, node.at);
  tag.type = Scalar::kTag;
  tag.dst = outside;
  tag.a = value;
  tag.index = node.type.index;
  return outside;
}

FunctionBuilder::Registers FunctionBuilder::HostCall(const Expr& node) {
  Registers args;
  std::vector<uint32_t> arrays;
  for (const uint32_t arg : node.args) {
    if (module_.exprs[arg].type.kind == TypeKind::kArray) {
      const uint32_t array = arrays_[module_.exprs[arg].index];
      arrays.push_back(array);
      function_.arrays[array].passed_to = node.index;
    } else {
      args.push_back(ForHost(arg));
    }
  }
  const Registers results = NewRegisters(node.type);
  Instruction& call = Emit(Op::kHostCall, node.at);
  call.index = node.index;
  call.args = args;
  call.arrays = arrays;
  call.results = results;
  return results;
}

}  // namespace fozzy::compiler
