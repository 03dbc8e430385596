// What the parts that build the intermediate representation share.
#ifndef FOZZY_KERNELS_COMPILER_FUNCTION_BUILDER_H_
#define FOZZY_KERNELS_COMPILER_FUNCTION_BUILDER_H_

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "kernels/compiler/ast.h"
#include "kernels/compiler/ir.h"

namespace fozzy::compiler {

// Builds one function.  Recursion is bounded by the parser's limits.
class FunctionBuilder {
 public:
  // The functions that `function` calls have been built into `out`.
  FunctionBuilder(const Module& module, uint32_t function, bool counts_turns,
                  IrModule& out);

  void Build();

 private:
  using Registers = std::vector<uint32_t>;
  struct LoopBlocks {
    uint32_t next;  // where `continue` goes
    uint32_t end;
  };
  // A match being built: the block that goes on at arm i, once there is one.
  struct MatchState {
    const Stmt* stmt;
    Registers value;
    std::vector<uint32_t> arm_blocks;
    std::vector<uint32_t> from_blocks;
  };

  // build_statement.cc
  void Statements(const std::vector<uint32_t>& statements);
  void Statement(const Stmt& stmt);
  void Let(const Stmt& stmt);
  void Assign(const Stmt& stmt);
  void AssignArray(uint32_t array, const Expr& value);
  void If(const Stmt& stmt);
  void While(const Stmt& stmt);
  void For(const Stmt& stmt);
  void LoopBody(const Stmt& stmt, uint32_t next, uint32_t end);
  bool KeepsNoTexts(const std::vector<uint32_t>& body) const;
  bool AnyStatement(const std::vector<uint32_t>& body,
                    bool (FunctionBuilder::*test)(const Stmt&) const) const;
  bool AssignsText(const Stmt& stmt) const;
  bool MakesText(const Stmt& stmt) const;
  bool MakesText(uint32_t expr) const;

  // build_match.cc
  void Match(const Stmt& stmt);
  uint32_t MatchFrom(MatchState& state, size_t first);
  void MatchCases(MatchState& state, size_t first, Instruction& match);
  void ArmBlock(MatchState& state, size_t arm, uint32_t end);

  // build_expression.cc.  Returns the register; `into`, if given, is it.
  uint32_t Value(uint32_t expr, uint32_t into = kNone);
  uint32_t Fresh(uint32_t expr, uint32_t into);
  Registers Values(uint32_t expr);
  void ValuesInto(uint32_t expr, const Registers& into);
  Registers Spread(const std::vector<uint32_t>& args);
  void Condition(uint32_t expr, uint32_t holds, uint32_t fails);
  uint32_t ShortCircuit(uint32_t expr, uint32_t into);
  uint32_t Unary(const Expr& node, uint32_t into);
  uint32_t Binary(const Expr& node, uint32_t into);
  uint32_t Load(const Expr& node, uint32_t into);
  uint32_t Cast(const Expr& node, uint32_t into);
  uint32_t TextMethod(const Expr& node, uint32_t into);
  Registers Variant(const Expr& node);

  // build_call.cc
  Registers Call(const Expr& node);
  Registers HostCall(const Expr& node);
  uint32_t ForHost(uint32_t expr);

  // function_builder.cc
  uint32_t NewRegister(Scalar type, uint32_t enum_index = kNone);
  Registers NewRegisters(const Type& type);
  uint32_t Number(int64_t value, Scalar type);
  uint32_t TagOf(uint32_t enum_index, uint32_t variant);
  uint32_t Constant(Scalar type, int64_t value, uint32_t enum_index);
  // The constant that registers like `reg` hold while they do not matter.
  uint32_t Nothing(const Register& reg);
  uint32_t NewBlock();
  void Enter(uint32_t block) { block_ = block; }
  bool is_ended() const;
  Instruction& Emit(Op op, Position at);
  void EmitCopy(uint32_t dst, uint32_t a, Position at);
  void Jump(uint32_t block, Position at);
  void Copy(const Registers& from, const Registers& to, Position at);
  uint32_t NewArray(const Local& local, bool is_parameter);

  const Module& module_;
  const Function& source_;
  const bool counts_turns_;
  IrModule& out_;
  IrFunction& function_;
  std::vector<Registers> locals_;  // of each that is no array
  std::vector<uint32_t> arrays_;   // of each that is
  std::vector<LoopBlocks> loops_;
  std::map<std::pair<int64_t, std::pair<Scalar, uint32_t>>, uint32_t>
      constants_;
  uint32_t block_ = 0;
};

// The scalar of a type that takes one register.
Scalar ScalarOf(const Type& type);

// The registers that a value of `type` is spread over: of an enum its tag and
// then the payloads of all variants, in turn.
std::vector<Register> Flatten(const Module& module, const Type& type);

// Where the payload of `variant` begins among those.
uint32_t PayloadBegin(const Module& module, uint32_t enum_index,
                      uint32_t variant);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_FUNCTION_BUILDER_H_
