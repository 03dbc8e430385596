// Trying changed lists of answers.
#ifndef FOZZY_SIM_SEARCH_SHRINK_TRIAL_H_
#define FOZZY_SIM_SEARCH_SHRINK_TRIAL_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sim/search/shrink_candidate.h"
#include "sim/search/shrink_measure.h"
#include "sim/search/subject.h"

namespace fozzy {

// What a trial is to reach.
struct Goal {
  std::string signature;  // of the finding
  RunMeasure measure;     // of a run that is simpler than this
  // Longer runs are given up.
  uint64_t points_max = ~uint64_t{0};
};

// What came of a candidate.
struct Trial {
  bool is_reached = false;  // the goal
  // The run came out differently when it was repeated to record it.
  bool is_unstable = false;
  // The rest only if the goal was reached.
  RunMeasure measure;
  RecordedRun recorded;
  RunOutcome outcome;
};

// Runs `candidate`, and once more to record it if that reached `goal`.
Trial TryCandidate(Subject& subject, const Candidate& candidate,
                   const Goal& goal);

// Tries candidates.  Returns a trial for each, in their order; trials after the
// first that reached the goal may be left out.  Free to try them in any order,
// at the same time, in other processes.
using TryCandidates =
    std::function<std::vector<Trial>(std::span<const Candidate>, const Goal&)>;

// Returns what tries candidates one by one, on `subject`, which is not owned.
TryCandidates TryOneByOne(Subject& subject);

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SHRINK_TRIAL_H_
