// What the parts of the checker share.
#ifndef FOZZY_KERNELS_COMPILER_CHECKER_H_
#define FOZZY_KERNELS_COMPILER_CHECKER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "kernels/compiler/ast.h"
#include "kernels/compiler/position.h"

namespace fozzy::compiler {

// Checks the body of one function.  Recursion is bounded by the parser's
// limits.
class FunctionChecker {
 public:
  // `calls` receives the functions that are called.
  FunctionChecker(Module& module, uint32_t function, Problem& problem,
                  std::vector<uint32_t>& calls)
      : module_(module),
        function_(module.functions[function]),
        problem_(problem),
        calls_(calls) {}

  void Check();

 private:
  struct Name {
    uint32_t symbol;
    uint32_t local;
  };

  // check_statement.cc.  Each returns whether what follows is never reached.
  bool Block(const std::vector<uint32_t>& statements);
  bool Statement(uint32_t statement);
  bool If(const Stmt& stmt);
  bool Return(const Stmt& stmt);
  bool Match(uint32_t statement);
  void Let(uint32_t statement);
  void Assign(const Stmt& stmt);
  void For(uint32_t statement);
  void Loop(const std::vector<uint32_t>& body);
  void Condition(uint32_t expr);
  void CheckTarget(uint32_t expr);

  // check_match.cc.
  void ResolvePattern(Pattern& pattern, const Type& type, Position at);
  bool CheckArm(Arm& arm, const Type& type);
  void CheckCoverage(const Stmt& stmt, const Type& type);
  uint32_t FindVariant(const Pattern& pattern, const Type& type, Position at);

  // check_expression.cc.  Returns the type; literals become `hint` if that is
  // i64.
  Type Expression(uint32_t expr, const Type& hint);
  Type Resolve(uint32_t expr, const Type& hint);
  Type Integer(uint32_t expr, const Type& hint);
  Type NameUse(uint32_t expr);
  Type Unary(const Expr& expr, const Type& hint);
  Type Binary(uint32_t expr, const Type& hint);
  Type Comparison(const Expr& expr, const Type& type);
  Type Index(const Expr& expr);
  Type FieldUse(uint32_t expr);
  Type Array(const Expr& expr, const Type& hint);
  Type Cast(const Expr& expr);
  Type Opaque(const Expr& expr, const Type& hint);
  bool IsLiteral(uint32_t expr) const;

  // check_call.cc.
  Type Call(uint32_t expr);
  Type MethodCall(const Expr& expr);
  Type StructLiteral(uint32_t expr);
  Type VariantLiteral(uint32_t expr);
  void Arguments(const Expr& expr, const std::vector<Type>& types,
                 size_t first);

  // Reports unless `found` is `expected`.
  void Want(Position at, const Type& expected, const Type& found);
  void Fail(Position at, std::string message);
  std::string NameOf(uint32_t symbol) const;
  std::string TypeName(const Type& type) const;
  uint32_t Declare(const Local& local);

  Module& module_;
  Function& function_;
  Problem& problem_;
  std::vector<uint32_t>& calls_;
  std::vector<Name> names_;  // in scope, inner ones last
  size_t scope_begin_ = 0;   // into names_
  uint32_t loops_ = 0;       // around
};

// Whether a value of `type` is one number or string: a field may hold it.
bool IsScalar(const Type& type);

// Whether `type` is an enum without payloads.
bool IsPlainEnum(const Module& module, const Type& type);

// Replaces the name in a written type by what it stands for.
Type ResolveType(const Module& module, const TypeName& name, Problem& problem);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_CHECKER_H_
