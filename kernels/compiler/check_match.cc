#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "kernels/compiler/checker.h"

namespace fozzy::compiler {

uint32_t FunctionChecker::FindVariant(const Pattern& pattern, const Type& type,
                                      Position at) {
  const Enum& of = module_.enums[type.index];
  if (of.symbol != pattern.symbol) {
    Fail(at, absl::StrCat("expected a variant of ", TypeName(type), ", found '",
                          NameOf(pattern.symbol), "'"));
    return kNone;
  }
  for (uint32_t i = 0; i < of.variants.size(); ++i) {
    if (of.variants[i].symbol == pattern.second_symbol) return i;
  }
  Fail(at, absl::StrCat("expected a variant of ", TypeName(type), ", found '",
                        NameOf(pattern.second_symbol), "'"));
  return kNone;
}

void FunctionChecker::ResolvePattern(Pattern& pattern, const Type& type,
                                     Position at) {
  if (pattern.is_any) return;
  if (pattern.is_integer != IsInteger(type)) {
    Fail(at, absl::StrCat("expected a pattern of ", TypeName(type), ", found ",
                          pattern.is_integer ? "an integer" : "a variant"));
    return;
  }
  if (pattern.is_integer) return;
  pattern.index = FindVariant(pattern, type, at);
  if (pattern.index == kNone) return;
  const Variant& variant = module_.enums[type.index].variants[pattern.index];
  if (pattern.bindings.size() != variant.payload.size()) {
    Fail(at, absl::StrCat("expected ", variant.payload.size(),
                          " names to bind, found ", pattern.bindings.size()));
    return;
  }
  for (size_t i = 0; i < pattern.bindings.size(); ++i) {
    uint32_t& binding = pattern.bindings[i];
    if (binding == kNone) continue;
    binding = Declare({.symbol = binding,
                       .at = pattern.binding_at[i],
                       .type = variant.payload[i].type});
  }
}

bool FunctionChecker::CheckArm(Arm& arm, const Type& type) {
  const size_t names = names_.size();
  const size_t begin = scope_begin_;
  scope_begin_ = names;
  ResolvePattern(arm.pattern, type, arm.at);
  if (arm.guard != kNone) Condition(arm.guard);
  const bool ends = Block(arm.body);
  names_.resize(names);
  scope_begin_ = begin;
  return ends;
}

void FunctionChecker::CheckCoverage(const Stmt& stmt, const Type& type) {
  std::set<int64_t> covered;
  bool has_any = false;
  for (const Arm& arm : stmt.arms) {
    const int64_t value = arm.pattern.is_integer ? arm.pattern.number
                                                 : int64_t{arm.pattern.index};
    if (has_any || (!arm.pattern.is_any && covered.count(value) != 0)) {
      Fail(arm.at, "an arm that is never reached");
    }
    if (arm.guard != kNone) continue;
    if (arm.pattern.is_any) {
      has_any = true;
    } else {
      covered.insert(value);
    }
  }
  if (has_any) return;
  if (type.kind != TypeKind::kEnum) {
    Fail(stmt.at, "expected an arm '_ =>' without a guard");
    return;
  }
  const Enum& of = module_.enums[type.index];
  for (uint32_t i = 0; i < of.variants.size(); ++i) {
    if (covered.count(i) != 0) continue;
    Fail(stmt.at,
         absl::StrCat("expected an arm without a guard for ", NameOf(of.symbol),
                      "::", NameOf(of.variants[i].symbol)));
    return;
  }
}

bool FunctionChecker::Match(uint32_t statement) {
  const Type type = Expression(module_.stmts[statement].value, {});
  if (type.kind != TypeKind::kEnum && !IsInteger(type)) {
    Fail(module_.stmts[statement].at,
         absl::StrCat("expected an enum or integer to match, found ",
                      TypeName(type)));
    return false;
  }
  // Checking the arms adds no statements: references stay valid.
  Stmt& stmt = module_.stmts[statement];
  bool all_end = !stmt.arms.empty();
  for (Arm& arm : stmt.arms) {
    if (!CheckArm(arm, type)) all_end = false;
  }
  CheckCoverage(stmt, type);
  return all_end;
}

}  // namespace fozzy::compiler
