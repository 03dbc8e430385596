// Durations as scenario files and flags write them.
#ifndef FOZZY_SCENARIOS_DURATION_H_
#define FOZZY_SCENARIOS_DURATION_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sim/virtual_clock.h"

namespace fozzy {

// How a duration is written, for messages.
inline constexpr absl::string_view kDurationExpected =
    "a duration such as \"10ms\": digits, then ms, s, m or h";

// Reads white space (Unicode's), ASCII digits, a unit (ms, s, m, h), white
// space.  What is above the largest time in milliseconds is that time.
// Errors: INVALID_ARGUMENT for anything else, and for a number above 2^64 - 1.
absl::StatusOr<Millis> ParseDuration(absl::string_view text);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_DURATION_H_
