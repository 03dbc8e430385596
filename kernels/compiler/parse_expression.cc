#include <utility>

#include "absl/strings/str_cat.h"
#include "kernels/compiler/parser.h"
#include "kernels/compiler/token_stream.h"

namespace fozzy::compiler {
namespace {

struct BinaryOperator {
  absl::string_view text;
  int level;  // higher ones bind more tightly
  Operator op;
};

constexpr int kComparisonLevel = 3;
constexpr BinaryOperator kBinaryOperators[] = {
    {"||", 1, Operator::kEitherOf},   {"&&", 2, Operator::kBothOf},
    {"==", 3, Operator::kEqual},      {"!=", 3, Operator::kNotEqual},
    {"<", 3, Operator::kLess},        {"<=", 3, Operator::kLessEqual},
    {">", 3, Operator::kGreater},     {">=", 3, Operator::kGreaterEqual},
    {"|", 4, Operator::kOr},          {"^", 5, Operator::kXor},
    {"&", 6, Operator::kAnd},         {"<<", 7, Operator::kShiftLeft},
    {">>", 7, Operator::kShiftRight}, {"+", 8, Operator::kAdd},
    {"-", 8, Operator::kSubtract},    {"*", 9, Operator::kMultiply},
    {"/", 9, Operator::kDivide},      {"%", 9, Operator::kRemainder},
};

struct MethodName {
  absl::string_view text;
  Method method;
  size_t arguments;
};

constexpr MethodName kMethods[] = {
    {"contains", Method::kContains, 1},
    {"ends_with", Method::kEndsWith, 1},
    {"len", Method::kLen, 0},
    {"replace", Method::kReplace, 2},
    {"starts_with", Method::kStartsWith, 1},
    {"trim", Method::kTrim, 0},
};

// Reads one expression.  Recursion is bounded by TokenStream::Enter.
class Reader {
 public:
  Reader(TokenStream& in, bool with_structs)
      : in_(in), with_structs_(with_structs) {}

  uint32_t Binary(int level_min) {
    in_.Enter();
    uint32_t left = Unary();
    for (;;) {
      const BinaryOperator* op = NextOperator();
      if (op == nullptr || op->level < level_min) break;
      Expr expr = Begin(ExprKind::kBinary);
      expr.op = op->op;
      in_.Take();
      const uint32_t right = Binary(op->level + 1);
      expr.args = {left, right};
      left = in_.Add(std::move(expr));
      if (op->level == kComparisonLevel) RefuseChain();
    }
    in_.Leave();
    return left;
  }

 private:
  Expr Begin(ExprKind kind) {
    Expr expr;
    expr.kind = kind;
    expr.at = in_.at();
    return expr;
  }

  // Comparisons do not chain.
  void RefuseChain() {
    const BinaryOperator* next = NextOperator();
    if (next != nullptr && next->level == kComparisonLevel) {
      in_.Fail("parentheses between comparisons");
    }
  }

  const BinaryOperator* NextOperator() const {
    if (in_.Look().kind != TokenKind::kPunctuation) return nullptr;
    for (const BinaryOperator& op : kBinaryOperators) {
      if (in_.Is(op.text)) return &op;
    }
    return nullptr;
  }

  uint32_t Unary() {
    const bool is_minus = in_.Is("-");
    if (!is_minus && !in_.Is("!")) return Postfix();
    if (is_minus && in_.Look(1).kind == TokenKind::kInteger) {
      in_.Take();
      return Integer(/*is_negative=*/true);
    }
    in_.Enter();
    Expr expr = Begin(ExprKind::kUnary);
    expr.op = is_minus ? Operator::kNegate : Operator::kNot;
    in_.Take();
    expr.args = {Unary()};
    in_.Leave();
    return in_.Add(std::move(expr));
  }

  uint32_t Integer(bool is_negative) {
    Expr expr = Begin(ExprKind::kInteger);
    const Token token = in_.Take();
    if (!is_negative && token.number > uint64_t{INT64_MAX}) {
      in_.FailAt(expr.at, "an integer above 9223372036854775807");
    }
    expr.number = static_cast<int64_t>(is_negative ? uint64_t{0} - token.number
                                                   : token.number);
    return in_.Add(std::move(expr));
  }

  uint32_t Postfix() {
    uint32_t base = Primary();
    while (!in_.is_failed()) {
      if (in_.Is("[")) {
        Expr expr = Begin(ExprKind::kIndex);
        in_.Take();
        const uint32_t index = Reader(in_, true).Binary(1);
        in_.Expect("]");
        expr.args = {base, index};
        base = in_.Add(std::move(expr));
      } else if (in_.Is(".")) {
        base = Member(base);
      } else {
        break;
      }
    }
    return base;
  }

  uint32_t Member(uint32_t base) {
    in_.Take();
    Expr expr = Begin(ExprKind::kField);
    expr.symbol = in_.ExpectName("the name of a field or method");
    expr.args = {base};
    if (in_.is_failed() || !in_.Is("(")) return in_.Add(std::move(expr));
    expr.kind = ExprKind::kMethod;
    const std::string& name = in_.module().symbols[expr.symbol];
    const MethodName* method = nullptr;
    for (const MethodName& known : kMethods) {
      if (known.text == name) method = &known;
    }
    if (method == nullptr) {
      in_.FailAt(expr.at,
                 absl::StrCat("expected one of contains ends_with len replace "
                              "starts_with trim, found '",
                              name, "'"));
      return base;
    }
    expr.method = method->method;
    Arguments(expr);
    if (!in_.is_failed() && expr.args.size() != method->arguments + 1) {
      in_.FailAt(expr.at,
                 absl::StrCat("expected ", method->arguments, " arguments of ",
                              name, ", found ", expr.args.size() - 1));
    }
    return in_.Add(std::move(expr));
  }

  // Reads "(a, b)" and adds to the arguments.
  void Arguments(Expr& expr) {
    in_.Expect("(");
    while (!in_.is_failed() && !in_.Is(")")) {
      expr.args.push_back(Reader(in_, true).Binary(1));
      if (!in_.Accept(",")) break;
    }
    in_.Expect(")");
  }

  uint32_t Primary() {
    const Token& token = in_.Look();
    if (token.kind == TokenKind::kInteger) return Integer(false);
    if (token.kind == TokenKind::kString) return String();
    if (in_.Is("(")) {
      in_.Take();
      const uint32_t inner = Reader(in_, true).Binary(1);
      in_.Expect(")");
      return inner;
    }
    if (in_.Is("[")) return Array();
    if (in_.Is("true") || in_.Is("false")) {
      Expr expr = Begin(ExprKind::kBool);
      expr.number = in_.Take().text == "true" ? 1 : 0;
      return in_.Add(std::move(expr));
    }
    if (in_.Is("opaque")) return OneArgument(ExprKind::kOpaque, {});
    if (in_.Is("i32")) {
      return OneArgument(ExprKind::kCast, {.kind = TypeKind::kI32});
    }
    if (in_.Is("i64")) {
      return OneArgument(ExprKind::kCast, {.kind = TypeKind::kI64});
    }
    return Name();
  }

  uint32_t String() {
    Expr expr = Begin(ExprKind::kString);
    Module& module = in_.module();
    expr.index = static_cast<uint32_t>(module.strings.size());
    module.strings.push_back(in_.Take().text);
    return in_.Add(std::move(expr));
  }

  uint32_t OneArgument(ExprKind kind, Type type) {
    Expr expr = Begin(kind);
    expr.type = type;
    in_.Take();
    in_.Expect("(");
    expr.args = {Reader(in_, true).Binary(1)};
    in_.Expect(")");
    return in_.Add(std::move(expr));
  }

  uint32_t Array() {
    Expr expr = Begin(ExprKind::kArray);
    in_.Expect("[");
    while (!in_.is_failed() && !in_.Is("]")) {
      expr.args.push_back(Reader(in_, true).Binary(1));
      if (expr.args.size() == 1 && in_.Accept(";")) {
        expr.kind = ExprKind::kArrayRepeat;
        expr.number = in_.ExpectNumber("a length", kArrayLengthMax);
        break;
      }
      if (!in_.Accept(",")) break;
    }
    in_.Expect("]");
    return in_.Add(std::move(expr));
  }

  uint32_t Name() {
    Expr expr = Begin(ExprKind::kName);
    expr.symbol = in_.ExpectName("an expression");
    if (in_.Accept("::")) {
      expr.kind = ExprKind::kVariant;
      expr.second_symbol = in_.ExpectName("the name of a variant");
      if (in_.Is("(")) Arguments(expr);
    } else if (in_.Is("(")) {
      expr.kind = ExprKind::kCall;
      Arguments(expr);
    } else if (with_structs_ && in_.Is("{")) {
      Fields(expr);
    }
    return in_.Add(std::move(expr));
  }

  void Fields(Expr& expr) {
    expr.kind = ExprKind::kStruct;
    in_.Expect("{");
    while (!in_.is_failed() && !in_.Is("}")) {
      expr.names.push_back(in_.ExpectName("the name of a field"));
      in_.Expect(":");
      expr.args.push_back(Reader(in_, true).Binary(1));
      if (!in_.Accept(",")) break;
    }
    in_.Expect("}");
  }

  TokenStream& in_;
  bool with_structs_;
};

}  // namespace

uint32_t ParseExpression(TokenStream& in, bool with_structs) {
  return Reader(in, with_structs).Binary(1);
}

}  // namespace fozzy::compiler
