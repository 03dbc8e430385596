#include "backends/compiler/program_generator.h"

#include <algorithm>
#include <utility>

#include "backends/compiler/kernel_generator.h"
#include "sim/base/fast_rng.h"

namespace fozzy {
namespace {

constexpr uint64_t kStatementsMax = 4;
constexpr uint64_t kHelpersMax = 2;
constexpr size_t kLineMax = 70;

constexpr const char* kTypeNames[] = {"i32",  "i64",   "bool", "str",
                                      "Tone", "Shape", "Pair"};

}  // namespace

const char* KernelGenerator::TypeName(Kind kind) {
  return kTypeNames[static_cast<size_t>(kind)];
}

std::string KernelGenerator::Run() {
  // Each part is asked for just before it is made: so it can be taken out of
  // the list of answers together with the question.
  std::string body;
  for (uint64_t i = 0; i < kHelpersMax && Flip(); ++i) body += MakeHelper(i);
  variables_ = {{"p", Kind::kI32}, {"q", Kind::kI64}};
  body += Function("fn f(p: i32, q: i64) -> i64", Kind::kI64);
  return Declarations() + body;
}

std::string KernelGenerator::Declarations() const {
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

std::string KernelGenerator::Named(Kind kind) {
  uses_.insert(TypeName(kind));
  return TypeName(kind);
}

std::string KernelGenerator::MakeHelper(uint64_t index) {
  Helper helper{absl::StrCat("g", index), {}, AnyKind()};
  const uint64_t parameters = choices_.UpTo(2);
  std::string text = absl::StrCat("fn ", helper.name, "(");
  for (uint64_t i = 0; i < parameters; ++i) {
    Variable parameter{absl::StrCat("a", i), AnyKind()};
    if (parameter.kind == Kind::kI32 && Flip()) parameter.length = 4;
    absl::StrAppend(&text, i == 0 ? "" : ", ", parameter.name, ": ",
                    parameter.length != 0 ? "[i32; 4]" : Named(parameter.kind));
    helper.parameters.push_back(parameter);
  }
  absl::StrAppend(&text, ") -> ", Named(helper.result));
  variables_ = helper.parameters;
  std::string out = Function(text, helper.result);
  helpers_.push_back(helper);
  return out;
}

std::string KernelGenerator::Function(const std::string& head, Kind result) {
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

// Returns the statements of a block inside.
KernelGenerator::Lines KernelGenerator::Inner(int depth) {
  Lines before;
  std::swap(before, lines_);
  Statements(depth + 1);
  std::swap(before, lines_);
  return before;
}

// Writes a block, in one line if that is short.
void KernelGenerator::Braces(const std::string& head, const Lines& body) {
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

void KernelGenerator::Statements(int depth) {
  const size_t before = variables_.size();
  for (uint64_t i = 0; i < kStatementsMax; ++i) {
    if (choices_.UpTo(3) == 0) break;
    Statement(depth);
  }
  if (depth > 0) variables_.resize(before);
}

uint64_t DrawnChoices::UpTo(uint64_t last) {
  answers_.push_back(FastRng(state_, answers_.size()).UpTo(last));
  return answers_.back();
}

uint64_t ListedChoices::UpTo(uint64_t last) {
  if (next_ >= answers_.size()) return 0;
  return std::min(answers_[next_++], last);
}

std::string GenerateProgram(GeneratorChoices& choices) {
  return KernelGenerator(choices).Run();
}

}  // namespace fozzy
