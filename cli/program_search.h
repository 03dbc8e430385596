// Searches one body of a program in several processes.
#ifndef FOZZY_CLI_PROGRAM_SEARCH_H_
#define FOZZY_CLI_PROGRAM_SEARCH_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "scenarios/bodies/body_config.h"
#include "scenarios/bodies/body_tally.h"
#include "scenarios/bodies/control.h"

namespace fozzy {

struct ProgramSearchOptions {
  std::string program;
  std::string test;
  BodyConfig config;
  uint64_t runs = 0;                    // at most
  uint64_t deadline_ns = ~uint64_t{0};  // on the clock of MonotonicNs
  uint64_t jobs = 1;                    // processes
};

struct ProgramSearch {
  BodyTally tally;
  UnmetProperties unmet;  // by all of them
  uint64_t busy_ns = 0;   // of all workers
};

// Runs schedules 0 to runs - 1, up to the first that finds something.  The
// result does not depend on the number of jobs, unless time runs out.
// `on_progress` is called now and then.
// Errors: those of ProgramWorker.  Requires that AskProgram did.
absl::StatusOr<ProgramSearch> SearchProgram(
    const ProgramSearchOptions& options,
    absl::FunctionRef<void(const BodyTally&)> on_progress);

}  // namespace fozzy

#endif  // FOZZY_CLI_PROGRAM_SEARCH_H_
