// Guesses, as the end of a message.
#ifndef FOZZY_CLI_DID_YOU_MEAN_H_
#define FOZZY_CLI_DID_YOU_MEAN_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace fozzy {

// Returns ", did you mean X?" for the one of `names` that is like `written`,
// or "" if none is.
std::string DidYouMean(absl::string_view written,
                       const std::vector<absl::string_view>& names);

}  // namespace fozzy

#endif  // FOZZY_CLI_DID_YOU_MEAN_H_
