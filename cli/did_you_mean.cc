#include "cli/did_you_mean.h"

#include "absl/strings/str_cat.h"
#include "scenarios/parse_names.h"

namespace fozzy {

std::string DidYouMean(absl::string_view written,
                       const std::vector<absl::string_view>& names) {
  const absl::string_view nearest = NearestName(written, names);
  if (nearest.empty()) return {};
  return absl::StrCat(", did you mean ", nearest, "?");
}

}  // namespace fozzy
