#include "kernels/compiler/text_ops.h"

#include <cstring>

namespace fozzy::compiler {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Returns the first place of `part`, which is not empty, at or after `start`,
// or the size of `text`.
size_t FindFrom(absl::string_view text, absl::string_view part, size_t start) {
  const char* const end = text.data() + text.size();
  const char* at = text.data() + start;
  while (static_cast<size_t>(end - at) >= part.size()) {
    const size_t room = static_cast<size_t>(end - at) - part.size() + 1;
    at = static_cast<const char*>(std::memchr(at, part.front(), room));
    if (at == nullptr) break;
    if (std::memcmp(at, part.data(), part.size()) == 0) {
      return static_cast<size_t>(at - text.data());
    }
    ++at;
  }
  return text.size();
}

}  // namespace

absl::string_view Trimmed(absl::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

size_t ReplacedSize(absl::string_view text, absl::string_view from,
                    absl::string_view to) {
  if (from.empty() || from.size() == to.size()) return text.size();
  size_t count = 0;
  for (size_t at = FindFrom(text, from, 0); at < text.size();
       at = FindFrom(text, from, at + from.size())) {
    ++count;
  }
  return text.size() - count * from.size() + count * to.size();
}

void ReplaceInto(absl::string_view text, absl::string_view from,
                 absl::string_view to, char* out) {
  if (from.size() == 1 && to.size() == 1) {
    for (const char c : text) *out++ = c == from.front() ? to.front() : c;
    return;
  }
  size_t start = 0;
  while (start < text.size()) {
    const size_t at = from.empty() ? text.size() : FindFrom(text, from, start);
    std::memcpy(out, text.data() + start, at - start);
    out += at - start;
    if (at == text.size()) return;
    if (!to.empty()) std::memcpy(out, to.data(), to.size());
    out += to.size();
    start = at + from.size();
  }
}

bool Contains(absl::string_view text, absl::string_view part) {
  if (part.empty()) return true;
  return FindFrom(text, part, 0) < text.size();
}

}  // namespace fozzy::compiler
