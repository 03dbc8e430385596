#include "scenarios/parse_names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace fozzy {
namespace {

constexpr size_t kNameBytesMax = 63;
constexpr size_t kDistanceMax = 2;

using Row = std::array<size_t, kNameBytesMax + 1>;

// Returns by how many letters added, removed, changed or swapped with their
// neighbour `a` and `b` differ.
// Source: Damerau, "A technique for computer detection and correction of
// spelling errors", 1964, in its restricted form.
size_t Distance(absl::string_view a, absl::string_view b) {
  Row before_last = {};
  Row last = {};
  Row row = {};
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    before_last = last;
    last = row;
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, changed});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

}  // namespace

absl::string_view NearestName(absl::string_view written,
                              const std::vector<absl::string_view>& names) {
  absl::string_view nearest;
  size_t least = kDistanceMax + 1;
  if (written.size() > kNameBytesMax) return nearest;
  for (const absl::string_view name : names) {
    if (name.size() > kNameBytesMax) continue;
    const size_t allowed = std::max(written.size(), name.size()) / 3;
    const size_t distance = Distance(written, name);
    if (distance <= allowed && distance < least) {
      least = distance;
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace fozzy
