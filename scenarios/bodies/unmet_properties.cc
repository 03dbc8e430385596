#include "scenarios/bodies/unmet_properties.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace fozzy {

std::string TextOf(const UnmetProperty& property) {
  return absl::StrCat(property.place, " \"", property.text, "\"");
}

Finding NeverReached(const UnmetProperty& property, uint64_t runs) {
  Finding finding;
  finding.kind = FindingKind::kNeverReached;
  finding.title = property.text;
  finding.message =
      absl::StrCat(property.place, ": in ", runs, " runs this ",
                   property.is_tried ? "never held: " : "was never come by: ",
                   property.text);
  return finding;
}

void UnmetProperties::Add(const std::vector<UnmetProperty>& unmet) {
  if (!std::exchange(has_any_, true)) {
    unmet_ = unmet;
    return;
  }
  std::erase_if(unmet_, [&](UnmetProperty& property) {
    const auto same = std::find_if(
        unmet.begin(), unmet.end(), [&](const UnmetProperty& other) {
          return other.place == property.place && other.text == property.text;
        });
    if (same == unmet.end()) return true;
    property.is_tried = property.is_tried || same->is_tried;
    return false;
  });
}

std::vector<UnmetProperty> UnmetProperties::Owed(bool are_all_tests) const {
  std::vector<UnmetProperty> owed = unmet_;
  std::erase_if(owed, [&](const UnmetProperty& property) {
    return !are_all_tests && !property.is_tried;
  });
  return owed;
}

}  // namespace fozzy
