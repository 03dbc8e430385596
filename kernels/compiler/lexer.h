// Cuts a source text into tokens.
#ifndef FOZZY_KERNELS_COMPILER_LEXER_H_
#define FOZZY_KERNELS_COMPILER_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "kernels/compiler/position.h"

namespace fozzy::compiler {

inline constexpr size_t kSourceBytesMax = size_t{1} << 20;
inline constexpr size_t kNameBytesMax = 128;

enum class TokenKind : uint8_t { kEnd, kName, kInteger, kString, kPunctuation };

// One token.  `text` is the name, the decoded bytes of a string, or the
// punctuation ("=>" say); `number` the value of an integer, up to 2^63.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  Position at;
  std::string text;
  uint64_t number = 0;
};

// Returns how `token` is called in messages: "'=>'", "name 'x'", "end of text".
std::string TokenName(const Token& token);

// Returns the tokens of `source`, the last being kEnd.  Reports to `problem` a
// text that is too long, bytes that begin no token, strings without end,
// escapes other than \n \t \\ \", integers above 2^63, and names over 128
// bytes; what is returned is of no use then.
std::vector<Token> Lex(absl::string_view source, Problem& problem);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_LEXER_H_
