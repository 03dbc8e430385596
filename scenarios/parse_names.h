// Guessing which name was meant.
#ifndef FOZZY_SCENARIOS_PARSE_NAMES_H_
#define FOZZY_SCENARIOS_PARSE_NAMES_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace fozzy {

// Returns which of `names` is most like `written`, the first of them if there
// are several; "" if none is like it.  Alike are names that become equal by at
// most two letters added, removed, changed or swapped with a neighbour, by
// fewer if the names are short.
absl::string_view NearestName(absl::string_view written,
                              const std::vector<absl::string_view>& names);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_PARSE_NAMES_H_
