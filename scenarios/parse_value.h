// From JSON values to the values of steps.
#ifndef FOZZY_SCENARIOS_PARSE_VALUE_H_
#define FOZZY_SCENARIOS_PARSE_VALUE_H_

#include "absl/strings/string_view.h"
#include "scenarios/json.h"
#include "scenarios/scenario_arena.h"
#include "scenarios/step.h"

namespace fozzy {

// Says what a field of `type` holds: "an integer from 0 to 65535".
absl::string_view ExpectedOf(FieldType type);

// A value that does not fit.
struct Misfit {
  const JsonNode* node = nullptr;  // the value, or an item of it; null if none
  absl::string_view expected;
};

// Reads `node`, which is not null, into `value`.  Lists go into `arena`; a
// kTextMap is sorted by key, and of equal keys the last one counts.  kSteps is
// not for this function, and whether a kDuration is one is not looked at.
Misfit ReadValue(FieldType type, const JsonNode& node, absl::string_view source,
                 ScenarioArena& arena, Value& value);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_PARSE_VALUE_H_
