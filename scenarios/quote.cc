#include "scenarios/quote.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace fozzy {

std::string Quote(absl::string_view text) {
  const absl::string_view nul("\0", 1);
  return absl::StrCat("\"",
                      absl::StrReplaceAll(text, {{"\"", "\\\""},
                                                 {"\\", "\\\\"},
                                                 {"\n", "\\n"},
                                                 {"\t", "\\t"},
                                                 {nul, "\\0"}}),
                      "\"");
}

std::string QuoteFound(const std::string* text) {
  if (text == nullptr) return "None";
  return absl::StrCat("Some(", Quote(*text), ")");
}

}  // namespace fozzy
