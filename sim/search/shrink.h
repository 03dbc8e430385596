// Makes a failing run small: fewer switches, fewer faults, smaller numbers, and
// still the same finding.
//
//   absl::StatusOr<ShrinkReport> report =
//       Shrink(run, finding, {.try_candidates = TryOneByOne(subject)});
#ifndef FOZZY_SIM_SEARCH_SHRINK_H_
#define FOZZY_SIM_SEARCH_SHRINK_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "fozzy/finding.h"
#include "sim/search/shrink_measure.h"
#include "sim/search/shrink_trial.h"
#include "sim/search/subject.h"

namespace fozzy {

struct ShrinkOptions {
  // How candidates are tried; required.  The result does not depend on how
  // many are tried at the same time.
  TryCandidates try_candidates = {};
  uint64_t runs_max = 20'000;
  // Candidates handed over at a time.  It does not change the result.
  uint64_t batch_max = 16;
  // Whether to stop with what there is; empty: never.  Asked between batches.
  std::function<bool()> is_time_up = {};
  // What may be changed.
  bool shrinks_schedule = true;
  bool shrinks_faults = true;
  bool shrinks_input = true;
};

struct ShrinkReport {
  RecordedRun run;     // the smallest that was found
  RunOutcome outcome;  // of it
  RunMeasure before;
  RunMeasure after;
  // Candidates up to those that were taken.  Recording those again is not
  // counted.
  uint64_t runs = 0;
  // No change that is known makes the run smaller still.  Otherwise the runs
  // or the time were used up.
  bool is_fixpoint = false;
};

// Makes `run`, which led to `finding`, smaller in the order of RunMeasure while
// the signature of the finding stays the same.  Tries one change after the
// other, keeps each that helps, and goes on until none does.
//
// Errors: FAILED_PRECONDITION if `run` does not lead to that finding when it is
// repeated, or if the same answers do not lead to the same run;
// RESOURCE_EXHAUSTED if there was no time, or no run, for that.
//
// Sources: Zeller, Hildebrandt, "Simplifying and Isolating Failure-Inducing
// Input", TSE 2002 (ddmin; here spans are cut from the end, greedily, and
// complements are left out); MacIver, Donaldson, "Test-Case Reduction via
// Test-Case Generation: Insights from the Hypothesis Reducer", ECOOP 2020
// (reduction of the list of choices, what is run is recorded anew); Jalbert,
// Sen, "A Trace Simplification Technique for Effective Debugging of Concurrent
// Programs", FSE 2010 (moving and joining segments of schedules).
absl::StatusOr<ShrinkReport> Shrink(const RecordedRun& run,
                                    const Finding& finding,
                                    const ShrinkOptions& options);

// Returns the error for a run that cannot be shrunk because it depends on
// `observations` things that the host said: FAILED_PRECONDITION, or OK if
// there are none.
absl::Status CheckNoObservations(uint64_t observations);

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SHRINK_H_
