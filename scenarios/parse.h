// Scenario files into scenarios.
#ifndef FOZZY_SCENARIOS_PARSE_H_
#define FOZZY_SCENARIOS_PARSE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "scenarios/problem.h"
#include "scenarios/scenario.h"

namespace fozzy {

// What became of a file.
struct ParseOutcome {
  // There unless a problem is a kError.
  std::optional<Scenario> scenario;

  // The heaviest first, then by position.  Of a file that cannot be understood
  // only the first error; else up to 100 of the static check.  Up to 1000
  // warnings, then one that says how many more there are.
  std::vector<Problem> problems;

  // What the file is, as far as that could be told.
  std::optional<ScenarioVariant> variant;
};

// Reads `source`, the bytes of the file at `path` (for messages only).
//
// The variant follows from the members of the document, in this order: "steps"
// that can be understood, "suites" (an error: not supported), "distributed".
// "steps" beside "distributed" is an error.  null is the same as absent for
// fields that may be left out.  Unknown fields are warnings; a known one twice
// is an error, and so is a version other than 1.
ParseOutcome ParseScenario(std::string path, std::string source,
                           const ParseTables& tables);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_PARSE_H_
