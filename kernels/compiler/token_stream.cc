#include "kernels/compiler/token_stream.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "kernels/compiler/parser.h"

namespace fozzy::compiler {
namespace {

constexpr absl::string_view kKeywords[] = {
    "break",  "continue", "else",   "enum",   "false", "fn",
    "for",    "host",     "if",     "in",     "let",   "match",
    "opaque", "return",   "shared", "struct", "true",  "var",
    "while",  "i32",      "i64",    "bool",   "str",   "_"};

bool IsKeyword(absl::string_view text) {
  return std::find(std::begin(kKeywords), std::end(kKeywords), text) !=
         std::end(kKeywords);
}

}  // namespace

TokenStream::TokenStream(absl::string_view source, Module& module,
                         Problem& problem)
    : tokens_(Lex(source, problem)), module_(module), problem_(problem) {
  if (tokens_.empty()) tokens_.emplace_back();
  if (problem.is_set()) next_ = tokens_.size() - 1;
}

const Token& TokenStream::Look(size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

Token TokenStream::Take() {
  Token token = Look();
  if (next_ + 1 < tokens_.size()) ++next_;
  return token;
}

bool TokenStream::Is(absl::string_view text) const {
  const Token& token = Look();
  return (token.kind == TokenKind::kPunctuation ||
          token.kind == TokenKind::kName) &&
         token.text == text;
}

bool TokenStream::Accept(absl::string_view text) {
  if (is_failed() || !Is(text)) return false;
  Take();
  return true;
}

void TokenStream::Expect(absl::string_view text) {
  if (!Accept(text)) Fail(absl::StrCat("'", text, "'"));
}

uint32_t TokenStream::ExpectName(absl::string_view what) {
  if (Look().kind != TokenKind::kName || IsKeyword(Look().text)) {
    Fail(what);
    return kNone;
  }
  return Symbol(Take().text);
}

uint32_t TokenStream::ExpectNumber(absl::string_view what, uint32_t max) {
  if (Look().kind != TokenKind::kInteger || Look().number > max) {
    Fail(absl::StrCat(what, " from 0 to ", max));
    return 0;
  }
  return static_cast<uint32_t>(Take().number);
}

void TokenStream::Fail(absl::string_view what) {
  FailAt(at(), absl::StrCat("expected ", what, ", found ", TokenName(Look())));
}

void TokenStream::FailAt(Position at, std::string message) {
  problem_.Report(at, std::move(message));
  next_ = tokens_.size() - 1;
}

uint32_t TokenStream::Symbol(const std::string& text) {
  const auto [place, is_new] =
      symbols_.emplace(text, static_cast<uint32_t>(module_.symbols.size()));
  if (is_new) module_.symbols.push_back(text);
  return place->second;
}

uint32_t TokenStream::Add(Expr expr) {
  uint32_t depth = 1;
  for (const uint32_t arg : expr.args) {
    depth = std::max(depth, depths_[arg] + 1);
  }
  if (depth > kExprDepthMax) {
    FailAt(expr.at,
           absl::StrCat("an expression nested over ", kExprDepthMax, " deep"));
  }
  if (module_.exprs.size() >= kExprsMax) {
    FailAt(expr.at, absl::StrCat("more than ", kExprsMax, " expressions"));
  }
  depths_.push_back(depth);
  module_.exprs.push_back(std::move(expr));
  return static_cast<uint32_t>(module_.exprs.size() - 1);
}

uint32_t TokenStream::Add(Stmt stmt) {
  module_.stmts.push_back(std::move(stmt));
  return static_cast<uint32_t>(module_.stmts.size() - 1);
}

void TokenStream::Enter() {
  if (++nesting_ > kNestingMax) {
    FailAt(at(), absl::StrCat("nested over ", kNestingMax, " deep"));
  }
}

}  // namespace fozzy::compiler
