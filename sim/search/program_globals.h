// The variables of the program with static storage: kept, compared, put back.
#ifndef FOZZY_SIM_SEARCH_PROGRAM_GLOBALS_H_
#define FOZZY_SIM_SEARCH_PROGRAM_GLOBALS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "sim/search/subject.h"

namespace fozzy {

// What FindProgramRanges finds, as it was when this was made.  Neither
// variables of threads nor those of shared libraries are among them.
class ProgramGlobals {
 public:
  ProgramGlobals();

  // Puts everything back.
  void Restore() const;

  // Returns the names of the variables that are different now, sorted, without
  // those that fozzy keeps for itself; at most kNamesMax.  What has no name is
  // "program+0x1234".
  std::vector<std::string> Changed() const;

  static constexpr size_t kNamesMax = 8;

 private:
  struct Segment {
    std::byte* start = nullptr;
    std::vector<std::byte> bytes;
  };

  std::byte* program_ = nullptr;  // where it is loaded
  std::vector<Segment> segments_;
};

// A subject after whose runs the variables of the program are put back.
class RestoringSubject final : public Subject {
 public:
  // `subject` outlives it.
  explicit RestoringSubject(Subject& subject) : subject_(subject) {}

  RunOutcome Run(Strategy& strategy, RecordedRun* recorded) override {
    RunOutcome outcome = subject_.Run(strategy, recorded);
    globals_.Restore();
    return outcome;
  }

 private:
  Subject& subject_;
  ProgramGlobals globals_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_PROGRAM_GLOBALS_H_
