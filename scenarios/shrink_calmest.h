// The run with a finding that differs least from the calmest one.
#ifndef FOZZY_SCENARIOS_SHRINK_CALMEST_H_
#define FOZZY_SCENARIOS_SHRINK_CALMEST_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "sim/search/subject.h"

namespace fozzy {

struct CalmestOptions {
  std::string signature = {};  // of the finding
  uint64_t runs_max = 10'000;
  std::function<bool()> is_time_up = {};  // empty: never
};

struct CalmestReport {
  std::optional<RecordedRun> run;  // nothing: it was not found
  uint64_t runs = 0;
};

// Runs `subject` with no answer other than 0, then with one, then with two and
// so on, until a run has the finding.  Shrinking alone does not get there where
// answers are places in a line: a message that is taken out of it moves all
// others, and each change by itself loses the finding.
//
// Questions with more than 256 answers are answered 0.  Requires that no task
// is asked for.
//
// Source: Harvey, Ginsberg, "Limited Discrepancy Search", IJCAI 1995.
CalmestReport FindCalmest(Subject& subject, const CalmestOptions& options);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_SHRINK_CALMEST_H_
