// What a search, a shrinker or a mutator works on: something that can be run
// under a strategy, again and again.
#ifndef FOZZY_SIM_SEARCH_SUBJECT_H_
#define FOZZY_SIM_SEARCH_SUBJECT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "fozzy/decision.h"
#include "fozzy/finding.h"
#include "fozzy/strategy.h"
#include "sim/base/digest.h"
#include "sim/core/keyed_answers.h"

namespace fozzy {

// A run as a list of answers, in both forms that can be repeated.
struct RecordedRun {
  // In the order they were given, for StrictReplayStrategy.
  std::vector<Decision> decisions;
  // The same for LenientReplayStrategy: who ran for how many schedule points
  // at which there was a choice, and all other answers, sorted by key.
  std::vector<Segment> schedule;
  std::vector<KeyedAnswer> answers;
  // answers[i] was one of 0..lasts[i].
  std::vector<uint64_t> lasts;
};

// What came of a run.
struct RunOutcome {
  std::optional<Finding> finding;  // nothing: it passed
  Digest digest;                   // of decisions, ops, events
  uint64_t points = 0;             // schedule points
  bool is_abandoned = false;       // by the strategy; see kAbandon
  bool is_forced = false;          // nothing was open: there is no other run
};

// A body or a scenario, set up and ready.
class Subject {
 public:
  virtual ~Subject() = default;

  // Runs once from the beginning.  `strategy` has begun its run and is not
  // ended here.  Same answers, same outcome.  Fills `recorded` unless it is
  // null, which is much cheaper.
  virtual RunOutcome Run(Strategy& strategy, RecordedRun* recorded) = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SUBJECT_H_
