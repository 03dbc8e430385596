#include "scenarios/bodies/body_registry.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_split.h"

namespace fozzy {
namespace {

// Made when it is first used: tests register themselves before main.
std::vector<RegisteredBody>& Bodies() {
  static auto* const bodies = new std::vector<RegisteredBody>;
  return *bodies;
}

bool IsBefore(const RegisteredBody& body, absl::string_view name) {
  return body.name < name;
}

bool FitsPattern(absl::string_view name, absl::string_view pattern) {
  size_t at = 0;
  size_t next = 0;
  // Where to go on if what follows the last star does not fit.
  size_t star = absl::string_view::npos;
  size_t retry = 0;
  while (at < name.size()) {
    if (next < pattern.size() && pattern[next] == '*') {
      star = next++;
      retry = at;
    } else if (next < pattern.size() &&
               (pattern[next] == '?' || pattern[next] == name[at])) {
      ++next;
      ++at;
    } else if (star != absl::string_view::npos) {
      next = star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  while (next < pattern.size() && pattern[next] == '*') ++next;
  return next == pattern.size();
}

bool FitsAny(absl::string_view name, absl::string_view patterns) {
  for (const absl::string_view pattern : absl::StrSplit(patterns, ':')) {
    if (FitsPattern(name, pattern)) return true;
  }
  return false;
}

}  // namespace

void RegisterBody(std::string name, std::function<void()> body) {
  std::vector<RegisteredBody>& bodies = Bodies();
  const auto place =
      std::lower_bound(bodies.begin(), bodies.end(), name, IsBefore);
  if (place != bodies.end() && place->name == name) return;
  bodies.insert(place, {std::move(name), std::move(body)});
}

const std::vector<RegisteredBody>& RegisteredBodies() { return Bodies(); }

const RegisteredBody* FindBody(absl::string_view name) {
  const std::vector<RegisteredBody>& bodies = Bodies();
  const auto place =
      std::lower_bound(bodies.begin(), bodies.end(), name, IsBefore);
  return place != bodies.end() && place->name == name ? &*place : nullptr;
}

bool FitsFilter(absl::string_view name, absl::string_view filter) {
  const size_t minus = filter.find('-');
  const absl::string_view wanted = filter.substr(0, minus);
  if (!wanted.empty() && !FitsAny(name, wanted)) return false;
  return minus == absl::string_view::npos ||
         !FitsAny(name, filter.substr(minus + 1));
}

}  // namespace fozzy
