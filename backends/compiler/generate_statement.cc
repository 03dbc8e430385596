#include "backends/compiler/kernel_generator.h"

namespace fozzy {
namespace {

constexpr int kBlockDepthMax = 3;  // of statements in statements

}  // namespace

void KernelGenerator::Statement(int depth) {
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

void KernelGenerator::Let() {
  Variable made{NewName(), AnyKind()};
  made.is_mutable = Flip();
  const std::string value = Expr(made.kind, 0);
  Line(absl::StrCat(made.is_mutable ? "var " : "let ", made.name, ": ",
                    Named(made.kind), " = ", value, ";"));
  variables_.push_back(made);
}

void KernelGenerator::LetArray() {
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

void KernelGenerator::Assign() {
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
    const std::vector<Variable> same = Known(target.kind, target.length, false);
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

void KernelGenerator::StoreElement() {
  std::vector<Variable> arrays;
  for (const Variable& known : variables_) {
    if (known.is_mutable && known.length != 0 && known.kind != Kind::kStr) {
      arrays.push_back(known);
    }
  }
  if (arrays.empty()) return LetArray();
  const Variable array = arrays[choices_.UpTo(arrays.size() - 1)];
  const std::string index = Index();
  Line(absl::StrCat(array.name, "[", index, "] = ", Expr(array.kind, 1), ";"));
}

// Elements side by side, which one check may cover.
void KernelGenerator::Window() {
  const std::vector<Variable> arrays = Known(Kind::kI32, 4, false);
  const std::vector<Variable> known = Known(Kind::kI32, 0, false);
  if (arrays.empty() || known.empty()) return LetArray();
  const std::string array = arrays[choices_.UpTo(arrays.size() - 1)].name;
  const std::string base = known[choices_.UpTo(known.size() - 1)].name;
  const Variable made{NewName(), Kind::kI32};
  Line(absl::StrCat("let ", made.name, ": i32 = ", array, "[", base, "] + ",
                    array, "[", base, " + 1] + ", array, "[", base, " + 2];"));
  variables_.push_back(made);
}

// Shows a variable to the host: what nobody sees cannot differ.
void KernelGenerator::Observe() {
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

void KernelGenerator::HostStatement() {
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
void KernelGenerator::LeaveLoop() {
  if (loops_ == 0) return Let();
  const std::string word = Flip() ? "continue" : "break";
  Line(absl::StrCat("if ", Expr(Kind::kBool, 1), " { ", word, "; }"));
}

void KernelGenerator::If(int depth) {
  const std::string condition = Expr(Kind::kBool, 0);
  Braces("if " + condition, Inner(depth));
  if (!Flip()) return;
  const std::string last = lines_.back();
  lines_.pop_back();
  Braces(last + " else", Inner(depth));
}

void KernelGenerator::For(int depth) {
  const Variable counter{NewName(), Kind::kI32};
  const std::string end = Flip() ? Expr(Kind::kI32, 2) : "4";
  variables_.push_back(counter);
  ++loops_;
  Braces(absl::StrCat("for ", counter.name, " in 0..", end), Inner(depth));
  --loops_;
  variables_.pop_back();
}

// A counter that wraps at the length of an array.
void KernelGenerator::Counter(int depth) {
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

void KernelGenerator::Match(int depth) {
  switch (choices_.UpTo(2)) {
    case 0:
      return MatchTone(depth);
    case 1:
      return MatchShape(depth);
    default:
      return MatchNumber(depth);
  }
}

void KernelGenerator::ArmOf(const std::string& pattern, int depth,
                            Lines& arms) {
  Lines before;
  const Lines body = Inner(depth);
  std::swap(before, lines_);
  Braces(pattern + " =>", body);
  std::swap(before, lines_);
  arms.insert(arms.end(), before.begin(), before.end());
}

std::string KernelGenerator::Guard() {
  return Flip() ? absl::StrCat(" if ", Expr(Kind::kBool, 1)) : "";
}

void KernelGenerator::MatchTone(int depth) {
  const std::string head = "match " + Expr(Kind::kTone, 1);
  Lines arms;
  ArmOf("Tone::Mid" + Guard(), depth, arms);
  ArmOf("Tone::Low", depth, arms);
  ArmOf("_", depth, arms);
  Braces(head, arms);
}

void KernelGenerator::MatchShape(int depth) {
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

void KernelGenerator::MatchNumber(int depth) {
  const std::string head = "match " + Expr(Kind::kI32, 1);
  Lines arms;
  ArmOf("0" + Guard(), depth, arms);
  ArmOf(Flip() ? "900" : "1", depth, arms);
  ArmOf("-1", depth, arms);
  ArmOf("_", depth, arms);
  Braces(head, arms);
}

}  // namespace fozzy
