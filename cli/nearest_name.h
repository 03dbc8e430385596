// Guesses what someone meant who misspelt a name.
#ifndef FOZZY_CLI_NEAREST_NAME_H_
#define FOZZY_CLI_NEAREST_NAME_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace fozzy {

// Returns the candidate with the fewest edits to `name`, the first of several,
// or "" if none is near: over a third of the name, and at least 2, edits away.
absl::string_view NearestName(absl::string_view name,
                              const std::vector<absl::string_view>& candidates);

// Returns ", did you mean X?" for the nearest candidate, or "".
std::string DidYouMean(absl::string_view name,
                       const std::vector<absl::string_view>& candidates);

}  // namespace fozzy

#endif  // FOZZY_CLI_NEAREST_NAME_H_
