#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "kernels/compiler/check_types.h"
#include "kernels/compiler/checker.h"

namespace fozzy::compiler {
namespace {

constexpr Type kBool{.kind = TypeKind::kBool};

}  // namespace

void FunctionChecker::Check() {
  for (const Field& parameter : function_.parameters) {
    Declare({.symbol = parameter.symbol,
             .at = parameter.type_name.at,
             .type = parameter.type_name.type});
  }
  const bool ends = Block(function_.body);
  if (!ends && function_.result.type.kind != TypeKind::kUnit) {
    Fail(function_.at,
         absl::StrCat("expected '", NameOf(function_.symbol), "' to return ",
                      TypeName(function_.result.type), " on every path"));
  }
}

bool FunctionChecker::Block(const std::vector<uint32_t>& statements) {
  const size_t names = names_.size();
  const size_t begin = scope_begin_;
  scope_begin_ = names;
  bool ends = false;
  for (const uint32_t statement : statements) {
    if (problem_.is_set()) break;
    if (ends) {
      Fail(module_.stmts[statement].at, "a statement that is never reached");
    }
    ends = Statement(statement);
  }
  names_.resize(names);
  scope_begin_ = begin;
  return ends;
}

bool FunctionChecker::Statement(uint32_t statement) {
  const Stmt& stmt = module_.stmts[statement];
  switch (stmt.kind) {
    case StmtKind::kLet:
      Let(statement);
      return false;
    case StmtKind::kAssign:
      Assign(stmt);
      return false;
    case StmtKind::kExpr:
      Expression(stmt.value, {});
      return false;
    case StmtKind::kIf:
      return If(stmt);
    case StmtKind::kWhile:
      Condition(stmt.value);
      Loop(stmt.body);
      return false;
    case StmtKind::kFor:
      For(statement);
      return false;
    case StmtKind::kMatch:
      return Match(statement);
    case StmtKind::kReturn:
      return Return(stmt);
    case StmtKind::kBreak:
    case StmtKind::kContinue:
      if (loops_ == 0) Fail(stmt.at, "expected a loop around this");
      return true;
  }
  return false;
}

bool FunctionChecker::If(const Stmt& stmt) {
  Condition(stmt.value);
  const bool body_ends = Block(stmt.body);
  const bool other_ends = Block(stmt.other);
  return body_ends && other_ends;
}

bool FunctionChecker::Return(const Stmt& stmt) {
  const Type& wanted = function_.result.type;
  const Type found =
      stmt.value == kNone ? Type{} : Expression(stmt.value, wanted);
  Want(stmt.at, wanted, found);
  return true;
}

void FunctionChecker::Let(uint32_t statement) {
  Stmt& stmt = module_.stmts[statement];
  Type type;
  if (stmt.has_type) type = ResolveType(module_, stmt.type_name, problem_);
  const Type found = Expression(stmt.value, type);
  if (stmt.has_type) {
    Want(module_.exprs[stmt.value].at, type, found);
  } else {
    type = found;
  }
  if (type.kind == TypeKind::kUnit) {
    Fail(stmt.at, "expected a value, found a call that has none");
  }
  if (stmt.is_shared && type.kind != TypeKind::kArray) {
    Fail(stmt.at,
         absl::StrCat("expected a shared array, found ", TypeName(type)));
  }
  stmt.index = Declare({.symbol = stmt.symbol,
                        .at = stmt.at,
                        .type = type,
                        .is_mutable = stmt.is_mutable,
                        .is_shared = stmt.is_shared});
}

void FunctionChecker::CheckTarget(uint32_t expr) {
  const Expr& target = module_.exprs[expr];
  uint32_t base = expr;
  if (target.kind == ExprKind::kIndex || target.kind == ExprKind::kField) {
    base = target.args[0];
  }
  const Expr& name = module_.exprs[base];
  if (name.kind != ExprKind::kName) {
    Fail(target.at, "expected a variable, an element or a field before '='");
    return;
  }
  if (!function_.locals[name.index].is_mutable) {
    Fail(name.at, absl::StrCat("expected a 'var', found '", NameOf(name.symbol),
                               "', which does not change"));
  }
}

void FunctionChecker::Assign(const Stmt& stmt) {
  const Type type = Expression(stmt.target, {});
  if (problem_.is_set()) return;
  CheckTarget(stmt.target);
  Want(module_.exprs[stmt.value].at, type, Expression(stmt.value, type));
}

void FunctionChecker::For(uint32_t statement) {
  Stmt& stmt = module_.stmts[statement];
  const bool begins_plain = IsLiteral(stmt.value);
  const uint32_t first = begins_plain ? stmt.end : stmt.value;
  const uint32_t second = begins_plain ? stmt.value : stmt.end;
  const Type type = Expression(first, {});
  Want(module_.exprs[second].at, type, Expression(second, type));
  if (!IsInteger(type)) {
    Fail(stmt.at,
         absl::StrCat("expected integers around '..', found ", TypeName(type)));
  }
  const size_t names = names_.size();
  const size_t begin = scope_begin_;
  scope_begin_ = names;
  stmt.index = Declare({.symbol = stmt.symbol, .at = stmt.at, .type = type});
  Loop(stmt.body);
  names_.resize(names);
  scope_begin_ = begin;
}

void FunctionChecker::Loop(const std::vector<uint32_t>& body) {
  ++loops_;
  Block(body);
  --loops_;
}

void FunctionChecker::Condition(uint32_t expr) {
  Want(module_.exprs[expr].at, kBool, Expression(expr, {}));
}

void FunctionChecker::Want(Position at, const Type& expected,
                           const Type& found) {
  if (expected == found) return;
  Fail(at, absl::StrCat("expected ", TypeName(expected), ", found ",
                        TypeName(found)));
}

void FunctionChecker::Fail(Position at, std::string message) {
  problem_.Report(at, std::move(message));
}

std::string FunctionChecker::NameOf(uint32_t symbol) const {
  return module_.symbols[symbol];
}

std::string FunctionChecker::TypeName(const Type& type) const {
  return TypeText(module_, type);
}

uint32_t FunctionChecker::Declare(const Local& local) {
  for (size_t i = scope_begin_; i < names_.size(); ++i) {
    if (names_[i].symbol == local.symbol) {
      Fail(local.at, absl::StrCat("expected a new name, found '",
                                  NameOf(local.symbol), "' again"));
    }
  }
  const auto index = static_cast<uint32_t>(function_.locals.size());
  if (index >= kLocalsMax) {
    Fail(local.at, absl::StrCat("more than ", kLocalsMax, " variables"));
  }
  function_.locals.push_back(local);
  names_.push_back({local.symbol, index});
  return index;
}

}  // namespace fozzy::compiler
