// Texts as JSON writes them.
#ifndef FOZZY_SCENARIOS_JSON_TEXT_H_
#define FOZZY_SCENARIOS_JSON_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// Appends `text` in quotes, escaped where it must be: '"', '\\' and control
// characters below 0x20.  Bytes that are not UTF-8 become U+FFFD, one for each.
void AppendJsonText(absl::string_view text, std::string& output);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_JSON_TEXT_H_
