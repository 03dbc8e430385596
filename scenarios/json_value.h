// JSON texts as values: equality, and one way to write each.
#ifndef FOZZY_SCENARIOS_JSON_VALUE_H_
#define FOZZY_SCENARIOS_JSON_VALUE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// Whether `text` is a JSON text.
bool IsJson(absl::string_view text);

// Returns JSON text `text` without white space, keys sorted by bytes (of equal
// ones the last counts), escapes only where they must be, integers of up to 64
// bits as they are, and other numbers as the shortest that reads the same:
// `1.0`, `0.00001`, `1e-6`, `1e16`.  Requires that it is JSON.
// Source: what serde_json and ryu write, which scenario files expect.
std::string CanonicalJson(absl::string_view text);

// Whether JSON texts `a` and `b` are the same value: 1 and 1.0 are not, 0.0
// and -0.0 are.  Requires that both are JSON.
bool JsonEqual(absl::string_view a, absl::string_view b);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_JSON_VALUE_H_
