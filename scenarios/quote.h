// Texts inside the messages of findings.
#ifndef FOZZY_SCENARIOS_QUOTE_H_
#define FOZZY_SCENARIOS_QUOTE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// Returns `text` in double quotes, with `"`, `\`, newline, tab and NUL escaped.
std::string Quote(absl::string_view text);

// Returns `Some("text")`, or `None` for null: how the format shows a value
// that may be missing.
std::string QuoteFound(const std::string* text);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_QUOTE_H_
