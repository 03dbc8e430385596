#include "backends/compiler/program_generator.h"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "absl/strings/str_cat.h"
#include "sim/base/fast_rng.h"

namespace fozzy {
namespace {

constexpr int kDepthMax = 3;       // of expressions
constexpr int kBlockDepthMax = 3;  // of statements in statements
constexpr uint64_t kStatementsMax = 4;
constexpr uint64_t kHelpersMax = 2;
constexpr size_t kLineMax = 70;

enum class Kind : uint8_t { kI32, kI64, kBool, kStr, kTone, kShape, kPair };
constexpr uint64_t kKinds = 7;

constexpr const char* kTypeNames[] = {"i32",  "i64",   "bool", "str",
                                      "Tone", "Shape", "Pair"};
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

const char* TypeName(Kind kind) {
  return kTypeNames[static_cast<size_t>(kind)];
}

struct Variable {
  std::string name;
  Kind kind;
  uint64_t length = 0;  // of arrays; 0: none
  bool is_mutable = false;
};

struct Helper {
  std::string name;
  std::vector<Variable> parameters;
  Kind result;
};

// Builds one program.
class Generator {
 public:
  explicit Generator(GeneratorChoices& choices) : choices_(choices) {}

  std::string Run() {
    // Each part is asked for just before it is made: so it can be taken out of
    // the list of answers together with the question.
    std::string body;
    for (uint64_t i = 0; i < kHelpersMax && Flip(); ++i) body += MakeHelper(i);
    variables_ = {{"p", Kind::kI32}, {"q", Kind::kI64}};
    body += Function("fn f(p: i32, q: i64) -> i64", Kind::kI64);
    return Declarations() + body;
  }

 private:
  bool Flip() { return choices_.UpTo(1) != 0; }

  template <size_t kCount>
  std::string OneOf(const char* const (&list)[kCount]) {
    return list[choices_.UpTo(kCount - 1)];
  }

  std::string Declarations() const {
    std::string out;
    if (uses_.count("Tone") != 0) out += "enum Tone { Low, Mid, High }\n";
    if (uses_.count("Shape") != 0) {
      out += "enum Shape { Dot, Ring(i32), Box(i64, bool) }\n";
    }
    if (uses_.count("Pair") != 0) out += "struct Pair { x: i32, y: i64 }\n";
    if (uses_.count("note") != 0) out += "host fn note(value: i64) -> i32;\n";
    if (uses_.count("show") != 0) {
      out += "host fn show(text: str, tone: Tone) -> bool;\n";
    }
    if (uses_.count("sum") != 0) out += "host fn sum(a: [i32; 4]) -> i64;\n";
    if (uses_.count("ping") != 0) out += "host fn ping();\n";
    return out;
  }

  Kind AnyKind() { return static_cast<Kind>(choices_.UpTo(kKinds - 1)); }

  std::string Named(Kind kind) {
    uses_.insert(TypeName(kind));
    return TypeName(kind);
  }

  std::string MakeHelper(uint64_t index) {
    Helper helper{absl::StrCat("g", index), {}, AnyKind()};
    const uint64_t parameters = choices_.UpTo(2);
    std::string text = absl::StrCat("fn ", helper.name, "(");
    for (uint64_t i = 0; i < parameters; ++i) {
      Variable parameter{absl::StrCat("a", i), AnyKind()};
      if (parameter.kind == Kind::kI32 && Flip()) parameter.length = 4;
      absl::StrAppend(
          &text, i == 0 ? "" : ", ", parameter.name, ": ",
          parameter.length != 0 ? "[i32; 4]" : Named(parameter.kind));
      helper.parameters.push_back(parameter);
    }
    absl::StrAppend(&text, ") -> ", Named(helper.result));
    variables_ = helper.parameters;
    std::string out = Function(text, helper.result);
    helpers_.push_back(helper);
    return out;
  }

  using Lines = std::vector<std::string>;

  std::string Function(const std::string& head, Kind result) {
    loops_ = 0;
    lines_.clear();
    Statements(0);
    while (choices_.UpTo(2) != 0) Observe();
    Line(absl::StrCat("return ", Expr(result, 0), ";"));
    std::string text = head + " {\n";
    for (const std::string& line : lines_) {
      absl::StrAppend(&text, "  ", line, "\n");
    }
    return text + "}\n";
  }

  void Line(const std::string& text) { lines_.push_back(text); }

  // Returns the statements of a block inside.
  Lines Inner(int depth) {
    Lines before;
    std::swap(before, lines_);
    Statements(depth + 1);
    std::swap(before, lines_);
    return before;
  }

  // Writes a block, in one line if that is short.
  void Braces(const std::string& head, const Lines& body) {
    size_t size = head.size();
    for (const std::string& line : body) size += line.size() + 1;
    if (size < kLineMax) {
      std::string text = head + " {";
      for (const std::string& line : body) absl::StrAppend(&text, " ", line);
      return Line(text + " }");
    }
    Line(head + " {");
    for (const std::string& line : body) Line("  " + line);
    Line("}");
  }

  void Statements(int depth) {
    const size_t before = variables_.size();
    for (uint64_t i = 0; i < kStatementsMax; ++i) {
      if (choices_.UpTo(3) == 0) break;
      Statement(depth);
    }
    if (depth > 0) variables_.resize(before);
  }

  void Statement(int depth) {
    const uint64_t kinds = depth < kBlockDepthMax ? 11 : 7;
    switch (choices_.UpTo(kinds - 1)) {
      case 0:
      case 1:
        return Let();
      case 2:
        return LetArray();
      case 3:
        return Assign();
      case 4:
        return StoreElement();
      case 5:
        return HostStatement();
      case 6:
        return LeaveLoop();
      case 7:
        return If(depth);
      case 8:
        return For(depth);
      case 9:
        return Match(depth);
      default:
        return Counter(depth);
    }
  }

  std::string NewName() { return absl::StrCat("v", names_++); }

  void Let() {
    Variable made{NewName(), AnyKind()};
    made.is_mutable = Flip();
    const std::string value = Expr(made.kind, 0);
    Line(absl::StrCat(made.is_mutable ? "var " : "let ", made.name, ": ",
                      Named(made.kind), " = ", value, ";"));
    variables_.push_back(made);
  }

  void LetArray() {
    Variable made{NewName(), static_cast<Kind>(choices_.UpTo(4))};
    made.length = 4;
    made.is_mutable = Flip();
    const char* const word = made.is_mutable ? "var " : "let ";
    const std::string shared = choices_.UpTo(3) == 3 ? "shared " : "";
    const std::vector<Variable> same = Known(made.kind, made.length, false);
    std::string value;
    if (!same.empty() && choices_.UpTo(2) != 0) {
      value = same[choices_.UpTo(same.size() - 1)].name;
    } else if (Flip()) {
      value = absl::StrCat("[", Expr(made.kind, 2), "; 4]");
    } else {
      for (int i = 0; i < 4; ++i) {
        absl::StrAppend(&value, i == 0 ? "[" : ", ", Expr(made.kind, 2));
      }
      value += "]";
    }
    Line(absl::StrCat(shared, word, made.name, ": [", Named(made.kind),
                      "; 4] = ", value, ";"));
    variables_.push_back(made);
  }

  void Assign() {
    std::vector<Variable> targets;
    for (const Variable& known : variables_) {
      // Strings that grow from turn to turn would only exhaust memory.
      if (known.is_mutable && known.kind != Kind::kStr) {
        targets.push_back(known);
      }
    }
    if (targets.empty()) return Let();
    const Variable target = targets[choices_.UpTo(targets.size() - 1)];
    if (target.length != 0) {
      const std::vector<Variable> same =
          Known(target.kind, target.length, false);
      Line(absl::StrCat(target.name, " = ",
                        same[choices_.UpTo(same.size() - 1)].name, ";"));
    } else if (target.kind == Kind::kPair && Flip()) {
      const bool is_first = Flip();
      Line(absl::StrCat(target.name, is_first ? ".x = " : ".y = ",
                        Expr(is_first ? Kind::kI32 : Kind::kI64, 0), ";"));
    } else {
      Line(absl::StrCat(target.name, " = ", Expr(target.kind, 0), ";"));
    }
  }

  void StoreElement() {
    std::vector<Variable> arrays;
    for (const Variable& known : variables_) {
      if (known.is_mutable && known.length != 0 && known.kind != Kind::kStr) {
        arrays.push_back(known);
      }
    }
    if (arrays.empty()) return LetArray();
    const Variable array = arrays[choices_.UpTo(arrays.size() - 1)];
    const std::string index = Index();
    Line(
        absl::StrCat(array.name, "[", index, "] = ", Expr(array.kind, 1), ";"));
  }

  // Elements side by side, which one check may cover.
  void Window() {
    const std::vector<Variable> arrays = Known(Kind::kI32, 4, false);
    const std::vector<Variable> known = Known(Kind::kI32, 0, false);
    if (arrays.empty() || known.empty()) return LetArray();
    const std::string array = arrays[choices_.UpTo(arrays.size() - 1)].name;
    const std::string base = known[choices_.UpTo(known.size() - 1)].name;
    const Variable made{NewName(), Kind::kI32};
    Line(absl::StrCat("let ", made.name, ": i32 = ", array, "[", base, "] + ",
                      array, "[", base, " + 1] + ", array, "[", base,
                      " + 2];"));
    variables_.push_back(made);
  }

  // Shows a variable to the host: what nobody sees cannot differ.
  void Observe() {
    if (variables_.empty()) return;
    const Variable shown = variables_[choices_.UpTo(variables_.size() - 1)];
    std::string name = shown.name;
    if (shown.length != 0) absl::StrAppend(&name, "[", choices_.UpTo(3), "]");
    switch (shown.kind) {
      case Kind::kI32:
        name = absl::StrCat("i64(", name, ")");
        break;
      case Kind::kStr:
        name = absl::StrCat("i64(", name, ".len())");
        break;
      case Kind::kI64:
        break;
      default:
        return;
    }
    uses_.insert("note");
    Line(absl::StrCat("note(", name, ");"));
  }

  void HostStatement() {
    switch (choices_.UpTo(3)) {
      case 0:
        break;
      case 1:
        return Line(absl::StrCat(HostNote(1), ";"));
      case 2:
        return Window();
      default:
        return Observe();
    }
    uses_.insert("ping");
    Line("ping();");
  }

  // Only where something follows that is reached another way.
  void LeaveLoop() {
    if (loops_ == 0) return Let();
    const std::string word = Flip() ? "continue" : "break";
    Line(absl::StrCat("if ", Expr(Kind::kBool, 1), " { ", word, "; }"));
  }

  void If(int depth) {
    const std::string condition = Expr(Kind::kBool, 0);
    Braces("if " + condition, Inner(depth));
    if (!Flip()) return;
    const std::string last = lines_.back();
    lines_.pop_back();
    Braces(last + " else", Inner(depth));
  }

  void For(int depth) {
    const Variable counter{NewName(), Kind::kI32};
    const std::string end = Flip() ? Expr(Kind::kI32, 2) : "4";
    variables_.push_back(counter);
    ++loops_;
    Braces(absl::StrCat("for ", counter.name, " in 0..", end), Inner(depth));
    --loops_;
    variables_.pop_back();
  }

  // A counter that wraps at the length of an array.
  void Counter(int depth) {
    const Variable counter{NewName(), Kind::kI32, 0, true};
    Line(absl::StrCat("var ", counter.name, " = 0;"));
    const std::string turn = NewName();
    variables_.push_back(counter);
    ++loops_;
    Lines body = Inner(depth);
    --loops_;
    body.push_back(absl::StrCat(counter.name, " = ", counter.name, " + 1;"));
    body.push_back(absl::StrCat("if ", counter.name, " == ", choices_.UpTo(4),
                                " { ", counter.name, " = 0; }"));
    Braces(absl::StrCat("for ", turn, " in 0..9"), body);
  }

  void Match(int depth) {
    switch (choices_.UpTo(2)) {
      case 0:
        return MatchTone(depth);
      case 1:
        return MatchShape(depth);
      default:
        return MatchNumber(depth);
    }
  }

  void ArmOf(const std::string& pattern, int depth, Lines& arms) {
    Lines before;
    const Lines body = Inner(depth);
    std::swap(before, lines_);
    Braces(pattern + " =>", body);
    std::swap(before, lines_);
    arms.insert(arms.end(), before.begin(), before.end());
  }

  std::string Guard() {
    return Flip() ? absl::StrCat(" if ", Expr(Kind::kBool, 1)) : "";
  }

  void MatchTone(int depth) {
    const std::string head = "match " + Expr(Kind::kTone, 1);
    Lines arms;
    ArmOf("Tone::Mid" + Guard(), depth, arms);
    ArmOf("Tone::Low", depth, arms);
    ArmOf("_", depth, arms);
    Braces(head, arms);
  }

  void MatchShape(int depth) {
    uses_.insert("Shape");
    const std::string head = "match " + Expr(Kind::kShape, 1);
    Lines arms;
    const Variable size{NewName(), Kind::kI32};
    const Variable wide{NewName(), Kind::kI64};
    const Variable open{NewName(), Kind::kBool};
    const size_t before = variables_.size();
    variables_.push_back(size);
    const std::string ring = absl::StrCat("Shape::Ring(", size.name, ")");
    ArmOf(ring + Guard(), depth, arms);
    variables_.resize(before);
    variables_.push_back(wide);
    variables_.push_back(open);
    ArmOf(absl::StrCat("Shape::Box(", wide.name, ", ", open.name, ")"), depth,
          arms);
    variables_.resize(before);
    ArmOf("_", depth, arms);
    Braces(head, arms);
  }

  void MatchNumber(int depth) {
    const std::string head = "match " + Expr(Kind::kI32, 1);
    Lines arms;
    ArmOf("0" + Guard(), depth, arms);
    ArmOf(Flip() ? "900" : "1", depth, arms);
    ArmOf("-1", depth, arms);
    ArmOf("_", depth, arms);
    Braces(head, arms);
  }

  std::vector<Variable> Known(Kind kind, uint64_t length,
                              bool is_mutable) const {
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
  std::string Used(Kind kind, int depth) {
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

  std::string Element(Kind kind) {
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

  std::string Index() {
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

  std::string CallHelper(Kind kind, int depth) {
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

  std::string Expr(Kind kind, int depth) {
    const uint64_t how = choices_.UpTo(depth >= kDepthMax ? 1 : 5);
    if (how == 1 || how == 2) {
      const std::string used = Used(kind, depth);
      if (!used.empty()) return used;
    }
    if (how >= 2) return Computed(kind, depth);
    return Literal(kind, depth);
  }

  std::string Literal(Kind kind, int depth) {
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

  std::string ShapeLiteral(int depth) {
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

  std::string Computed(Kind kind, int depth) {
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

  std::string Number(Kind kind, int depth) {
    const std::string a = Expr(kind, depth);
    const uint64_t which = choices_.UpTo(9);
    if (which < 8) {
      return absl::StrCat("(", a, " ", kArithmetic[which], " ",
                          Expr(kind, depth), ")");
    }
    const char* const op = which == 8 ? " / " : " % ";
    // A constant, or anything: that often fails.
    const std::string b = choices_.UpTo(3) == 3
                              ? Expr(kind, depth)
                              : absl::StrCat(choices_.UpTo(3) == 3 ? "-" : "",
                                             1 + choices_.UpTo(8));
    return absl::StrCat("(", a, op, b, ")");
  }

  std::string HostNote(int depth) {
    uses_.insert("note");
    return absl::StrCat("note(", Expr(Kind::kI64, depth), ")");
  }

  std::string I32(int depth) {
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

  static std::string Paren(const std::string& text) {
    return absl::StrCat("(", text, ")");
  }

  std::string I64(int depth) {
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
        return absl::StrCat("sum(",
                            arrays[choices_.UpTo(arrays.size() - 1)].name, ")");
      }
    }
  }

  std::string Bool(int depth) {
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

  std::string Str(int depth) {
    const std::string base = Paren(Expr(Kind::kStr, depth));
    if (Flip()) return base + ".trim()";
    const std::string from = OneOf(kStrLiterals);
    return absl::StrCat(base, ".replace(", from, ", ", OneOf(kStrLiterals),
                        ")");
  }

  GeneratorChoices& choices_;
  std::vector<Variable> variables_;
  std::vector<Helper> helpers_;
  std::set<std::string> uses_;
  Lines lines_;
  uint64_t names_ = 0;
  int loops_ = 0;
};

}  // namespace

uint64_t DrawnChoices::UpTo(uint64_t last) {
  answers_.push_back(FastRng(state_, answers_.size()).UpTo(last));
  return answers_.back();
}

uint64_t ListedChoices::UpTo(uint64_t last) {
  if (next_ >= answers_.size()) return 0;
  return std::min(answers_[next_++], last);
}

std::string GenerateProgram(GeneratorChoices& choices) {
  return Generator(choices).Run();
}

}  // namespace fozzy
