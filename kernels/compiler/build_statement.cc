#include <algorithm>

#include "kernels/compiler/function_builder.h"

namespace fozzy::compiler {
namespace {

bool HoldsText(const Module& module, const Type& type) {
  if (type.kind == TypeKind::kArray) return type.element == TypeKind::kStr;
  for (const Register& reg : Flatten(module, type)) {
    if (reg.type == Scalar::kStr) return true;
  }
  return false;
}

}  // namespace

void FunctionBuilder::Statements(const std::vector<uint32_t>& statements) {
  for (const uint32_t statement : statements) {
    Statement(module_.stmts[statement]);
  }
}

void FunctionBuilder::Statement(const Stmt& stmt) {
  switch (stmt.kind) {
    case StmtKind::kLet:
      return Let(stmt);
    case StmtKind::kAssign:
      return Assign(stmt);
    case StmtKind::kExpr:
      if (module_.exprs[stmt.value].type.kind != TypeKind::kArray) {
        Values(stmt.value);
      }
      return;
    case StmtKind::kIf:
      return If(stmt);
    case StmtKind::kWhile:
      return While(stmt);
    case StmtKind::kFor:
      return For(stmt);
    case StmtKind::kMatch:
      return Match(stmt);
    case StmtKind::kReturn: {
      Registers values;
      if (stmt.value != kNone &&
          module_.exprs[stmt.value].type.kind != TypeKind::kUnit) {
        values = Values(stmt.value);
      } else if (stmt.value != kNone) {
        Values(stmt.value);
      }
      Emit(Op::kReturn, stmt.at).args = values;
      return;
    }
    case StmtKind::kBreak:
      return Jump(loops_.back().end, stmt.at);
    case StmtKind::kContinue:
      return Jump(loops_.back().next, stmt.at);
  }
}

void FunctionBuilder::Let(const Stmt& stmt) {
  const Local& local = source_.locals[stmt.index];
  if (local.type.kind == TypeKind::kArray) {
    arrays_[stmt.index] = NewArray(local, /*is_parameter=*/false);
    AssignArray(arrays_[stmt.index], module_.exprs[stmt.value]);
    return;
  }
  locals_[stmt.index] = NewRegisters(local.type);
  if (locals_[stmt.index].size() == 1) {
    Value(stmt.value, locals_[stmt.index].front());
  } else {
    Copy(Values(stmt.value), locals_[stmt.index], stmt.at);
  }
}

void FunctionBuilder::AssignArray(uint32_t array, const Expr& value) {
  if (value.kind == ExprKind::kName) {
    Instruction& copy = Emit(Op::kCopyArray, value.at);
    copy.array = array;
    copy.other = arrays_[value.index];
    return;
  }
  const Scalar element = function_.arrays[array].element;
  if (value.kind == ExprKind::kArrayRepeat) {
    const uint32_t one = Value(value.args[0]);
    Instruction& fill = Emit(Op::kFill, value.at);
    fill.type = element;
    fill.array = array;
    fill.a = one;
    return;
  }
  // All values come before the first store: a = [a[1], a[0]].
  Registers values = Spread(value.args);
  for (size_t i = 0; i < values.size(); ++i) {
    const uint32_t index = Number(static_cast<int64_t>(i), Scalar::kI32);
    Instruction& store = Emit(Op::kStore, value.at);
    store.type = element;
    store.array = array;
    store.a = index;
    store.b = values[i];
  }
}

void FunctionBuilder::Assign(const Stmt& stmt) {
  const Expr& target = module_.exprs[stmt.target];
  const Expr& value = module_.exprs[stmt.value];
  if (target.kind == ExprKind::kName) {
    if (target.type.kind == TypeKind::kArray) {
      AssignArray(arrays_[target.index], value);
    } else {
      ValuesInto(stmt.value, locals_[target.index]);
    }
    return;
  }
  const Expr& base = module_.exprs[target.args[0]];
  if (target.kind == ExprKind::kField) {
    Value(stmt.value, locals_[base.index][target.index]);
    return;
  }
  const uint32_t array = arrays_[base.index];
  const uint32_t index = Value(target.args[1]);
  const uint32_t stored = Value(stmt.value);
  Instruction& store = Emit(Op::kStore, target.at);
  store.type = function_.arrays[array].element;
  store.array = array;
  store.a = index;
  store.b = stored;
}

void FunctionBuilder::If(const Stmt& stmt) {
  const uint32_t holds = NewBlock();
  const uint32_t fails = NewBlock();
  const uint32_t end = stmt.other.empty() ? fails : NewBlock();
  Condition(stmt.value, holds, fails);
  Enter(holds);
  Statements(stmt.body);
  Jump(end, stmt.at);
  if (!stmt.other.empty()) {
    Enter(fails);
    Statements(stmt.other);
    Jump(end, stmt.at);
  }
  Enter(end);
}

void FunctionBuilder::LoopBody(const Stmt& stmt, uint32_t next, uint32_t end) {
  if (counts_turns_) Emit(Op::kTurn, stmt.at);
  uint32_t mark = kNone;
  if (KeepsNoTexts(stmt.body)) {
    mark = NewRegister(Scalar::kI64);
    Emit(Op::kMark, stmt.at).dst = mark;
  }
  loops_.push_back({next, end});
  Statements(stmt.body);
  loops_.pop_back();
  Jump(next, stmt.at);
  Enter(next);
  if (mark != kNone) Emit(Op::kRelease, stmt.at).a = mark;
}

void FunctionBuilder::While(const Stmt& stmt) {
  const uint32_t head = NewBlock();
  const uint32_t body = NewBlock();
  const uint32_t next = NewBlock();
  const uint32_t end = NewBlock();
  Jump(head, stmt.at);
  Enter(head);
  Condition(stmt.value, body, end);
  Enter(body);
  LoopBody(stmt, next, end);
  Jump(head, stmt.at);
  Enter(end);
}

void FunctionBuilder::For(const Stmt& stmt) {
  const Scalar type = ScalarOf(source_.locals[stmt.index].type);
  const uint32_t counter = NewRegister(type);
  locals_[stmt.index] = {counter};
  const uint32_t limit = NewRegister(type);
  Value(stmt.value, counter);
  Value(stmt.end, limit);
  const uint32_t one = Number(1, type);
  const uint32_t body = NewBlock();
  const uint32_t next = NewBlock();
  const uint32_t end = NewBlock();
  const auto test = [&] {
    const uint32_t holds = NewRegister(Scalar::kBool);
    Instruction& less = Emit(Op::kLess, stmt.at);
    less.type = type;
    less.dst = holds;
    less.a = counter;
    less.b = limit;
    Instruction& branch = Emit(Op::kBranch, stmt.at);
    branch.a = holds;
    branch.index = body;
    branch.other = end;
  };
  test();
  Enter(body);
  LoopBody(stmt, next, end);
  Instruction& add = Emit(Op::kAdd, stmt.at);
  add.type = type;
  add.dst = counter;
  add.a = counter;
  add.b = one;
  // The counter was below the limit: one more is no overflow.
  add.never_wraps = true;
  test();
  Enter(end);
}

// Whether strings made in one turn of the loop are not used after it, and some
// may be made.
bool FunctionBuilder::KeepsNoTexts(const std::vector<uint32_t>& body) const {
  return AnyStatement(body, &FunctionBuilder::MakesText) &&
         !AnyStatement(body, &FunctionBuilder::AssignsText);
}

bool FunctionBuilder::AnyStatement(const std::vector<uint32_t>& body,
                                   bool (FunctionBuilder::*test)(const Stmt&)
                                       const) const {
  return std::any_of(body.begin(), body.end(), [&](uint32_t statement) {
    const Stmt& stmt = module_.stmts[statement];
    if ((this->*test)(stmt)) return true;
    if (AnyStatement(stmt.body, test) || AnyStatement(stmt.other, test)) {
      return true;
    }
    return std::any_of(stmt.arms.begin(), stmt.arms.end(), [&](const Arm& arm) {
      return AnyStatement(arm.body, test);
    });
  });
}

bool FunctionBuilder::AssignsText(const Stmt& stmt) const {
  if (stmt.kind != StmtKind::kAssign) return false;
  const Expr& target = module_.exprs[stmt.target];
  const Expr& base =
      target.kind == ExprKind::kName ? target : module_.exprs[target.args[0]];
  return HoldsText(module_, base.type);
}

bool FunctionBuilder::MakesText(const Stmt& stmt) const {
  const uint32_t exprs[] = {stmt.value, stmt.end, stmt.target};
  for (const uint32_t expr : exprs) {
    if (expr != kNone && MakesText(expr)) return true;
  }
  return std::any_of(stmt.arms.begin(), stmt.arms.end(), [&](const Arm& arm) {
    return arm.guard != kNone && MakesText(arm.guard);
  });
}

bool FunctionBuilder::MakesText(uint32_t expr) const {
  const Expr& node = module_.exprs[expr];
  if (node.kind == ExprKind::kMethod && node.method == Method::kReplace) {
    return true;
  }
  if (node.kind == ExprKind::kCall && out_.functions[node.index].makes_texts) {
    return true;
  }
  return std::any_of(node.args.begin(), node.args.end(),
                     [&](uint32_t arg) { return MakesText(arg); });
}

}  // namespace fozzy::compiler
