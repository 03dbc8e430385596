#include "sim/search/property_sums.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace fozzy {
namespace {

// The order of KnownProperties.
auto KeyOf(const Property& property) {
  return std::make_tuple(std::string_view(property.site.file),
                         property.site.line, property.kind,
                         std::string_view(property.text));
}

bool IsBefore(const Property& a, const Property& b) {
  return KeyOf(a) < KeyOf(b);
}

}  // namespace

PropertySums::PropertySums() : known_(KnownProperties()) {
  for (uint64_t place = 0; place < known_.size(); ++place) {
    sums_.push_back({.place = place});
  }
}

void PropertySums::Add(const PropertyLog& log) {
  for (const PropertyLog::Count& count : log.counts()) {
    const auto known = std::lower_bound(known_.begin(), known_.end(),
                                        count.property, IsBefore);
    if (known == known_.end() || KeyOf(*known) != KeyOf(count.property)) {
      continue;
    }
    PropertyCount& sum = sums_[static_cast<size_t>(known - known_.begin())];
    sum.reached += count.reached;
    sum.held += count.held;
  }
}

std::vector<PropertyCount> PropertySums::Take() {
  std::vector<PropertyCount> taken;
  for (PropertyCount& sum : sums_) {
    if (sum.reached > 0) taken.push_back(sum);
    sum = {.place = sum.place};
  }
  return taken;
}

}  // namespace fozzy
