#include "kernels/compiler/ast.h"

#include "absl/strings/str_cat.h"

namespace fozzy::compiler {

std::string TypeText(const Module& module, const Type& type) {
  switch (type.kind) {
    case TypeKind::kUnit:
      return "()";
    case TypeKind::kBool:
      return "bool";
    case TypeKind::kI32:
      return "i32";
    case TypeKind::kI64:
      return "i64";
    case TypeKind::kStr:
      return "str";
    case TypeKind::kStruct:
      return module.symbols[module.structs[type.index].symbol];
    case TypeKind::kEnum:
      return module.symbols[module.enums[type.index].symbol];
    case TypeKind::kArray:
      return absl::StrCat("[", TypeText(module, ElementOf(type)), "; ",
                          type.length, "]");
  }
  return "";
}

uint32_t FindFunction(const Module& module, const std::string& name) {
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    if (module.symbols[module.functions[i].symbol] == name) return i;
  }
  return kNone;
}

int64_t ExternalTag(const Module& module, uint32_t enum_index,
                    uint32_t variant_index) {
  const Enum& of = module.enums[enum_index];
  const std::string name =
      absl::StrCat(module.symbols[of.symbol],
                   "::", module.symbols[of.variants[variant_index].symbol]);
  uint32_t hash = 2166136261u;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 16777619u;
  }
  return hash;
}

}  // namespace fozzy::compiler
