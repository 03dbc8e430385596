#include "backends/compiler/kernel_generator.h"

namespace fozzy {
namespace {

constexpr int kDepthMax = 3;  // of expressions

constexpr const char* kI32Literals[] = {
    "0",  "1",   "2",   "3",          "5",          "7",
    "-1", "100", "255", "2147483647", "-2147483648"};
constexpr const char* kI64Literals[] = {"0",
                                        "1",
                                        "3",
                                        "-1",
                                        "8",
                                        "4294967296",
                                        "9223372036854775807",
                                        "-9223372036854775808"};
constexpr const char* kStrLiterals[] = {"\"\"",    "\"a\"",      "\" ab \"",
                                        "\"a,b\"", "\"abcabc\"", "\"ba\""};
constexpr const char* kTones[] = {"Tone::Low", "Tone::Mid", "Tone::High"};
constexpr const char* kArithmetic[] = {"+", "-", "*",  "&",
                                       "|", "^", "<<", ">>"};
constexpr const char* kComparisons[] = {"==", "!=", "<", "<=", ">", ">="};

}  // namespace

std::vector<KernelGenerator::Variable> KernelGenerator::Known(
    Kind kind, uint64_t length, bool is_mutable) const {
  std::vector<Variable> found;
  for (const Variable& known : variables_) {
    if (known.kind == kind && known.length == length &&
        (known.is_mutable || !is_mutable)) {
      found.push_back(known);
    }
  }
  return found;
}

// A variable, an element or a call, if there is one; else "".
std::string KernelGenerator::Used(Kind kind, int depth) {
  switch (choices_.UpTo(3)) {
    case 0:
    case 1: {
      const std::vector<Variable> known = Known(kind, 0, false);
      if (known.empty()) return "";
      return known[choices_.UpTo(known.size() - 1)].name;
    }
    case 2:
      return Element(kind);
    default:
      return CallHelper(kind, depth);
  }
}

std::string KernelGenerator::Element(Kind kind) {
  const std::vector<Variable> arrays = Known(kind, 4, false);
  if (arrays.empty()) return "";
  const std::string name = arrays[choices_.UpTo(arrays.size() - 1)].name;
  const std::string index = Index();
  if (kind != Kind::kI32 || choices_.UpTo(2) == 0) {
    return absl::StrCat(name, "[", index, "]");
  }
  return absl::StrCat("(", name, "[", index, "] + ", name, "[", index,
                      " + 1] * 3 + (", name, "[", index, " + 2] << 4))");
}

std::string KernelGenerator::Index() {
  const std::vector<Variable> known = Known(Kind::kI32, 0, false);
  const std::string name =
      known.empty() ? "1" : known[choices_.UpTo(known.size() - 1)].name;
  switch (choices_.UpTo(5)) {
    case 0:
      return absl::StrCat(choices_.UpTo(3));
    case 1:
      return absl::StrCat("(", name, " & 3)");
    case 2:
      return absl::StrCat("(", name, " & 7) % 4");
    case 3:
      return name;
    case 4:
      return absl::StrCat(name, " - 1");
    default:
      return Expr(Kind::kI32, kDepthMax);
  }
}

std::string KernelGenerator::CallHelper(Kind kind, int depth) {
  std::vector<const Helper*> fitting;
  for (const Helper& helper : helpers_) {
    if (helper.result == kind) fitting.push_back(&helper);
  }
  if (fitting.empty()) return "";
  const Helper& helper = *fitting[choices_.UpTo(fitting.size() - 1)];
  std::string text = absl::StrCat(helper.name, "(");
  for (const Variable& parameter : helper.parameters) {
    if (text.back() != '(') text += ", ";
    if (parameter.length == 0) {
      text += Expr(parameter.kind, depth + 1);
      continue;
    }
    const std::vector<Variable> arrays = Known(Kind::kI32, 4, false);
    if (arrays.empty()) return "";
    text += arrays[choices_.UpTo(arrays.size() - 1)].name;
  }
  return text + ")";
}

std::string KernelGenerator::Expr(Kind kind, int depth) {
  const uint64_t how = choices_.UpTo(depth >= kDepthMax ? 1 : 5);
  if (how == 1 || how == 2) {
    const std::string used = Used(kind, depth);
    if (!used.empty()) return used;
  }
  if (how >= 2) return Computed(kind, depth);
  return Literal(kind, depth);
}

std::string KernelGenerator::Literal(Kind kind, int depth) {
  switch (kind) {
    case Kind::kI32:
      return OneOf(kI32Literals);
    case Kind::kI64:
      return absl::StrCat("i64(", OneOf(kI64Literals), ")");
    case Kind::kBool:
      return Flip() ? "true" : "false";
    case Kind::kStr:
      return OneOf(kStrLiterals);
    case Kind::kTone:
      uses_.insert("Tone");
      return OneOf(kTones);
    case Kind::kShape:
      return ShapeLiteral(depth);
    case Kind::kPair:
      uses_.insert("Pair");
      return absl::StrCat("Pair { x: ", Expr(Kind::kI32, depth + 1),
                          ", y: ", Expr(Kind::kI64, depth + 1), " }");
  }
  return "";
}

std::string KernelGenerator::ShapeLiteral(int depth) {
  uses_.insert("Shape");
  switch (choices_.UpTo(2)) {
    case 0:
      return "Shape::Dot";
    case 1:
      return absl::StrCat("Shape::Ring(", Expr(Kind::kI32, depth + 1), ")");
    default: {
      const std::string wide = Expr(Kind::kI64, depth + 1);
      return absl::StrCat("Shape::Box(", wide, ", ",
                          Expr(Kind::kBool, depth + 1), ")");
    }
  }
}

std::string KernelGenerator::Computed(Kind kind, int depth) {
  switch (kind) {
    case Kind::kI32:
      return I32(depth + 1);
    case Kind::kI64:
      return I64(depth + 1);
    case Kind::kBool:
      return Bool(depth + 1);
    case Kind::kStr:
      return Str(depth + 1);
    case Kind::kTone:
      uses_.insert("Tone");
      return absl::StrCat("opaque(", OneOf(kTones), ")");
    default:
      return Literal(kind, depth + 1);
  }
}

std::string KernelGenerator::Number(Kind kind, int depth) {
  const std::string a = Expr(kind, depth);
  const uint64_t which = choices_.UpTo(9);
  if (which < 8) {
    return absl::StrCat("(", a, " ", kArithmetic[which], " ", Expr(kind, depth),
                        ")");
  }
  const char* const op = which == 8 ? " / " : " % ";
  // A constant, or anything: that often fails.
  const std::string b = choices_.UpTo(3) == 3
                            ? Expr(kind, depth)
                            : absl::StrCat(choices_.UpTo(3) == 3 ? "-" : "",
                                           1 + choices_.UpTo(8));
  return absl::StrCat("(", a, op, b, ")");
}

std::string KernelGenerator::HostNote(int depth) {
  uses_.insert("note");
  return absl::StrCat("note(", Expr(Kind::kI64, depth), ")");
}

std::string KernelGenerator::I32(int depth) {
  switch (choices_.UpTo(6)) {
    case 0:
    case 1:
      return Number(Kind::kI32, depth);
    case 2:
      return absl::StrCat("i32(", Expr(Kind::kI64, depth), ")");
    case 3:
      return absl::StrCat(Paren(Expr(Kind::kStr, depth)), ".len()");
    case 4:
      return absl::StrCat(Paren(Expr(Kind::kPair, depth)), ".x");
    case 5:
      return HostNote(depth);
    default:
      return absl::StrCat("(-opaque(", Expr(Kind::kI32, depth), "))");
  }
}

std::string KernelGenerator::I64(int depth) {
  switch (choices_.UpTo(4)) {
    case 0:
    case 1:
      return Number(Kind::kI64, depth);
    case 2:
      return absl::StrCat("i64(", Expr(Kind::kI32, depth), ")");
    case 3:
      return absl::StrCat(Paren(Expr(Kind::kPair, depth)), ".y");
    default: {
      const std::vector<Variable> arrays = Known(Kind::kI32, 4, false);
      if (arrays.empty()) return Number(Kind::kI64, depth);
      uses_.insert("sum");
      return absl::StrCat("sum(", arrays[choices_.UpTo(arrays.size() - 1)].name,
                          ")");
    }
  }
}

std::string KernelGenerator::Bool(int depth) {
  switch (choices_.UpTo(6)) {
    case 0: {
      const Kind kind = Flip() ? Kind::kI64 : Kind::kI32;
      const std::string a = Expr(kind, depth);
      const std::string op = OneOf(kComparisons);
      return absl::StrCat("(", a, " ", op, " ", Expr(kind, depth), ")");
    }
    case 1: {
      const Kind kind = Flip() ? Kind::kTone : Kind::kStr;
      const std::string a = Expr(kind, depth);
      return absl::StrCat("(", a, Flip() ? " != " : " == ", Expr(kind, depth),
                          ")");
    }
    case 2: {
      const std::string a = Expr(Kind::kBool, depth);
      return absl::StrCat("(", a, Flip() ? " || " : " && ",
                          Expr(Kind::kBool, depth), ")");
    }
    case 3:
      return absl::StrCat("!", Paren(Expr(Kind::kBool, depth)));
    case 4:
    case 5: {
      constexpr const char* kTests[] = {".contains(", ".starts_with(",
                                        ".ends_with("};
      const std::string a = Paren(Expr(Kind::kStr, depth));
      const std::string test = OneOf(kTests);
      return absl::StrCat(a, test, Expr(Kind::kStr, depth), ")");
    }
    default: {
      uses_.insert("show");
      const std::string text = Expr(Kind::kStr, depth);
      uses_.insert("Tone");
      return absl::StrCat("show(", text, ", ", Expr(Kind::kTone, depth), ")");
    }
  }
}

std::string KernelGenerator::Str(int depth) {
  const std::string base = Paren(Expr(Kind::kStr, depth));
  if (Flip()) return base + ".trim()";
  const std::string from = OneOf(kStrLiterals);
  return absl::StrCat(base, ".replace(", from, ", ", OneOf(kStrLiterals), ")");
}

}  // namespace fozzy
