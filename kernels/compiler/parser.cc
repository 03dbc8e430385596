#include "kernels/compiler/parser.h"

#include <utility>

#include "kernels/compiler/token_stream.h"

namespace fozzy::compiler {
namespace {

uint32_t ParseStatement(TokenStream& in);

Stmt Begin(TokenStream& in, StmtKind kind) {
  Stmt stmt;
  stmt.kind = kind;
  stmt.at = in.at();
  return stmt;
}

uint32_t ParseLet(TokenStream& in) {
  Stmt stmt = Begin(in, StmtKind::kLet);
  stmt.is_shared = in.Accept("shared");
  stmt.is_mutable = in.Is("var");
  if (!in.Accept("var")) in.Expect("let");
  stmt.symbol = in.ExpectName("the name of a variable");
  if (in.Accept(":")) {
    stmt.has_type = true;
    stmt.type_name = ParseType(in);
  }
  in.Expect("=");
  stmt.value = ParseExpression(in);
  in.Expect(";");
  return in.Add(std::move(stmt));
}

uint32_t ParseIf(TokenStream& in) {
  Stmt stmt = Begin(in, StmtKind::kIf);
  in.Expect("if");
  stmt.value = ParseExpression(in, /*with_structs=*/false);
  stmt.body = ParseBlock(in);
  if (in.Accept("else")) {
    if (in.Is("if")) {
      in.Enter();
      stmt.other = {ParseIf(in)};
      in.Leave();
    } else {
      stmt.other = ParseBlock(in);
    }
  }
  return in.Add(std::move(stmt));
}

uint32_t ParseWhile(TokenStream& in) {
  Stmt stmt = Begin(in, StmtKind::kWhile);
  in.Expect("while");
  stmt.value = ParseExpression(in, /*with_structs=*/false);
  stmt.body = ParseBlock(in);
  return in.Add(std::move(stmt));
}

uint32_t ParseFor(TokenStream& in) {
  Stmt stmt = Begin(in, StmtKind::kFor);
  in.Expect("for");
  stmt.symbol = in.ExpectName("the name of a variable");
  in.Expect("in");
  stmt.value = ParseExpression(in, /*with_structs=*/false);
  in.Expect("..");
  stmt.end = ParseExpression(in, /*with_structs=*/false);
  stmt.body = ParseBlock(in);
  return in.Add(std::move(stmt));
}

void ParseBindings(TokenStream& in, Pattern& pattern) {
  while (!in.is_failed() && !in.Is(")")) {
    pattern.binding_at.push_back(in.at());
    pattern.bindings.push_back(
        in.Accept("_") ? kNone : in.ExpectName("a name to bind"));
    if (!in.Accept(",")) break;
  }
  in.Expect(")");
}

Pattern ParsePattern(TokenStream& in) {
  Pattern pattern;
  if (in.Accept("_")) {
    pattern.is_any = true;
    return pattern;
  }
  const bool is_negative = in.Accept("-");
  if (is_negative || in.Look().kind == TokenKind::kInteger) {
    pattern.is_integer = true;
    const auto number =
        static_cast<int64_t>(in.ExpectNumber("an integer", INT32_MAX));
    pattern.number = is_negative ? -number : number;
    return pattern;
  }
  pattern.symbol = in.ExpectName("a pattern");
  in.Expect("::");
  pattern.second_symbol = in.ExpectName("the name of a variant");
  if (in.Accept("(")) ParseBindings(in, pattern);
  return pattern;
}

uint32_t ParseMatch(TokenStream& in) {
  Stmt stmt = Begin(in, StmtKind::kMatch);
  in.Expect("match");
  stmt.value = ParseExpression(in, /*with_structs=*/false);
  in.Expect("{");
  while (!in.is_failed() && !in.Is("}")) {
    Arm arm;
    arm.at = in.at();
    arm.pattern = ParsePattern(in);
    if (in.Accept("if")) {
      arm.guard = ParseExpression(in, /*with_structs=*/false);
    }
    in.Expect("=>");
    arm.body = ParseBlock(in);
    in.Accept(",");
    stmt.arms.push_back(std::move(arm));
  }
  in.Expect("}");
  return in.Add(std::move(stmt));
}

uint32_t ParseReturn(TokenStream& in) {
  Stmt stmt = Begin(in, StmtKind::kReturn);
  in.Expect("return");
  if (!in.Is(";")) stmt.value = ParseExpression(in);
  in.Expect(";");
  return in.Add(std::move(stmt));
}

uint32_t ParseWord(TokenStream& in, StmtKind kind) {
  Stmt stmt = Begin(in, kind);
  in.Take();
  in.Expect(";");
  return in.Add(std::move(stmt));
}

uint32_t ParseAssignOrCall(TokenStream& in) {
  Stmt stmt = Begin(in, StmtKind::kExpr);
  stmt.value = ParseExpression(in);
  if (in.Accept("=")) {
    stmt.kind = StmtKind::kAssign;
    stmt.target = stmt.value;
    stmt.value = ParseExpression(in);
  }
  in.Expect(";");
  return in.Add(std::move(stmt));
}

uint32_t ParseStatement(TokenStream& in) {
  if (in.Is("let") || in.Is("var") || in.Is("shared")) return ParseLet(in);
  if (in.Is("if")) return ParseIf(in);
  if (in.Is("while")) return ParseWhile(in);
  if (in.Is("for")) return ParseFor(in);
  if (in.Is("match")) return ParseMatch(in);
  if (in.Is("return")) return ParseReturn(in);
  if (in.Is("break")) return ParseWord(in, StmtKind::kBreak);
  if (in.Is("continue")) return ParseWord(in, StmtKind::kContinue);
  return ParseAssignOrCall(in);
}

Field ParseField(TokenStream& in, absl::string_view what) {
  Field field;
  field.symbol = in.ExpectName(what);
  in.Expect(":");
  field.type_name = ParseType(in);
  return field;
}

Variant ParseVariant(TokenStream& in) {
  Variant variant;
  variant.at = in.at();
  variant.symbol = in.ExpectName("the name of a variant");
  if (!in.Accept("(")) return variant;
  while (!in.is_failed() && !in.Is(")")) {
    variant.payload.push_back(ParseType(in));
    if (!in.Accept(",")) break;
  }
  in.Expect(")");
  return variant;
}

void ParseEnum(TokenStream& in) {
  Enum item;
  item.at = in.at();
  in.Expect("enum");
  item.symbol = in.ExpectName("the name of an enum");
  in.Expect("{");
  while (!in.is_failed() && !in.Is("}")) {
    item.variants.push_back(ParseVariant(in));
    if (!in.Accept(",")) break;
  }
  in.Expect("}");
  in.module().enums.push_back(std::move(item));
}

void ParseStruct(TokenStream& in) {
  Struct item;
  item.at = in.at();
  in.Expect("struct");
  item.symbol = in.ExpectName("the name of a struct");
  in.Expect("{");
  while (!in.is_failed() && !in.Is("}")) {
    item.fields.push_back(ParseField(in, "the name of a field"));
    if (!in.Accept(",")) break;
  }
  in.Expect("}");
  in.module().structs.push_back(std::move(item));
}

void ParseFunction(TokenStream& in) {
  Function item;
  item.is_host = in.Accept("host");
  in.Expect("fn");
  item.at = in.at();
  item.symbol = in.ExpectName("the name of a function");
  in.Expect("(");
  while (!in.is_failed() && !in.Is(")")) {
    item.parameters.push_back(ParseField(in, "the name of a parameter"));
    if (!in.Accept(",")) break;
  }
  in.Expect(")");
  if (in.Accept("->")) item.result = ParseType(in);
  if (item.is_host) {
    in.Expect(";");
  } else {
    item.body = ParseBlock(in);
  }
  in.module().functions.push_back(std::move(item));
}

}  // namespace

TypeName ParseType(TokenStream& in) {
  TypeName name;
  name.at = in.at();
  if (in.Accept("i32")) {
    name.type.kind = TypeKind::kI32;
  } else if (in.Accept("i64")) {
    name.type.kind = TypeKind::kI64;
  } else if (in.Accept("bool")) {
    name.type.kind = TypeKind::kBool;
  } else if (in.Accept("str")) {
    name.type.kind = TypeKind::kStr;
  } else if (in.Accept("[")) {
    in.Enter();
    const TypeName element = ParseType(in);
    in.Leave();
    name.name = element.name;
    name.type.element = element.type.kind;
    name.type.kind = TypeKind::kArray;
    if (element.type.kind == TypeKind::kArray) {
      in.FailAt(element.at, "expected a scalar element, found an array");
    }
    in.Expect(";");
    name.type.length = in.ExpectNumber("a length", kArrayLengthMax);
    in.Expect("]");
  } else {
    name.name = in.ExpectName("a type");
  }
  return name;
}

std::vector<uint32_t> ParseBlock(TokenStream& in) {
  std::vector<uint32_t> statements;
  in.Enter();
  in.Expect("{");
  while (!in.Is("}") && in.Look().kind != TokenKind::kEnd) {
    statements.push_back(ParseStatement(in));
  }
  in.Expect("}");
  in.Leave();
  return statements;
}

Module Parse(absl::string_view source, Problem& problem) {
  Module module;
  TokenStream in(source, module, problem);
  while (!in.is_failed() && in.Look().kind != TokenKind::kEnd) {
    if (in.Is("enum")) {
      ParseEnum(in);
    } else if (in.Is("struct")) {
      ParseStruct(in);
    } else if (in.Is("fn") || in.Is("host")) {
      ParseFunction(in);
    } else {
      in.Fail("one of enum struct fn host");
    }
  }
  return module;
}

}  // namespace fozzy::compiler
