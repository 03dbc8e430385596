#include "kernels/compiler/interpreter.h"

#include <utility>

#include "kernels/compiler/require.h"

namespace fozzy::compiler {

Outcome Interpreter::Run(uint32_t function,
                         const std::vector<int64_t>& arguments) {
  const Function& item = module_.functions[function];
  Require(arguments.size() == item.parameters.size());
  std::vector<Value> values(arguments.size());
  for (size_t i = 0; i < arguments.size(); ++i) {
    const Type& type = item.parameters[i].type_name.type;
    values[i].number =
        type.kind == TypeKind::kI32 ? Cut32(arguments[i]) : arguments[i];
  }
  loops_ = 0;
  failure_ = {};
  const Value value = Call(function, std::move(values));
  if (is_failed()) return {.failure = failure_, .result = 0};
  const Type& type = item.result.type;
  if (type.kind != TypeKind::kEnum)
    return {.failure = {}, .result = value.number};
  return {.failure = {},
          .result = ExternalTag(module_, type.index,
                                static_cast<uint32_t>(value.number))};
}

Interpreter::Value Interpreter::Call(uint32_t function,
                                     std::vector<Value> arguments) {
  const Function& item = module_.functions[function];
  arguments.resize(item.locals.size());
  std::swap(frame_, arguments);
  returned_ = {};
  Block(item.body);
  std::swap(frame_, arguments);
  return std::exchange(returned_, {});
}

Interpreter::Flow Interpreter::Block(const std::vector<uint32_t>& statements) {
  for (const uint32_t statement : statements) {
    const Flow flow = Statement(module_.stmts[statement]);
    if (is_failed()) return Flow::kFailed;
    if (flow != Flow::kNext) return flow;
  }
  return Flow::kNext;
}

Interpreter::Flow Interpreter::Statement(const Stmt& stmt) {
  switch (stmt.kind) {
    case StmtKind::kLet:
      frame_[stmt.index] = Evaluate(stmt.value);
      return Flow::kNext;
    case StmtKind::kAssign:
      Assign(stmt);
      return Flow::kNext;
    case StmtKind::kExpr:
      Evaluate(stmt.value);
      return Flow::kNext;
    case StmtKind::kIf: {
      const bool holds = Number(stmt.value) != 0;
      if (is_failed()) return Flow::kFailed;
      return Block(holds ? stmt.body : stmt.other);
    }
    case StmtKind::kWhile:
      return While(stmt);
    case StmtKind::kFor:
      return For(stmt);
    case StmtKind::kMatch:
      return Match(stmt);
    case StmtKind::kReturn:
      if (stmt.value != kNone) returned_ = Evaluate(stmt.value);
      return Flow::kReturn;
    case StmtKind::kBreak:
      return Flow::kBreak;
    case StmtKind::kContinue:
      return Flow::kContinue;
  }
  return Flow::kNext;
}

bool Interpreter::CountTurn(Position at) {
  if (loops_max_ == 0 || loops_ < loops_max_) {
    ++loops_;
    return true;
  }
  Fail(FailureKind::kLoops, at, 0, static_cast<int64_t>(loops_max_));
  return false;
}

Interpreter::Flow Interpreter::While(const Stmt& stmt) {
  for (;;) {
    const bool holds = Number(stmt.value) != 0;
    if (is_failed()) return Flow::kFailed;
    if (!holds) return Flow::kNext;
    if (!CountTurn(stmt.at)) return Flow::kFailed;
    const Flow flow = Block(stmt.body);
    if (flow == Flow::kBreak) return Flow::kNext;
    if (flow == Flow::kReturn || flow == Flow::kFailed) return flow;
  }
}

Interpreter::Flow Interpreter::For(const Stmt& stmt) {
  const int64_t begin = Number(stmt.value);
  if (is_failed()) return Flow::kFailed;
  const int64_t end = Number(stmt.end);
  for (int64_t i = begin; i < end && !is_failed(); ++i) {
    frame_[stmt.index].number = i;
    if (!CountTurn(stmt.at)) return Flow::kFailed;
    const Flow flow = Block(stmt.body);
    if (flow == Flow::kBreak) return Flow::kNext;
    if (flow == Flow::kReturn || flow == Flow::kFailed) return flow;
  }
  return Flow::kNext;
}

bool Interpreter::Fits(const Arm& arm, const Value& value) {
  const Pattern& pattern = arm.pattern;
  const int64_t wanted =
      pattern.is_integer ? pattern.number : int64_t{pattern.index};
  if (!pattern.is_any && value.number != wanted) return false;
  for (size_t i = 0; i < pattern.bindings.size(); ++i) {
    const uint32_t local = pattern.bindings[i];
    if (local != kNone) frame_[local] = value.parts[i];
  }
  return arm.guard == kNone || Number(arm.guard) != 0;
}

Interpreter::Flow Interpreter::Match(const Stmt& stmt) {
  const Value value = Evaluate(stmt.value);
  for (const Arm& arm : stmt.arms) {
    if (is_failed()) return Flow::kFailed;
    const bool fits = Fits(arm, value);
    if (is_failed()) return Flow::kFailed;
    if (fits) return Block(arm.body);
  }
  Require(false);  // The checker wants every value covered.
  return Flow::kFailed;
}

void Interpreter::Assign(const Stmt& stmt) {
  const Expr& target = module_.exprs[stmt.target];
  if (target.kind == ExprKind::kName) {
    Value value = Evaluate(stmt.value);
    frame_[target.index] = std::move(value);
    return;
  }
  const Expr& base = module_.exprs[target.args[0]];
  if (target.kind == ExprKind::kField) {
    Value value = Evaluate(stmt.value);
    frame_[base.index].parts[target.index] = std::move(value);
    return;
  }
  // The index is computed, then the value, and then it is looked at whether
  // there is such an element.
  const int64_t index = Number(target.args[1]);
  if (is_failed()) return;
  Value value = Evaluate(stmt.value);
  if (is_failed()) return;
  std::vector<Value>& parts = frame_[base.index].parts;
  const auto length = static_cast<int64_t>(parts.size());
  if (index < 0 || index >= length) {
    Fail(FailureKind::kBounds, target.at, index, length);
    return;
  }
  parts[static_cast<size_t>(index)] = std::move(value);
}

void Interpreter::Fail(FailureKind kind, Position at, int64_t found,
                       int64_t limit) {
  if (is_failed()) return;
  failure_ = {.kind = kind, .at = at, .found = found, .limit = limit};
}

}  // namespace fozzy::compiler
