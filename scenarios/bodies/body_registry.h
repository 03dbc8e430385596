// Which bodies this program has.
#ifndef FOZZY_SCENARIOS_BODIES_BODY_REGISTRY_H_
#define FOZZY_SCENARIOS_BODIES_BODY_REGISTRY_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace fozzy {

struct RegisteredBody {
  std::string name;  // "Suite.Name"
  std::function<void()> body;
};

// Adds a body; of two with one name the first counts.  Before main, or alone.
void RegisterBody(std::string name, std::function<void()> body);

// Returns all of them, sorted by name.
const std::vector<RegisteredBody>& RegisteredBodies();

// Returns the body of that name, or null.
const RegisteredBody* FindBody(absl::string_view name);

// Whether `name` fits `filter`: patterns with * and ?, separated by ':', and
// after a '-' those that are not meant, as GoogleTest has it.  An empty filter
// fits all.
bool FitsFilter(absl::string_view name, absl::string_view filter);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_BODY_REGISTRY_H_
