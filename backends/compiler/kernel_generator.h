// What the parts of the generator of kernels share.
#ifndef FOZZY_BACKENDS_COMPILER_KERNEL_GENERATOR_H_
#define FOZZY_BACKENDS_COMPILER_KERNEL_GENERATOR_H_

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "backends/compiler/program_generator.h"

namespace fozzy {

// Builds one program.  Depths bound the recursion.
class KernelGenerator {
 public:
  explicit KernelGenerator(GeneratorChoices& choices) : choices_(choices) {}

  std::string Run();

 private:
  enum class Kind : uint8_t { kI32, kI64, kBool, kStr, kTone, kShape, kPair };
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
  using Lines = std::vector<std::string>;

  static const char* TypeName(Kind kind);
  bool Flip() { return choices_.UpTo(1) != 0; }

  template <size_t kCount>
  std::string OneOf(const char* const (&list)[kCount]) {
    return list[choices_.UpTo(kCount - 1)];
  }

  Kind AnyKind() { return static_cast<Kind>(choices_.UpTo(6)); }
  std::string NewName() { return absl::StrCat("v", names_++); }
  void Line(const std::string& text) { lines_.push_back(text); }
  static std::string Paren(const std::string& text) {
    return absl::StrCat("(", text, ")");
  }

  // program_generator.cc
  std::string Declarations() const;
  std::string Named(Kind kind);
  std::string MakeHelper(uint64_t index);
  std::string Function(const std::string& head, Kind result);
  Lines Inner(int depth);
  void Braces(const std::string& head, const Lines& body);
  void Statements(int depth);

  // generate_statement.cc
  void Statement(int depth);
  void Let();
  void LetArray();
  void Assign();
  void StoreElement();
  void Window();
  void Observe();
  void HostStatement();
  void LeaveLoop();
  void If(int depth);
  void For(int depth);
  void Counter(int depth);
  void Match(int depth);
  void ArmOf(const std::string& pattern, int depth, Lines& arms);
  std::string Guard();
  void MatchTone(int depth);
  void MatchShape(int depth);
  void MatchNumber(int depth);

  // generate_expression.cc
  std::vector<Variable> Known(Kind kind, uint64_t length,
                              bool is_mutable) const;
  std::string Used(Kind kind, int depth);
  std::string Element(Kind kind);
  std::string Index();
  std::string CallHelper(Kind kind, int depth);
  std::string Expr(Kind kind, int depth);
  std::string Literal(Kind kind, int depth);
  std::string ShapeLiteral(int depth);
  std::string Computed(Kind kind, int depth);
  std::string Number(Kind kind, int depth);
  std::string HostNote(int depth);
  std::string I32(int depth);
  std::string I64(int depth);
  std::string Bool(int depth);
  std::string Str(int depth);

  GeneratorChoices& choices_;
  std::vector<Variable> variables_;
  std::vector<Helper> helpers_;
  std::set<std::string> uses_;
  Lines lines_;
  uint64_t names_ = 0;
  int loops_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_COMPILER_KERNEL_GENERATOR_H_
