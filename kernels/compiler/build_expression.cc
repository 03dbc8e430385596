#include <utility>

#include "kernels/compiler/function_builder.h"
#include "kernels/compiler/require.h"

namespace fozzy::compiler {
namespace {

// Both enums list the operators in the same order.
Op OpOf(Operator op) {
  static_assert(static_cast<int>(Op::kGreaterEqual) -
                    static_cast<int>(Op::kAdd) ==
                static_cast<int>(Operator::kGreaterEqual));
  return static_cast<Op>(static_cast<int>(Op::kAdd) + static_cast<int>(op));
}

Op OpOf(Method method) {
  switch (method) {
    case Method::kTrim:
      return Op::kTrim;
    case Method::kReplace:
      return Op::kReplace;
    case Method::kContains:
      return Op::kContains;
    case Method::kStartsWith:
      return Op::kStartsWith;
    case Method::kEndsWith:
      return Op::kEndsWith;
    case Method::kLen:
      return Op::kLen;
  }
  return Op::kLen;
}

}  // namespace

uint32_t FunctionBuilder::Value(uint32_t expr, uint32_t into) {
  const Expr& node = module_.exprs[expr];
  uint32_t found = kNone;
  switch (node.kind) {
    case ExprKind::kInteger:
    case ExprKind::kBool:
      found = Number(node.number, ScalarOf(node.type));
      break;
    case ExprKind::kString:
      found = Constant(Scalar::kStr, node.index, kNone);
      break;
    case ExprKind::kName:
      found = locals_[node.index].front();
      break;
    case ExprKind::kCall:
    case ExprKind::kHostCall:
    case ExprKind::kField:
    case ExprKind::kVariant:
      found = Values(expr).front();
      break;
    default:
      return Fresh(expr, into);
  }
  if (into == kNone) return found;
  EmitCopy(into, found, node.at);
  return into;
}

// Those that compute: the last instruction writes the result.
uint32_t FunctionBuilder::Fresh(uint32_t expr, uint32_t into) {
  const Expr& node = module_.exprs[expr];
  switch (node.kind) {
    case ExprKind::kUnary:
      return Unary(node, into);
    case ExprKind::kBinary:
      if (node.op == Operator::kBothOf || node.op == Operator::kEitherOf) {
        return ShortCircuit(expr, into);
      }
      return Binary(node, into);
    case ExprKind::kMethod:
      return TextMethod(node, into);
    case ExprKind::kIndex:
      return Load(node, into);
    case ExprKind::kCast:
      return Cast(node, into);
    default: {
      Require(node.kind == ExprKind::kOpaque);
      const uint32_t a = Value(node.args[0]);
      const Register& reg = function_.registers[a];
      const Scalar type = reg.type;
      if (into == kNone) into = NewRegister(type, reg.enum_index);
      Instruction& opaque = Emit(Op::kOpaque, node.at);
      opaque.type = type;
      opaque.dst = into;
      opaque.a = a;
      return into;
    }
  }
}

FunctionBuilder::Registers FunctionBuilder::Values(uint32_t expr) {
  const Expr& node = module_.exprs[expr];
  switch (node.kind) {
    case ExprKind::kName:
      return locals_[node.index];
    case ExprKind::kCall:
      return Call(node);
    case ExprKind::kHostCall:
      return HostCall(node);
    case ExprKind::kStruct:
      return Spread(node.args);
    case ExprKind::kVariant:
      return Variant(node);
    case ExprKind::kField:
      // Fields are scalars: one register each.
      return {Values(node.args[0])[node.index]};
    default:
      return {Value(expr)};
  }
}

void FunctionBuilder::ValuesInto(uint32_t expr, const Registers& into) {
  const Expr& node = module_.exprs[expr];
  if (into.size() == 1) {
    Value(expr, into.front());
    return;
  }
  Registers values = Values(expr);
  // A part may be read after another is written: p = P{a: p.b, b: p.a}.
  if (node.kind == ExprKind::kStruct || node.kind == ExprKind::kVariant) {
    const Registers kept = NewRegisters(node.type);
    Copy(values, kept, node.at);
    values = kept;
  }
  Copy(values, into, node.at);
}

FunctionBuilder::Registers FunctionBuilder::Spread(
    const std::vector<uint32_t>& args) {
  Registers all;
  for (const uint32_t arg : args) {
    if (module_.exprs[arg].type.kind == TypeKind::kArray) continue;
    for (const uint32_t reg : Values(arg)) all.push_back(reg);
  }
  return all;
}

FunctionBuilder::Registers FunctionBuilder::Variant(const Expr& node) {
  const Registers payload = Spread(node.args);
  Registers all;
  for (const Register& reg : Flatten(module_, node.type)) {
    all.push_back(Nothing(reg));
  }
  all.front() = TagOf(node.type.index, node.index);
  const uint32_t begin = PayloadBegin(module_, node.type.index, node.index);
  for (size_t i = 0; i < payload.size(); ++i) all[begin + i] = payload[i];
  return all;
}

void FunctionBuilder::Condition(uint32_t expr, uint32_t holds, uint32_t fails) {
  const Expr& node = module_.exprs[expr];
  if (node.kind == ExprKind::kUnary && node.op == Operator::kNot) {
    Condition(node.args[0], fails, holds);
    return;
  }
  const bool is_both = node.op == Operator::kBothOf;
  if (node.kind == ExprKind::kBinary &&
      (is_both || node.op == Operator::kEitherOf)) {
    const uint32_t second = NewBlock();
    if (is_both) {
      Condition(node.args[0], second, fails);
    } else {
      Condition(node.args[0], holds, second);
    }
    Enter(second);
    Condition(node.args[1], holds, fails);
    return;
  }
  const uint32_t a = Value(expr);
  Instruction& branch = Emit(Op::kBranch, node.at);
  branch.a = a;
  branch.index = holds;
  branch.other = fails;
}

uint32_t FunctionBuilder::ShortCircuit(uint32_t expr, uint32_t into) {
  const Position at = module_.exprs[expr].at;
  // The second operand may read `into`, so it is written at the very end.
  if (into == kNone) into = NewRegister(Scalar::kBool);
  const uint32_t holds = NewBlock();
  const uint32_t fails = NewBlock();
  const uint32_t end = NewBlock();
  Condition(expr, holds, fails);
  Enter(holds);
  EmitCopy(into, Number(1, Scalar::kBool), at);
  Jump(end, at);
  Enter(fails);
  EmitCopy(into, Number(0, Scalar::kBool), at);
  Jump(end, at);
  Enter(end);
  return into;
}

uint32_t FunctionBuilder::Unary(const Expr& node, uint32_t into) {
  const uint32_t value = Value(node.args[0]);
  const Scalar type = ScalarOf(node.type);
  const bool is_not = node.op == Operator::kNot;
  const uint32_t zero = is_not ? kNone : Number(0, type);
  if (into == kNone) into = NewRegister(type);
  Instruction& out = Emit(is_not ? Op::kNot : Op::kSubtract, node.at);
  out.type = type;
  out.dst = into;
  out.a = is_not ? value : zero;
  out.b = is_not ? kNone : value;
  return into;
}

uint32_t FunctionBuilder::Binary(const Expr& node, uint32_t into) {
  const Type& type = module_.exprs[node.args[0]].type;
  const uint32_t a = Value(node.args[0]);
  const uint32_t b = Value(node.args[1]);
  if (into == kNone) into = NewRegister(ScalarOf(node.type));
  const bool is_text = type.kind == TypeKind::kStr;
  Instruction& out = Emit(is_text ? Op::kTextEqual : OpOf(node.op), node.at);
  out.type = ScalarOf(type);
  out.dst = into;
  out.a = a;
  out.b = b;
  if (!is_text || node.op == Operator::kEqual) return into;
  Instruction& opposite = Emit(Op::kNot, node.at);
  opposite.type = Scalar::kBool;
  opposite.dst = into;
  opposite.a = into;
  return into;
}

uint32_t FunctionBuilder::Load(const Expr& node, uint32_t into) {
  const uint32_t array = arrays_[module_.exprs[node.args[0]].index];
  const uint32_t index = Value(node.args[1]);
  const ArrayObject& object = function_.arrays[array];
  if (into == kNone) into = NewRegister(object.element, object.enum_index);
  Instruction& load = Emit(Op::kLoad, node.at);
  load.type = object.element;
  load.dst = into;
  load.array = array;
  load.a = index;
  return into;
}

uint32_t FunctionBuilder::Cast(const Expr& node, uint32_t into) {
  const Type& from = module_.exprs[node.args[0]].type;
  if (from == node.type) return Value(node.args[0], into);
  const uint32_t a = Value(node.args[0]);
  if (into == kNone) into = NewRegister(ScalarOf(node.type));
  Instruction& cast = Emit(
      node.type.kind == TypeKind::kI64 ? Op::kWiden : Op::kNarrow, node.at);
  cast.type = ScalarOf(from);
  cast.dst = into;
  cast.a = a;
  return into;
}

uint32_t FunctionBuilder::TextMethod(const Expr& node, uint32_t into) {
  const Type& base = module_.exprs[node.args[0]].type;
  if (base.kind == TypeKind::kArray) {
    const uint32_t length = Number(base.length, Scalar::kI32);
    if (into == kNone) return length;
    EmitCopy(into, length, node.at);
    return into;
  }
  const Registers args = Spread(node.args);
  if (into == kNone) into = NewRegister(ScalarOf(node.type));
  Instruction& out = Emit(OpOf(node.method), node.at);
  out.type = Scalar::kStr;
  out.dst = into;
  out.a = args[0];
  if (node.method == Method::kReplace) {
    out.args = {args[1], args[2]};
    function_.makes_texts = true;
  } else if (args.size() > 1) {
    out.b = args[1];
  }
  return into;
}

}  // namespace fozzy::compiler
