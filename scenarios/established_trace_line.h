// The lines that show what a trace of the established tool has recorded.
#ifndef FOZZY_SCENARIOS_ESTABLISHED_TRACE_LINE_H_
#define FOZZY_SCENARIOS_ESTABLISHED_TRACE_LINE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "scenarios/json.h"

namespace fozzy {

// Returns `decision KIND NAME=VALUE...` for `decision`, an object of `source`
// with a "kind", a text.  Values are compact JSON.  A kind or name that is not
// one plain word is shown as `source` has it, in quotes, so that what a trace
// holds cannot look like another line.
std::string DecisionLine(const JsonNode& decision, absl::string_view source);

// An event: when, the text that is its name, and an object, or null.
struct EventNodes {
  uint64_t time_ms = 0;
  JsonNode name;
  JsonNode fields;
};

// Returns `@120ms NAME {...}`; without fields, `@120ms NAME`.
std::string EventLine(const EventNodes& event, absl::string_view source);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_ESTABLISHED_TRACE_LINE_H_
