// What a step or a rule expects of a text.
#ifndef FOZZY_SCENARIOS_TEXT_MATCH_H_
#define FOZZY_SCENARIOS_TEXT_MATCH_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "backends/virtual/rules.h"
#include "scenarios/step_spec.h"

namespace fozzy {

// Where a step says what it expects of one text: the fields for the whole of
// it, for a part of it, and for an RE2 pattern found in it.
struct MatchFields {
  size_t equals;
  size_t contains;
  size_t regex;
};

// Returns what `step` expects.
TextMatcher MatcherOf(const Step& step, const MatchFields& fields);

// Reports an error if the pattern of `step` is none.
void CheckPattern(const Step& step, const MatchFields& fields,
                  CheckReport& report);

// Returns nothing if `text` is as expected, else what is wrong, with excerpts:
// `expected "a", got "b"`.
std::optional<std::string> Mismatch(const TextMatcher& matcher,
                                    absl::string_view text);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_TEXT_MATCH_H_
