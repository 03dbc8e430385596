// UTF-8, as JSON texts must be.
#ifndef FOZZY_SCENARIOS_JSON_UTF8_H_
#define FOZZY_SCENARIOS_JSON_UTF8_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace fozzy {

// Returns how many bytes the well-formed UTF-8 sequence at `text[at]` takes,
// 1 to 4; 0 if there is none.  Requires `at < text.size()`.
// Source: Unicode Standard 15.0, table 3-7.
size_t Utf8SequenceSize(absl::string_view text, size_t at);

// Returns how many bytes at the start of `text` are well-formed UTF-8:
// `text.size()` if all are.
size_t ValidUtf8Prefix(absl::string_view text);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_JSON_UTF8_H_
