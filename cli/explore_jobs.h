// Exploring with several threads: the only ones of `fozzy explore`.
#ifndef FOZZY_CLI_EXPLORE_JOBS_H_
#define FOZZY_CLI_EXPLORE_JOBS_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "scenarios/run_config.h"
#include "scenarios/scenario.h"
#include "sim/search/search_tally.h"

namespace fozzy {

struct ExploreJobs {
  // Not owned: a distributed scenario, and a configuration that fits it, has a
  // schedule that CheckSchedule accepts, and no time limit.
  const Scenario* scenario = nullptr;
  const RunConfig* config = nullptr;
  uint64_t jobs = 1;  // threads, the calling one among them
  uint64_t runs = 0;  // all runs from 0 on, those tallied before too
  uint64_t deadline_ns = ~uint64_t{0};  // of MonotonicNs: no run begins later
};

// Runs what `jobs` asks for, from tally.runs() on, and tallies it in the order
// of the run indices: the tally does not depend on the number of threads, a
// deadline that comes in between excepted.  `on_progress` is called on the
// calling thread now and then, while nobody changes the tally.  Returns how
// long the runs took, in nanoseconds, on all threads together.
uint64_t Explore(const ExploreJobs& jobs, SearchTally& tally,
                 absl::FunctionRef<void()> on_progress);

}  // namespace fozzy

#endif  // FOZZY_CLI_EXPLORE_JOBS_H_
