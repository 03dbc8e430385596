#include <utility>

#include "absl/strings/match.h"
#include "kernels/compiler/arithmetic.h"
#include "kernels/compiler/interpreter.h"
#include "kernels/compiler/require.h"
#include "kernels/compiler/text_ops.h"

namespace fozzy::compiler {
namespace {

bool IsComparison(Operator op) {
  return op >= Operator::kEqual && op <= Operator::kGreaterEqual;
}

int64_t Compare(Operator op, int64_t a, int64_t b) {
  switch (op) {
    case Operator::kEqual:
      return a == b;
    case Operator::kNotEqual:
      return a != b;
    case Operator::kLess:
      return a < b;
    case Operator::kLessEqual:
      return a <= b;
    case Operator::kGreater:
      return a > b;
    default:
      return a >= b;
  }
}

}  // namespace

int64_t Interpreter::Number(uint32_t expr) {
  const Expr& node = module_.exprs[expr];
  switch (node.kind) {
    case ExprKind::kInteger:
    case ExprKind::kBool:
      return node.number;
    case ExprKind::kName:
      return frame_[node.index].number;
    case ExprKind::kUnary:
      return Unary(node);
    case ExprKind::kBinary:
      return Binary(node);
    case ExprKind::kMethod:
      return NumberMethod(node);
    case ExprKind::kIndex: {
      const Value* element = Element(node);
      return element == nullptr ? 0 : element->number;
    }
    case ExprKind::kCast: {
      const int64_t number = Number(node.args[0]);
      return node.type.kind == TypeKind::kI32 ? Cut32(number) : number;
    }
    case ExprKind::kOpaque:
      return Number(node.args[0]);
    default:
      return Aggregate(node).number;
  }
}

std::string Interpreter::Text(uint32_t expr) { return Evaluate(expr).text; }

Interpreter::Value Interpreter::Evaluate(uint32_t expr) {
  const Expr& node = module_.exprs[expr];
  switch (node.type.kind) {
    case TypeKind::kBool:
    case TypeKind::kI32:
    case TypeKind::kI64: {
      Value value;
      value.number = Number(expr);
      return value;
    }
    default:
      return Aggregate(node);
  }
}

Interpreter::Value Interpreter::Aggregate(const Expr& node) {
  Value value;
  switch (node.kind) {
    case ExprKind::kString:
      value.text = module_.strings[node.index];
      return value;
    case ExprKind::kName:
      return frame_[node.index];
    case ExprKind::kCall: {
      std::vector<Value> arguments = Arguments(node);
      if (is_failed()) return value;
      return Call(node.index, std::move(arguments));
    }
    case ExprKind::kHostCall:
      return HostCall(node);
    case ExprKind::kMethod:
      value.text = node.method == Method::kReplace
                       ? Replaced(node)
                       : std::string(Trimmed(Text(node.args[0])));
      return value;
    case ExprKind::kIndex: {
      const Value* element = Element(node);
      return element == nullptr ? value : *element;
    }
    case ExprKind::kField:
      value = Evaluate(node.args[0]);
      if (is_failed()) return value;
      return Value(value.parts[node.index]);
    case ExprKind::kVariant:
      value.number = node.index;
      value.parts = Arguments(node);
      return value;
    case ExprKind::kStruct:
    case ExprKind::kArray:
      value.parts = Arguments(node);
      return value;
    case ExprKind::kArrayRepeat:
      value.parts.assign(static_cast<size_t>(node.number),
                         Evaluate(node.args[0]));
      return value;
    case ExprKind::kOpaque:
      return Evaluate(node.args[0]);
    default:
      Require(false);
      return value;
  }
}

std::vector<Interpreter::Value> Interpreter::Arguments(const Expr& node) {
  std::vector<Value> values;
  for (const uint32_t arg : node.args) {
    if (is_failed()) break;
    values.push_back(Evaluate(arg));
  }
  return values;
}

int64_t Interpreter::Unary(const Expr& node) {
  const int64_t value = Number(node.args[0]);
  if (node.op == Operator::kNot) return value == 0;
  const int64_t negated = WrapSubtract(0, value);
  return node.type.kind == TypeKind::kI32 ? Cut32(negated) : negated;
}

int64_t Interpreter::Binary(const Expr& node) {
  if (node.op == Operator::kBothOf || node.op == Operator::kEitherOf) {
    const int64_t first = Number(node.args[0]);
    const bool is_decided = (first != 0) == (node.op == Operator::kEitherOf);
    return is_failed() || is_decided ? first : Number(node.args[1]);
  }
  const Type& type = module_.exprs[node.args[0]].type;
  if (type.kind == TypeKind::kStr || type.kind == TypeKind::kEnum) {
    return Equal(node);
  }
  const int64_t a = Number(node.args[0]);
  if (is_failed()) return 0;
  const int64_t b = Number(node.args[1]);
  if (is_failed()) return 0;
  if (IsComparison(node.op)) return Compare(node.op, a, b);
  const int64_t result = Arithmetic(node, a, b);
  return node.type.kind == TypeKind::kI32 ? Cut32(result) : result;
}

bool Interpreter::Equal(const Expr& node) {
  const Value a = Evaluate(node.args[0]);
  if (is_failed()) return false;
  const Value b = Evaluate(node.args[1]);
  const bool is_equal = a.number == b.number && a.text == b.text;
  return is_equal == (node.op == Operator::kEqual);
}

int64_t Interpreter::Arithmetic(const Expr& node, int64_t a, int64_t b) {
  const int bits = node.type.kind == TypeKind::kI32 ? 32 : 64;
  switch (node.op) {
    case Operator::kAdd:
      return WrapAdd(a, b);
    case Operator::kSubtract:
      return WrapSubtract(a, b);
    case Operator::kMultiply:
      return WrapMultiply(a, b);
    case Operator::kDivide:
    case Operator::kRemainder:
      if (b == 0) {
        Fail(FailureKind::kDivision, node.at, 0, 0);
        return 0;
      }
      return node.op == Operator::kDivide ? WrapDivide(a, b)
                                          : WrapRemainder(a, b);
    case Operator::kAnd:
      return a & b;
    case Operator::kOr:
      return a | b;
    case Operator::kXor:
      return a ^ b;
    case Operator::kShiftLeft:
      return ShiftLeft(a, b, bits);
    default:
      return ShiftRight(a, b, bits);
  }
}

int64_t Interpreter::NumberMethod(const Expr& node) {
  const Expr& base = module_.exprs[node.args[0]];
  if (base.type.kind == TypeKind::kArray) return base.type.length;
  const std::string text = Text(node.args[0]);
  if (node.method == Method::kLen) return static_cast<int64_t>(text.size());
  if (is_failed()) return 0;
  const std::string part = Text(node.args[1]);
  switch (node.method) {
    case Method::kContains:
      return Contains(text, part);
    case Method::kStartsWith:
      return absl::StartsWith(text, part);
    default:
      return absl::EndsWith(text, part);
  }
}

Interpreter::Value* Interpreter::Element(const Expr& node) {
  const int64_t index = Number(node.args[1]);
  if (is_failed()) return nullptr;
  std::vector<Value>& parts = frame_[module_.exprs[node.args[0]].index].parts;
  const auto length = static_cast<int64_t>(parts.size());
  if (index >= 0 && index < length) return &parts[static_cast<size_t>(index)];
  Fail(FailureKind::kBounds, node.at, index, length);
  return nullptr;
}

std::string Interpreter::Replaced(const Expr& node) {
  const std::vector<Value> args = Arguments(node);
  if (is_failed()) return "";
  const size_t size = ReplacedSize(args[0].text, args[1].text, args[2].text);
  if (size > static_cast<size_t>(kTextBytesMax)) {
    Fail(FailureKind::kText, node.at, static_cast<int64_t>(size),
         kTextBytesMax);
    return "";
  }
  std::string result(size, '\0');
  ReplaceInto(args[0].text, args[1].text, args[2].text, result.data());
  return result;
}

HostValue Interpreter::ToHost(const Value& value, const Type& type) const {
  HostValue out;
  out.text = value.text;
  out.number = type.kind == TypeKind::kEnum
                   ? ExternalTag(module_, type.index,
                                 static_cast<uint32_t>(value.number))
                   : value.number;
  if (type.kind != TypeKind::kArray) return out;
  for (const Value& part : value.parts) {
    out.numbers.push_back(ToHost(part, ElementOf(type)).number);
  }
  return out;
}

Interpreter::Value Interpreter::HostCall(const Expr& node) {
  const Function& function = module_.functions[node.index];
  const std::vector<Value> values = Arguments(node);
  Value result;
  if (is_failed()) return result;
  std::vector<HostValue> arguments;
  for (size_t i = 0; i < values.size(); ++i) {
    arguments.push_back(
        ToHost(values[i], function.parameters[i].type_name.type));
  }
  if (!host_.Call(module_.symbols[function.symbol], arguments, result.number)) {
    Fail(FailureKind::kHost, node.at, 0, 0);
    return {};
  }
  const TypeKind kind = function.result.type.kind;
  if (kind == TypeKind::kI32) result.number = Cut32(result.number);
  if (kind == TypeKind::kBool) result.number = result.number != 0;
  if (kind == TypeKind::kUnit) result.number = 0;
  return result;
}

}  // namespace fozzy::compiler
