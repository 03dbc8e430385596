#include "kernels/compiler/check_types.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kernels/compiler/checker.h"

namespace fozzy::compiler {
namespace {

// Checks what functions rest on: names and types of items.
class ItemChecker {
 public:
  ItemChecker(Module& module, Problem& problem)
      : module_(module), problem_(problem) {}

  void Check() {
    for (Struct& item : module_.structs) Check(item);
    for (Enum& item : module_.enums) Check(item);
    if (module_.functions.size() > kFunctionsMax) {
      problem_.Report(module_.functions.back().at,
                      absl::StrCat("more than ", kFunctionsMax, " functions"));
    }
    for (Function& item : module_.functions) Check(item);
  }

 private:
  void Claim(std::set<uint32_t>& taken, uint32_t symbol, Position at) {
    if (taken.insert(symbol).second || problem_.is_set()) return;
    problem_.Report(at, absl::StrCat("expected a new name, found '",
                                     module_.symbols[symbol], "' again"));
  }

  void CheckScalar(TypeName& name) {
    name.type = ResolveType(module_, name, problem_);
    if (!IsScalar(name.type)) {
      problem_.Report(name.at, absl::StrCat("expected a scalar, found ",
                                            TypeText(module_, name.type)));
    }
  }

  void CheckCount(Position at, size_t count, size_t max) {
    if (count >= 1 && count <= max) return;
    problem_.Report(
        at, absl::StrCat("expected 1 to ", max, " parts, found ", count));
  }

  void Check(Struct& item) {
    Claim(types_, item.symbol, item.at);
    CheckCount(item.at, item.fields.size(), kFieldsMax);
    std::set<uint32_t> taken;
    for (Field& field : item.fields) {
      Claim(taken, field.symbol, field.type_name.at);
      CheckScalar(field.type_name);
    }
  }

  void Check(Enum& item) {
    Claim(types_, item.symbol, item.at);
    CheckCount(item.at, item.variants.size(), kVariantsMax);
    std::set<uint32_t> taken;
    size_t fields = 1;
    for (Variant& variant : item.variants) {
      Claim(taken, variant.symbol, variant.at);
      for (TypeName& name : variant.payload) CheckScalar(name);
      fields += variant.payload.size();
    }
    CheckCount(item.at, fields, kFieldsMax);
    if (!problem_.is_set()) CheckTags(item);
  }

  void CheckTags(const Enum& item) {
    const auto index = static_cast<uint32_t>(&item - module_.enums.data());
    std::set<int64_t> taken;
    for (uint32_t i = 0; i < item.variants.size(); ++i) {
      if (taken.insert(ExternalTag(module_, index, i)).second) continue;
      problem_.Report(item.variants[i].at,
                      "expected another name: its external tag is taken");
    }
  }

  void Check(Function& item) {
    Claim(functions_, item.symbol, item.at);
    size_t at = 0;
    std::set<uint32_t> taken;
    for (Field& parameter : item.parameters) {
      TypeName& name = parameter.type_name;
      Claim(taken, parameter.symbol, name.at);
      name.type = ResolveType(module_, name, problem_);
      if (item.is_host) CheckHostParameter(name);
      ++at;
    }
    if (at > kFieldsMax) CheckCount(item.at, at, kFieldsMax);
    item.result.type = ResolveType(module_, item.result, problem_);
    const Type& result = item.result.type;
    if (result.kind == TypeKind::kArray) {
      problem_.Report(item.result.at, "expected no array as a result");
    }
    const bool is_number = IsInteger(result) || result.kind == TypeKind::kBool;
    if (item.is_host && !is_number && result.kind != TypeKind::kUnit) {
      problem_.Report(item.result.at,
                      absl::StrCat("expected i32, i64, bool or nothing from a "
                                   "host function, found ",
                                   TypeText(module_, result)));
    }
  }

  void CheckHostParameter(const TypeName& name) {
    if (IsScalar(name.type) || IsPlainEnum(module_, name.type)) return;
    if (name.type.kind == TypeKind::kArray &&
        name.type.element != TypeKind::kStr) {
      return;
    }
    problem_.Report(name.at,
                    absl::StrCat("expected a scalar, an enum without payload "
                                 "or an array of numbers, found ",
                                 TypeText(module_, name.type)));
  }

  Module& module_;
  Problem& problem_;
  std::set<uint32_t> types_;
  std::set<uint32_t> functions_;
};

// Orders the functions such that each follows those it calls.
class CallOrder {
 public:
  CallOrder(Module& module, std::vector<std::vector<uint32_t>> calls,
            Problem& problem)
      : module_(module),
        problem_(problem),
        calls_(std::move(calls)),
        depths_(calls_.size(), 0),
        elements_(calls_.size(), 0) {}

  void Build() {
    for (size_t round = 0; round < calls_.size(); ++round) {
      const size_t before = module_.order.size();
      for (uint32_t i = 0; i < calls_.size(); ++i) TryAdd(i);
      if (module_.order.size() == before || problem_.is_set()) break;
    }
    for (uint32_t i = 0; i < calls_.size(); ++i) {
      if (depths_[i] != 0 || module_.functions[i].is_host) continue;
      problem_.Report(module_.functions[i].at,
                      absl::StrCat("expected no recursion, but '",
                                   module_.symbols[module_.functions[i].symbol],
                                   "' calls itself or one that does"));
    }
  }

 private:
  void TryAdd(uint32_t function) {
    const Function& item = module_.functions[function];
    if (item.is_host || depths_[function] != 0) return;
    uint32_t depth = 0;
    uint64_t elements = 0;
    for (const uint32_t callee : calls_[function]) {
      if (depths_[callee] == 0) return;
      depth = std::max(depth, depths_[callee]);
      elements = std::max(elements, elements_[callee]);
    }
    for (const Local& local : item.locals) elements += local.type.length;
    depths_[function] = depth + 1;
    elements_[function] = elements;
    module_.order.push_back(function);
    if (depth + 1 > kCallDepthMax) {
      problem_.Report(
          item.at, absl::StrCat("calls nested over ", kCallDepthMax, " deep"));
    }
    if (elements > kArrayElementsMax) {
      problem_.Report(item.at, absl::StrCat("arrays of ", elements,
                                            " elements with those it calls, "
                                            "expected at most ",
                                            kArrayElementsMax));
    }
  }

  Module& module_;
  Problem& problem_;
  std::vector<std::vector<uint32_t>> calls_;
  std::vector<uint32_t> depths_;    // 0: not yet ordered
  std::vector<uint64_t> elements_;  // of arrays, callees included
};

}  // namespace

bool IsScalar(const Type& type) {
  return IsInteger(type) || type.kind == TypeKind::kBool ||
         type.kind == TypeKind::kStr;
}

bool IsPlainEnum(const Module& module, const Type& type) {
  if (type.kind != TypeKind::kEnum) return false;
  const std::vector<Variant>& variants = module.enums[type.index].variants;
  return std::all_of(variants.begin(), variants.end(),
                     [](const Variant& v) { return v.payload.empty(); });
}

Type ResolveType(const Module& module, const TypeName& name, Problem& problem) {
  Type type = name.type;
  const bool is_array = type.kind == TypeKind::kArray;
  TypeKind& kind = is_array ? type.element : type.kind;
  if (name.name != kNone) {
    for (uint32_t i = 0; i < module.structs.size(); ++i) {
      if (module.structs[i].symbol != name.name) continue;
      kind = TypeKind::kStruct;
      type.index = i;
    }
    for (uint32_t i = 0; i < module.enums.size(); ++i) {
      if (module.enums[i].symbol != name.name) continue;
      kind = TypeKind::kEnum;
      type.index = i;
    }
    if (kind == TypeKind::kUnit) {
      problem.Report(name.at, absl::StrCat("expected a type, found '",
                                           module.symbols[name.name], "'"));
      return type;
    }
  }
  if (!is_array) return type;
  const Type element = ElementOf(type);
  if (!IsScalar(element) && !IsPlainEnum(module, element)) {
    problem.Report(name.at, absl::StrCat("expected scalar elements, found ",
                                         TypeText(module, element)));
  } else if (type.length == 0 || type.length > kArrayElementsMax) {
    problem.Report(name.at,
                   absl::StrCat("expected an array of 1 to ", kArrayElementsMax,
                                " elements, found ", type.length));
  }
  return type;
}

void CheckTypes(Module& module, Problem& problem) {
  if (problem.is_set()) return;
  ItemChecker(module, problem).Check();
  std::vector<std::vector<uint32_t>> calls(module.functions.size());
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    if (problem.is_set()) return;
    if (module.functions[i].is_host) continue;
    FunctionChecker(module, i, problem, calls[i]).Check();
  }
  if (problem.is_set()) return;
  CallOrder(module, std::move(calls), problem).Build();
}

}  // namespace fozzy::compiler
