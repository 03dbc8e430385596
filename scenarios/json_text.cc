#include "scenarios/json_text.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "scenarios/json_utf8.h"

namespace fozzy {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool IsPlain(char c) {
  const uint8_t byte = static_cast<uint8_t>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

void AppendEscaped(char c, std::string& output) {
  constexpr absl::string_view kLong = "\"\\\b\f\n\r\t";
  constexpr absl::string_view kShort = "\"\\bfnrt";
  const size_t at = kLong.find(c);
  if (at == absl::string_view::npos) {
    absl::StrAppend(&output, "\\u",
                    absl::Hex(static_cast<uint8_t>(c), absl::kZeroPad4));
  } else {
    output += '\\';
    output += kShort[at];
  }
}

}  // namespace

void AppendJsonText(absl::string_view text, std::string& output) {
  output += '"';
  size_t at = 0;
  while (at < text.size()) {
    size_t end = at;
    while (end < text.size() && IsPlain(text[end])) ++end;
    output.append(text.data() + at, end - at);
    at = end;
    if (at == text.size()) break;
    if (static_cast<uint8_t>(text[at]) < 0x80) {
      AppendEscaped(text[at++], output);
      continue;
    }
    const size_t size = Utf8SequenceSize(text, at);
    absl::StrAppend(&output, size == 0 ? kReplacement : text.substr(at, size));
    at += size == 0 ? 1 : size;
  }
  output += '"';
}

}  // namespace fozzy
