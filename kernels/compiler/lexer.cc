#include "kernels/compiler/lexer.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace fozzy::compiler {
namespace {

// Longer ones first: the first that fits is taken.
constexpr absl::string_view kPunctuation[] = {
    "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "->", "=>", "::", "..",
    "+",  "-",  "*",  "/",  "%",  "&",  "|",  "^",  "<",  ">",  "=",  "!",
    "(",  ")",  "[",  "]",  "{",  "}",  ",",  ";",  ":",  "."};

constexpr uint64_t kIntegerMax = uint64_t{1} << 63;

bool IsNameStart(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_';
}

bool IsDigit(char c) {
  return absl::ascii_isdigit(static_cast<unsigned char>(c));
}

// The text that is left and where it is.
class Cursor {
 public:
  Cursor(absl::string_view source, Problem& problem)
      : rest_(source), problem_(problem) {}

  Token Next() {
    SkipBlanks();
    Token token;
    token.at = at_;
    if (rest_.empty()) return token;
    const char first = rest_.front();
    if (IsNameStart(first)) {
      ReadName(token);
    } else if (IsDigit(first)) {
      ReadInteger(token);
    } else if (first == '"') {
      ReadString(token);
    } else {
      ReadPunctuation(token);
    }
    return token;
  }

 private:
  void Skip(size_t count) {
    for (size_t i = 0; i < count; ++i) {
      if (rest_[i] == '\n') {
        ++at_.line;
        at_.column = 0;
      }
      ++at_.column;
    }
    rest_.remove_prefix(count);
  }

  void SkipBlanks() {
    while (!rest_.empty()) {
      if (absl::ascii_isspace(static_cast<unsigned char>(rest_.front()))) {
        Skip(1);
      } else if (rest_.substr(0, 2) == "//") {
        const size_t end = rest_.find('\n');
        Skip(end == absl::string_view::npos ? rest_.size() : end);
      } else {
        return;
      }
    }
  }

  void ReadName(Token& token) {
    size_t size = 1;
    while (size < rest_.size() &&
           (IsNameStart(rest_[size]) || IsDigit(rest_[size]))) {
      ++size;
    }
    if (size > kNameBytesMax) {
      problem_.Report(at_, absl::StrCat("a name of ", size, " bytes, expected ",
                                        "at most ", kNameBytesMax));
    }
    token.kind = TokenKind::kName;
    token.text = std::string(rest_.substr(0, size));
    Skip(size);
  }

  void ReadInteger(Token& token) {
    token.kind = TokenKind::kInteger;
    const Position start = at_;
    while (!rest_.empty() && IsDigit(rest_.front())) {
      const auto digit = static_cast<uint64_t>(rest_.front() - '0');
      if (token.number > (kIntegerMax - digit) / 10) {
        problem_.Report(start, "an integer above 9223372036854775808");
        token.number = 0;
      }
      token.number = token.number * 10 + digit;
      Skip(1);
    }
    if (!rest_.empty() && IsNameStart(rest_.front())) {
      problem_.Report(at_, absl::StrCat("expected an integer, found '",
                                        rest_.substr(0, 1), "' in it"));
    }
  }

  void ReadString(Token& token) {
    token.kind = TokenKind::kString;
    const Position start = at_;
    Skip(1);
    while (!rest_.empty() && rest_.front() != '"' && rest_.front() != '\n') {
      if (rest_.front() == '\\') {
        Skip(1);
        ReadEscape(token);
      } else {
        token.text.push_back(rest_.front());
        Skip(1);
      }
      if (problem_.is_set()) return;
    }
    if (rest_.empty() || rest_.front() == '\n') {
      problem_.Report(start, "a string without its closing '\"' on this line");
      return;
    }
    Skip(1);
  }

  void ReadEscape(Token& token) {
    constexpr absl::string_view kNames = "nt\\\"";
    constexpr absl::string_view kBytes = "\n\t\\\"";
    const size_t which =
        rest_.empty() ? absl::string_view::npos : kNames.find(rest_.front());
    if (which == absl::string_view::npos) {
      problem_.Report(at_, "expected one of n t \\ \" after a backslash");
      return;
    }
    token.text.push_back(kBytes[which]);
    Skip(1);
  }

  void ReadPunctuation(Token& token) {
    token.kind = TokenKind::kPunctuation;
    for (const absl::string_view text : kPunctuation) {
      if (rest_.substr(0, text.size()) != text) continue;
      token.text = std::string(text);
      Skip(text.size());
      return;
    }
    const auto byte = static_cast<unsigned char>(rest_.front());
    problem_.Report(at_, absl::StrCat("expected a token, found byte ", byte));
  }

  absl::string_view rest_;
  Position at_;
  Problem& problem_;
};

}  // namespace

std::string TokenName(const Token& token) {
  switch (token.kind) {
    case TokenKind::kEnd:
      return "end of text";
    case TokenKind::kName:
      return absl::StrCat("'", token.text, "'");
    case TokenKind::kInteger:
      return absl::StrCat("integer ", token.number);
    case TokenKind::kString:
      return "a string";
    case TokenKind::kPunctuation:
      return absl::StrCat("'", token.text, "'");
  }
  return "";
}

std::vector<Token> Lex(absl::string_view source, Problem& problem) {
  std::vector<Token> tokens;
  if (source.size() > kSourceBytesMax) {
    problem.Report({},
                   absl::StrCat("a text of ", source.size(),
                                " bytes, expected at most ", kSourceBytesMax));
    return tokens;
  }
  Cursor cursor(source, problem);
  do {
    tokens.push_back(cursor.Next());
  } while (!problem.is_set() && tokens.back().kind != TokenKind::kEnd);
  return tokens;
}

}  // namespace fozzy::compiler
