#include "scenarios/http_headers.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "scenarios/quote.h"

namespace fozzy {

absl::StatusOr<HttpHeaders> ReadHeaders(const Step& step, size_t field) {
  HttpHeaders headers;
  const std::span<const Value> items = step.items(field);
  for (size_t i = 0; i + 1 < items.size(); i += 2) {
    const absl::string_view name(items[i].text, items[i].size);
    const absl::string_view value(items[i + 1].text, items[i + 1].size);
    const absl::string_view trimmed = absl::StripAsciiWhitespace(name);
    if (trimmed.empty()) {
      return absl::InvalidArgumentError("http header name cannot be empty");
    }
    if (name.find_first_of("\r\n") != name.npos ||
        value.find_first_of("\r\n") != value.npos) {
      return absl::InvalidArgumentError(absl::StrCat(
          "http header contains forbidden newline: ", Quote(name)));
    }
    headers.emplace_back(absl::AsciiStrToLower(trimmed), std::string(value));
  }
  return headers;
}

const std::string* FindHeader(const HttpHeaders& headers,
                              absl::string_view name,
                              absl::string_view wanted) {
  const std::string* found = nullptr;
  for (const auto& [key, value] : headers) {
    if (key != name) continue;
    found = &value;
    if (value == wanted) break;
  }
  return found;
}

}  // namespace fozzy
