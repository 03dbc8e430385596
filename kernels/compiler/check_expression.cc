#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "kernels/compiler/check_types.h"
#include "kernels/compiler/checker.h"

namespace fozzy::compiler {
namespace {

constexpr Type kBool{.kind = TypeKind::kBool};
constexpr Type kI32{.kind = TypeKind::kI32};

bool IsComparison(Operator op) {
  return op >= Operator::kEqual && op <= Operator::kGreaterEqual;
}

}  // namespace

Type FunctionChecker::Expression(uint32_t expr, const Type& hint) {
  if (problem_.is_set()) return {};
  const Type type = Resolve(expr, hint);
  module_.exprs[expr].type = type;
  return type;
}

Type FunctionChecker::Resolve(uint32_t expr, const Type& hint) {
  const Expr& node = module_.exprs[expr];
  switch (node.kind) {
    case ExprKind::kInteger:
      return Integer(expr, hint);
    case ExprKind::kBool:
      return kBool;
    case ExprKind::kString:
      return {.kind = TypeKind::kStr};
    case ExprKind::kName:
      return NameUse(expr);
    case ExprKind::kUnary:
      return Unary(node, hint);
    case ExprKind::kBinary:
      return Binary(expr, hint);
    case ExprKind::kCall:
    case ExprKind::kHostCall:
      return Call(expr);
    case ExprKind::kMethod:
      return MethodCall(node);
    case ExprKind::kIndex:
      return Index(node);
    case ExprKind::kField:
      return FieldUse(expr);
    case ExprKind::kStruct:
      return StructLiteral(expr);
    case ExprKind::kVariant:
      return VariantLiteral(expr);
    case ExprKind::kArray:
    case ExprKind::kArrayRepeat:
      return Array(node, hint);
    case ExprKind::kCast:
      return Cast(node);
    case ExprKind::kOpaque:
      return Opaque(node, hint);
  }
  return {};
}

Type FunctionChecker::Integer(uint32_t expr, const Type& hint) {
  if (hint.kind == TypeKind::kI64) return hint;
  const Expr& node = module_.exprs[expr];
  if (node.number < std::numeric_limits<int32_t>::min() ||
      node.number > std::numeric_limits<int32_t>::max()) {
    Fail(node.at, absl::StrCat("expected an i32, found ", node.number));
  }
  return kI32;
}

Type FunctionChecker::NameUse(uint32_t expr) {
  Expr& node = module_.exprs[expr];
  for (size_t i = names_.size(); i > 0; --i) {
    if (names_[i - 1].symbol != node.symbol) continue;
    node.index = names_[i - 1].local;
    return function_.locals[node.index].type;
  }
  Fail(node.at, absl::StrCat("expected the name of a variable, found '",
                             NameOf(node.symbol), "', which is none here"));
  return {};
}

Type FunctionChecker::Unary(const Expr& expr, const Type& hint) {
  const Type type = Expression(expr.args[0], hint);
  if (expr.op == Operator::kNot) {
    Want(expr.at, kBool, type);
    return kBool;
  }
  if (!IsInteger(type)) {
    Fail(expr.at,
         absl::StrCat("expected an integer after '-', found ", TypeName(type)));
  }
  return type;
}

bool FunctionChecker::IsLiteral(uint32_t expr) const {
  const Expr& node = module_.exprs[expr];
  if (node.kind == ExprKind::kInteger) return true;
  if (node.kind != ExprKind::kBinary && node.kind != ExprKind::kUnary) {
    return false;
  }
  if (node.op >= Operator::kEqual && node.op <= Operator::kEitherOf) {
    return false;
  }
  return std::all_of(node.args.begin(), node.args.end(),
                     [this](uint32_t arg) { return IsLiteral(arg); });
}

Type FunctionChecker::Binary(uint32_t expr, const Type& hint) {
  const Expr& node = module_.exprs[expr];
  if (node.op == Operator::kBothOf || node.op == Operator::kEitherOf) {
    Want(module_.exprs[node.args[0]].at, kBool, Expression(node.args[0], {}));
    Want(module_.exprs[node.args[1]].at, kBool, Expression(node.args[1], {}));
    return kBool;
  }
  // Literals take the type of what they meet, on whichever side.
  const Type wanted = IsComparison(node.op) ? Type{} : hint;
  const size_t first = IsLiteral(node.args[0]) ? 1 : 0;
  const Type type = Expression(node.args[first], wanted);
  const Type other = Expression(node.args[1 - first], type);
  Want(module_.exprs[node.args[1 - first]].at, type, other);
  if (IsComparison(node.op)) return Comparison(node, type);
  const bool is_bitwise = node.op == Operator::kAnd ||
                          node.op == Operator::kOr || node.op == Operator::kXor;
  if (!IsInteger(type) && !(is_bitwise && type == kBool)) {
    Fail(node.at,
         absl::StrCat("expected integers here, found ", TypeName(type)));
  }
  return type;
}

Type FunctionChecker::Comparison(const Expr& expr, const Type& type) {
  const bool is_equality =
      expr.op == Operator::kEqual || expr.op == Operator::kNotEqual;
  const bool has_equality = IsScalar(type) || IsPlainEnum(module_, type);
  if (!IsInteger(type) && !(is_equality && has_equality)) {
    Fail(expr.at, absl::StrCat("expected what can be compared so, found ",
                               TypeName(type)));
  }
  return kBool;
}

Type FunctionChecker::Index(const Expr& expr) {
  const Expr& base = module_.exprs[expr.args[0]];
  if (base.kind != ExprKind::kName) {
    Fail(expr.at, "expected the name of an array before '['");
    return {};
  }
  const Type type = Expression(expr.args[0], {});
  if (type.kind != TypeKind::kArray) {
    Fail(base.at,
         absl::StrCat("expected an array before '[', found ", TypeName(type)));
    return {};
  }
  const Type index = Expression(expr.args[1], {});
  if (!IsInteger(index)) {
    Fail(module_.exprs[expr.args[1]].at,
         absl::StrCat("expected an integer index, found ", TypeName(index)));
  }
  return ElementOf(type);
}

Type FunctionChecker::FieldUse(uint32_t expr) {
  Expr& node = module_.exprs[expr];
  const Type type = Expression(node.args[0], {});
  if (type.kind == TypeKind::kStruct) {
    const Struct& of = module_.structs[type.index];
    for (uint32_t i = 0; i < of.fields.size(); ++i) {
      if (of.fields[i].symbol != node.symbol) continue;
      node.index = i;
      return of.fields[i].type_name.type;
    }
  }
  Fail(node.at, absl::StrCat("expected a field, found '", NameOf(node.symbol),
                             "', which is none of ", TypeName(type)));
  return {};
}

Type FunctionChecker::Array(const Expr& expr, const Type& hint) {
  const Type element_hint =
      hint.kind == TypeKind::kArray ? ElementOf(hint) : Type{};
  const size_t length = expr.kind == ExprKind::kArray
                            ? expr.args.size()
                            : static_cast<size_t>(expr.number);
  if (expr.args.empty() || length == 0 || length > kArrayElementsMax) {
    Fail(expr.at, absl::StrCat("expected an array of 1 to ", kArrayElementsMax,
                               " elements, found ", length));
    return {};
  }
  const Type element = Expression(expr.args[0], element_hint);
  for (size_t i = 1; i < expr.args.size(); ++i) {
    Want(module_.exprs[expr.args[i]].at, element,
         Expression(expr.args[i], element));
  }
  if (!IsScalar(element) && !IsPlainEnum(module_, element)) {
    Fail(expr.at,
         absl::StrCat("expected scalar elements, found ", TypeName(element)));
  }
  return {.kind = TypeKind::kArray,
          .element = element.kind,
          .index = element.index,
          .length = static_cast<uint32_t>(length)};
}

Type FunctionChecker::Cast(const Expr& expr) {
  const bool is_literal = IsLiteral(expr.args[0]);
  const Type found = Expression(expr.args[0], is_literal ? expr.type : Type{});
  if (!IsInteger(found)) {
    Fail(expr.at, absl::StrCat("expected an integer to convert, found ",
                               TypeName(found)));
  }
  return expr.type;
}

Type FunctionChecker::Opaque(const Expr& expr, const Type& hint) {
  const Type type = Expression(expr.args[0], hint);
  if (!IsScalar(type) && !IsPlainEnum(module_, type)) {
    Fail(expr.at,
         absl::StrCat("expected a scalar in opaque, found ", TypeName(type)));
  }
  return type;
}

}  // namespace fozzy::compiler
