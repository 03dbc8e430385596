#include "absl/strings/str_cat.h"
#include "kernels/compiler/ir.h"

namespace fozzy::compiler {
namespace {

constexpr const char* kOpNames[] = {
    "copy",         "add",       "sub",          "mul",     "div",
    "rem",          "and",       "or",           "xor",     "shl",
    "shr",          "eq",        "ne",           "lt",      "le",
    "gt",           "ge",        "not",          "widen",   "narrow",
    "opaque",       "text_eq",   "trim",         "replace", "contains",
    "starts_with",  "ends_with", "len",          "load",    "store",
    "copy_array",   "fill",      "check_window", "call",    "host",
    "external_tag", "mark",      "release",      "turn",    "jump",
    "branch",       "match",     "return"};
static_assert(std::size(kOpNames) == static_cast<size_t>(Op::kReturn) + 1);

constexpr const char* kProofNames[kProofs] = {
    "none", "constant", "mask", "remainder", "range", "window", "trusted"};

constexpr const char* kScalarNames[] = {"bool", "i32", "i64", "str", "tag"};

const char* ScalarName(Scalar scalar) {
  return kScalarNames[static_cast<size_t>(scalar)];
}

// Prints one function.
class Printer {
 public:
  Printer(const IrModule& module, const IrFunction& function)
      : module_(module), function_(function) {}

  std::string Print() {
    absl::StrAppend(&out_, "fn ", function_.name, "(");
    for (size_t i = 0; i < function_.parameters.size(); ++i) {
      absl::StrAppend(&out_, i == 0 ? "" : ", ", "r", i, ": ",
                      ScalarName(function_.parameters[i]));
    }
    absl::StrAppend(&out_, ")");
    for (const Scalar result : function_.results) {
      absl::StrAppend(&out_, " ", ScalarName(result));
    }
    absl::StrAppend(&out_, " {\n");
    for (size_t i = 0; i < function_.arrays.size(); ++i) {
      const ArrayObject& array = function_.arrays[i];
      absl::StrAppend(&out_, "  array", i, " ", array.name, ": ",
                      ScalarName(array.element), " x ", array.length,
                      array.is_direct ? " direct" : " handle", "\n");
    }
    for (size_t i = 0; i < function_.blocks.size(); ++i) {
      absl::StrAppend(&out_, "b", i, ":\n");
      for (const Instruction& code : function_.blocks[i].code) Print(code);
    }
    absl::StrAppend(&out_, "}\n");
    return out_;
  }

 private:
  std::string Reg(uint32_t reg) const {
    const Register& info = function_.registers[reg];
    if (!info.is_constant) return absl::StrCat("r", reg);
    switch (info.type) {
      case Scalar::kStr:
        return absl::StrCat("text", info.value);
      case Scalar::kTag:
        return absl::StrCat(module_.enum_names[info.enum_index],
                            "::", info.value);
      default:
        return absl::StrCat(info.value);
    }
  }

  void List(const char* before, const std::vector<uint32_t>& registers) {
    for (const uint32_t reg : registers) {
      absl::StrAppend(&out_, before, Reg(reg));
      before = ", ";
    }
  }

  void Print(const Instruction& code) {
    absl::StrAppend(&out_, "  ");
    if (code.dst != kNone) absl::StrAppend(&out_, Reg(code.dst), " = ");
    List("", code.results);
    if (!code.results.empty()) absl::StrAppend(&out_, " = ");
    absl::StrAppend(&out_, OpName(code.op));
    if (IsArithmetic(code.op) || IsComparison(code.op)) {
      absl::StrAppend(&out_, ".", ScalarName(code.type));
    }
    if (code.op == Op::kCall || code.op == Op::kHostCall) {
      absl::StrAppend(&out_, " ", module_.functions[code.index].name);
    }
    if (code.array != kNone) absl::StrAppend(&out_, " array", code.array);
    if (code.op == Op::kCopyArray) absl::StrAppend(&out_, " array", code.other);
    if (code.a != kNone) absl::StrAppend(&out_, " ", Reg(code.a));
    if (code.b != kNone) absl::StrAppend(&out_, ", ", Reg(code.b));
    List(" ", code.args);
    for (const uint32_t array : code.arrays) {
      absl::StrAppend(&out_, " array", array);
    }
    for (const WindowPart& part : code.window) {
      absl::StrAppend(&out_, " +", part.offset);
    }
    PrintTargets(code);
    PrintFacts(code);
    absl::StrAppend(&out_, "  ; ", code.at.line, ":", code.at.column, "\n");
  }

  void PrintTargets(const Instruction& code) {
    if (!EndsBlock(code.op) || code.op == Op::kReturn) return;
    for (const Case& c : code.cases) {
      absl::StrAppend(&out_, " ", c.value, "=>b", c.block);
    }
    if (code.index != kNone) absl::StrAppend(&out_, " b", code.index);
    if (code.op == Op::kBranch) absl::StrAppend(&out_, " b", code.other);
  }

  void PrintFacts(const Instruction& code) {
    if (IsAccess(code.op)) {
      absl::StrAppend(&out_,
                      code.proof == Proof::kNotProven
                          ? " checked"
                          : absl::StrCat(" proof=", ProofName(code.proof)));
    }
    if (code.is_switch) absl::StrAppend(&out_, " switch");
    if (code.never_wraps) absl::StrAppend(&out_, " never_wraps");
    if (code.never_negative) absl::StrAppend(&out_, " never_negative");
  }

  const IrModule& module_;
  const IrFunction& function_;
  std::string out_;
};

}  // namespace

const char* OpName(Op op) { return kOpNames[static_cast<size_t>(op)]; }

const char* ProofName(Proof proof) {
  return kProofNames[static_cast<size_t>(proof)];
}

std::string PrintIr(const IrModule& module, const IrFunction& function) {
  return Printer(module, function).Print();
}

std::string PrintIr(const IrModule& module) {
  std::string out;
  for (const uint32_t i : module.order) {
    out += PrintIr(module, module.functions[i]);
  }
  return out;
}

}  // namespace fozzy::compiler
