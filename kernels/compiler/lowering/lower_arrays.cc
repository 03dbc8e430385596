// Arrays that nobody but their function can reach lie in its memory.
#include <string>

#include "kernels/compiler/lowering/lowering.h"

namespace fozzy::compiler {

std::string_view WhyNotDirect(const IrModule& module,
                              const ArrayObject& array) {
  if (array.is_parameter) return "it comes from a caller";
  if (array.is_shared) return "it is declared shared";
  if (array.passed_to == kNone) return "";
  return module.functions[array.passed_to].is_host
             ? "it is passed to a host function"
             : "it is passed to a function";
}

void LowerArrays(IrModule& module, Problem* problem) {
  for (const uint32_t i : module.order) {
    for (ArrayObject& array : module.functions[i].arrays) {
      const std::string_view reason = WhyNotDirect(module, array);
      array.is_direct = reason.empty();
      if (array.is_direct || problem == nullptr) continue;
      problem->Report(array.at, "array '" + array.name +
                                    "' cannot lie in direct memory: " +
                                    std::string(reason));
    }
  }
}

}  // namespace fozzy::compiler
