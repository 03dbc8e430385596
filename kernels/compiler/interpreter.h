// Runs kernels by walking their tree: slow, and the meaning of the language.
// What runs them faster has to agree with this one.
#ifndef FOZZY_KERNELS_COMPILER_INTERPRETER_H_
#define FOZZY_KERNELS_COMPILER_INTERPRETER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "kernels/compiler/ast.h"
#include "kernels/compiler/outcome.h"

namespace fozzy::compiler {

// Walks one call of one function at a time.  The model copies arrays and
// structs whenever they are assigned or passed, evaluates from left to right,
// and stops at the first failure.
class Interpreter {
 public:
  // `module` has been checked; both outlive this.  At most `loops_max` turns
  // of loops are made, or any number if it is 0.
  Interpreter(const Module& module, Host& host, uint64_t loops_max)
      : module_(module), host_(host), loops_max_(loops_max) {}

  // Calls `function` with numbers.  Requires that its parameters are i32, i64
  // or bool, as many as `arguments`, and its result a number, a bool, an enum
  // without payload, or nothing.
  Outcome Run(uint32_t function, const std::vector<int64_t>& arguments);

 private:
  // `number` of numbers, bools, and variants; `parts` of structs, payloads and
  // arrays.
  struct Value {
    int64_t number = 0;
    std::string text;
    std::vector<Value> parts;
  };
  enum class Flow : uint8_t { kNext, kBreak, kContinue, kReturn, kFailed };
  using Frame = std::vector<Value>;

  // interpreter.cc
  Value Call(uint32_t function, std::vector<Value> arguments);
  Flow Block(const std::vector<uint32_t>& statements);
  Flow Statement(const Stmt& stmt);
  Flow While(const Stmt& stmt);
  Flow For(const Stmt& stmt);
  Flow Match(const Stmt& stmt);
  bool Fits(const Arm& arm, const Value& value);
  void Assign(const Stmt& stmt);
  bool CountTurn(Position at);

  // interpret_expression.cc.  After a failure the value means nothing.
  int64_t Number(uint32_t expr);
  std::string Text(uint32_t expr);
  Value Evaluate(uint32_t expr);
  Value Aggregate(const Expr& node);
  int64_t Unary(const Expr& node);
  int64_t Binary(const Expr& node);
  int64_t Arithmetic(const Expr& node, int64_t a, int64_t b);
  bool Equal(const Expr& node);
  int64_t NumberMethod(const Expr& node);
  Value* Element(const Expr& node);
  std::string Replaced(const Expr& node);
  Value HostCall(const Expr& node);
  HostValue ToHost(const Value& value, const Type& type) const;
  std::vector<Value> Arguments(const Expr& node);

  void Fail(FailureKind kind, Position at, int64_t found, int64_t limit);
  bool is_failed() const { return failure_.kind != FailureKind::kNoFailure; }

  const Module& module_;
  Host& host_;
  const uint64_t loops_max_;
  uint64_t loops_ = 0;
  Frame frame_;
  Value returned_;
  Failure failure_;
};

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_INTERPRETER_H_
