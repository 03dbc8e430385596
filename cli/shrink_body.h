// Shrinking the trace of a C++ body, in the program that has it.
#ifndef FOZZY_CLI_SHRINK_BODY_H_
#define FOZZY_CLI_SHRINK_BODY_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "cli/context.h"
#include "cli/summary.h"
#include "sim/search/shrink_measure.h"

namespace fozzy {

// What --minimize lets change.
struct Minimize {
  bool schedule = true;
  bool faults = true;
  bool input = true;
};
Minimize ReadMinimize(const Context& context);

// A measure as it is reported.
ShrinkMeasureDoc MeasureDoc(const RunMeasure& measure, uint64_t decisions);

struct BodyShrinkRequest {
  std::string path;  // of the trace
  std::string out;   // of the small one
  uint64_t runs_max = 20'000;
  uint64_t time_ns = ~uint64_t{0};
};

// Shrinks the run, writes the small trace, reports, and returns the exit code.
// Errors: those of finding and calling the program; FAILED_PRECONDITION if the
// run did not fail.
absl::StatusOr<int> ShrinkBodyTrace(Context& context,
                                    const BodyShrinkRequest& request);

}  // namespace fozzy

#endif  // FOZZY_CLI_SHRINK_BODY_H_
