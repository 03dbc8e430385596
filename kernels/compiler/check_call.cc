#include <algorithm>

#include "absl/strings/str_cat.h"
#include "kernels/compiler/checker.h"

namespace fozzy::compiler {
namespace {

constexpr Type kStr{.kind = TypeKind::kStr};

}  // namespace

Type FunctionChecker::Call(uint32_t expr) {
  Expr& node = module_.exprs[expr];
  for (uint32_t i = 0; i < module_.functions.size(); ++i) {
    if (module_.functions[i].symbol == node.symbol) node.index = i;
  }
  if (node.index == kNone) {
    Fail(node.at, absl::StrCat("expected the name of a function, found '",
                               NameOf(node.symbol), "'"));
    return {};
  }
  const Function& callee = module_.functions[node.index];
  if (callee.is_host) {
    node.kind = ExprKind::kHostCall;
  } else {
    calls_.push_back(node.index);
  }
  std::vector<Type> types;
  for (const Field& parameter : callee.parameters) {
    types.push_back(parameter.type_name.type);
  }
  Arguments(node, types, 0);
  return callee.result.type;
}

void FunctionChecker::Arguments(const Expr& expr,
                                const std::vector<Type>& types, size_t first) {
  if (expr.args.size() - first != types.size()) {
    Fail(expr.at, absl::StrCat("expected ", types.size(), " arguments, found ",
                               expr.args.size() - first));
    return;
  }
  for (size_t i = 0; i < types.size(); ++i) {
    const uint32_t arg = expr.args[first + i];
    Want(module_.exprs[arg].at, types[i], Expression(arg, types[i]));
    if (types[i].kind == TypeKind::kArray &&
        module_.exprs[arg].kind != ExprKind::kName) {
      Fail(module_.exprs[arg].at, "expected the name of an array");
    }
  }
}

Type FunctionChecker::MethodCall(const Expr& expr) {
  const Expr& base = module_.exprs[expr.args[0]];
  const Type type = Expression(expr.args[0], {});
  if (expr.method == Method::kLen && type.kind == TypeKind::kArray) {
    if (base.kind != ExprKind::kName) {
      Fail(base.at, "expected the name of an array");
    }
    return {.kind = TypeKind::kI32};
  }
  Want(base.at, kStr, type);
  Arguments(expr, std::vector<Type>(expr.args.size() - 1, kStr), 1);
  switch (expr.method) {
    case Method::kTrim:
    case Method::kReplace:
      return kStr;
    case Method::kContains:
    case Method::kStartsWith:
    case Method::kEndsWith:
      return {.kind = TypeKind::kBool};
    case Method::kLen:
      return {.kind = TypeKind::kI32};
  }
  return {};
}

Type FunctionChecker::StructLiteral(uint32_t expr) {
  Expr& node = module_.exprs[expr];
  Type type{.kind = TypeKind::kStruct, .index = kNone};
  for (uint32_t i = 0; i < module_.structs.size(); ++i) {
    if (module_.structs[i].symbol == node.symbol) type.index = i;
  }
  if (type.index == kNone) {
    Fail(node.at, absl::StrCat("expected the name of a struct, found '",
                               NameOf(node.symbol), "'"));
    return {};
  }
  // In the order of the struct: the values are evaluated in that order.
  const Struct& of = module_.structs[type.index];
  std::vector<Type> types;
  for (size_t i = 0; i < of.fields.size(); ++i) {
    types.push_back(of.fields[i].type_name.type);
    if (i < node.names.size() && node.names[i] != of.fields[i].symbol) {
      Fail(node.at,
           absl::StrCat("expected field '", NameOf(of.fields[i].symbol),
                        "', found '", NameOf(node.names[i]), "'"));
    }
  }
  Arguments(node, types, 0);
  return type;
}

Type FunctionChecker::VariantLiteral(uint32_t expr) {
  Expr& node = module_.exprs[expr];
  Type type{.kind = TypeKind::kEnum, .index = kNone};
  for (uint32_t i = 0; i < module_.enums.size(); ++i) {
    if (module_.enums[i].symbol == node.symbol) type.index = i;
  }
  if (type.index == kNone) {
    Fail(node.at, absl::StrCat("expected the name of an enum, found '",
                               NameOf(node.symbol), "'"));
    return {};
  }
  Pattern pattern;
  pattern.symbol = node.symbol;
  pattern.second_symbol = node.second_symbol;
  node.index = FindVariant(pattern, type, node.at);
  if (node.index == kNone) return {};
  std::vector<Type> types;
  for (const struct TypeName& name :
       module_.enums[type.index].variants[node.index].payload) {
    types.push_back(name.type);
  }
  Arguments(node, types, 0);
  return type;
}

}  // namespace fozzy::compiler
