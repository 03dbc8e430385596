// Findings as one line for people.
#ifndef FOZZY_CLI_FINDING_TEXT_H_
#define FOZZY_CLI_FINDING_TEXT_H_

#include <string>
#include <vector>

#include "cli/summary.h"

namespace fozzy {

// Returns "tests/a.fozzy.json:12:5", as far as it is known, or "".
std::string PlaceText(const FindingDoc& finding);

// Returns "PLACE: assertion/assert_eq_int: MESSAGE (step 3)".
std::string FindingText(const FindingDoc& finding);

// Returns the step that would mend the finding, compact JSON to paste into the
// scenario, or "" if its details suggest none.
std::string SuggestionText(const FindingDoc& finding);

// Returns "reproduce: COMMAND" and "trace: PATH", each unless there is none.
std::vector<std::string> EvidenceLines(const ScenarioResult& result);

}  // namespace fozzy

#endif  // FOZZY_CLI_FINDING_TEXT_H_
