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

// Reads the values of one file.
class ValueReader {
 public:
  // Both outlive it.  Lists go into `arena`.
  ValueReader(absl::string_view source, ScenarioArena& arena)
      : source_(source), arena_(arena) {}

  // Reads `node` into `value`.  A kTextMap is sorted by key, and of equal keys
  // the last one counts.  Null is a misfit, kSteps is not for this function,
  // and whether a kDuration is one is not looked at.
  Misfit Read(FieldType type, const JsonNode& node, Value& value);

 private:
  Misfit ReadList(const JsonNode& node, Value& value);
  Misfit ReadMap(const JsonNode& node, Value& value);

  const absl::string_view source_;
  ScenarioArena& arena_;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_PARSE_VALUE_H_
