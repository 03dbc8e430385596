// Numbers as JSON writes them.
#ifndef FOZZY_SCENARIOS_JSON_NUMBER_H_
#define FOZZY_SCENARIOS_JSON_NUMBER_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// An integer as written: digits, maybe after a minus.
struct JsonInteger {
  bool is_negative = false;
  uint64_t magnitude = 0;
};

// Returns number `text` if it is an integer of at most 64 bits.  `-0`, `1.0`
// and `1e2` are none.
std::optional<JsonInteger> ReadJsonInteger(absl::string_view text);

// Returns number `text`, rounded to nearest; nothing if it is out of range.
std::optional<double> ReadJsonDouble(absl::string_view text);

// Appends floating-point `number`, not infinite, as the shortest text that
// reads the same: `1.0`, `0.00001`, `1e-6`, `1e16`, `-0.0`. Source: the layout
// of ryu's pretty printer, which serde_json uses.
void AppendJsonDouble(double number, std::string& output);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_JSON_NUMBER_H_
