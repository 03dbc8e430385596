#include "cli/xml_text.h"

#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "scenarios/json_utf8.h"

namespace fozzy {
namespace {

constexpr absl::string_view kReplacement = "\xef\xbf\xbd";

// Returns the size of the character at the start of `text`, or 0 if it is none
// that XML can hold.
// Source: XML 1.0, production Char.
size_t CharSize(absl::string_view text) {
  const auto byte = static_cast<unsigned char>(text[0]);
  if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return 0;
  if (absl::StartsWith(text, "\xef\xbf\xbe")) return 0;  // U+FFFE
  if (absl::StartsWith(text, "\xef\xbf\xbf")) return 0;  // U+FFFF
  return Utf8SequenceSize(text, 0);
}

// Returns what stands for an ASCII character, or "" for itself.
absl::string_view Entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    default:
      return "";
  }
}

}  // namespace

std::string EscapeXml(absl::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const size_t size = CharSize(text);
    const absl::string_view entity = Entity(text[0]);
    if (size == 0) {
      absl::StrAppend(&escaped, kReplacement);
    } else if (!entity.empty()) {
      absl::StrAppend(&escaped, entity);
    } else {
      absl::StrAppend(&escaped, text.substr(0, size));
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return escaped;
}

}  // namespace fozzy
