// What the parts of the parser share: the tokens, the module being filled, and
// the limits.
#ifndef FOZZY_KERNELS_COMPILER_TOKEN_STREAM_H_
#define FOZZY_KERNELS_COMPILER_TOKEN_STREAM_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "kernels/compiler/ast.h"
#include "kernels/compiler/lexer.h"
#include "kernels/compiler/position.h"

namespace fozzy::compiler {

// Once a problem is reported, the stream is at its end: loops over tokens stop.
class TokenStream {
 public:
  // Both must outlive this.
  TokenStream(absl::string_view source, Module& module, Problem& problem);

  const Token& Look(size_t ahead = 0) const;
  Position at() const { return Look().at; }
  Token Take();

  // Whether the next token is this punctuation or keyword.
  bool Is(absl::string_view text) const;
  // Takes it if it is.
  bool Accept(absl::string_view text);
  // Takes it, or reports that it was expected.
  void Expect(absl::string_view text);
  // Takes a name that is no keyword and returns its symbol.
  uint32_t ExpectName(absl::string_view what);
  // Takes an integer from 0 to `max`.
  uint32_t ExpectNumber(absl::string_view what, uint32_t max);
  // Reports that `what` was expected here.
  void Fail(absl::string_view what);
  void FailAt(Position at, std::string message);

  bool is_failed() const { return problem_.is_set(); }
  Module& module() { return module_; }

  // Returns the number of `text` in Module::symbols.
  uint32_t Symbol(const std::string& text);

  // Adds a node; its arguments must have been added.  Returns its index.
  uint32_t Add(Expr expr);
  uint32_t Add(Stmt stmt);

  // Nesting of blocks and brackets; Enter reports when it is too deep.
  void Enter();
  void Leave() { --nesting_; }

 private:
  std::vector<Token> tokens_;
  size_t next_ = 0;
  uint32_t nesting_ = 0;
  std::vector<uint32_t> depths_;  // of the expressions
  std::map<std::string, uint32_t> symbols_;
  Module& module_;
  Problem& problem_;
};

// Reads a type as written.
TypeName ParseType(TokenStream& in);

// Reads an expression; struct literals only if `with_structs`, as a brace
// after a condition begins a block.  Returns its index.
uint32_t ParseExpression(TokenStream& in, bool with_structs = true);

// Reads statements in braces.
std::vector<uint32_t> ParseBlock(TokenStream& in);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_TOKEN_STREAM_H_
