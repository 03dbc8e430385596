#include "cli/nearest_name.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"

namespace fozzy {
namespace {

// Names longer than this are nobody's typing error.
constexpr size_t kNameSizeMax = 64;

// Source: Wagner and Fischer, "The String-to-String Correction Problem", 1974,
// keeping one row of the matrix.
size_t EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t substitution = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substitution, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

absl::string_view NearestName(
    absl::string_view name, const std::vector<absl::string_view>& candidates) {
  if (name.size() > kNameSizeMax) return {};
  size_t best = std::max<size_t>(2, name.size() / 3) + 1;
  absl::string_view nearest;
  for (const absl::string_view candidate : candidates) {
    const size_t distance = EditDistance(name, candidate);
    if (distance >= best) continue;
    best = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string DidYouMean(absl::string_view name,
                       const std::vector<absl::string_view>& candidates) {
  const absl::string_view nearest = NearestName(name, candidates);
  if (nearest.empty()) return {};
  return absl::StrCat(", did you mean ", nearest, "?");
}

}  // namespace fozzy
