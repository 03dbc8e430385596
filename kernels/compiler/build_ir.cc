#include "kernels/compiler/build_ir.h"

#include <string>

#include "kernels/compiler/function_builder.h"

namespace fozzy::compiler {
namespace {

// What callers of a host function must know.
void DescribeHost(const Module& module, const Function& source,
                  IrFunction& function) {
  for (const Field& field : source.parameters) {
    const Type& type = field.type_name.type;
    const bool is_array = type.kind == TypeKind::kArray;
    function.parameter_is_array.push_back(is_array);
    if (is_array) {
      ++function.array_parameters;
      function.array_enums.push_back(
          type.element == TypeKind::kEnum ? type.index : kNone);
    } else {
      function.parameters.push_back(
          type.kind == TypeKind::kEnum ? Scalar::kI64 : ScalarOf(type));
    }
  }
  for (const Register& reg : Flatten(module, source.result.type)) {
    function.results.push_back(reg.type);
  }
}

void DescribeEnums(const Module& module, IrModule& out) {
  for (uint32_t i = 0; i < module.enums.size(); ++i) {
    out.enum_names.push_back(module.symbols[module.enums[i].symbol]);
    std::vector<int64_t>& tags = out.external_tags.emplace_back();
    for (uint32_t v = 0; v < module.enums[i].variants.size(); ++v) {
      tags.push_back(ExternalTag(module, i, v));
    }
  }
}

}  // namespace

IrModule BuildIr(const Module& module, bool counts_turns, Problem& problem) {
  IrModule out;
  // The last text is the empty one: what strings hold that nobody has set.
  out.texts = module.strings;
  out.texts.emplace_back();
  out.order = module.order;
  out.functions.resize(module.functions.size());
  DescribeEnums(module, out);
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const Function& source = module.functions[i];
    IrFunction& function = out.functions[i];
    function.name = module.symbols[source.symbol];
    function.at = source.at;
    function.is_host = source.is_host;
    if (source.is_host) DescribeHost(module, source, function);
  }
  for (const uint32_t i : module.order) {
    FunctionBuilder(module, i, counts_turns, out).Build();
    if (out.functions[i].registers.size() > kRegistersMax) {
      problem.Report(module.functions[i].at,
                     "a function of too many values, expected at most " +
                         std::to_string(kRegistersMax));
    }
  }
  return out;
}

}  // namespace fozzy::compiler
