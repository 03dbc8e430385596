// Looking for a bug in a body, and making sure of what was found.
#ifndef SCENARIOS_KNOWN_BUGS_HUNT_H_
#define SCENARIOS_KNOWN_BUGS_HUNT_H_

#include <cstdint>
#include <string_view>

#include "sim/search/body_subject.h"
#include "sim/search/subject.h"

namespace fozzy {

// The world that known bugs are looked for in.
Simulation::Options HuntWorld();

struct HuntOptions {
  std::string_view strategy = "portfolio";  // a name of MakeStrategy
  uint64_t seed = 0;
  uint64_t schedules_max = 20'000;
};

// What came of a search.
struct Hunt {
  uint64_t schedules = 0;  // that were run, up to the one with the finding
  RunOutcome outcome;      // of the last one
  RecordedRun run;         // that one; empty without a finding
};

// Runs `subject` until there is a finding or enough was tried.  Strategies that
// want to know what a run looks like are shown one, which counts.
Hunt HuntFor(Subject& subject, const HuntOptions& options);

// Returns how many of `times` repetitions of what was found come to the same
// signature and digest.  Requires a finding.
uint64_t CountRepeated(Subject& subject, const Hunt& hunt, uint64_t times);

// What came of all schedules.
struct Exhaustion {
  bool is_exhaustive = false;
  bool has_drifted = false;  // the same answers brought other questions
  uint64_t complete = 0;     // runs, no two of them equivalent
  uint64_t blocked = 0;      // runs that turned out to be equivalent to others
  RunOutcome outcome;        // of the last one
};

// Runs all schedules that are not equivalent, at most `runs_max`, until there
// is a finding.
Exhaustion RunAll(BodySubject& subject, uint64_t runs_max);

}  // namespace fozzy

#endif  // SCENARIOS_KNOWN_BUGS_HUNT_H_
