// Makes the trace of a failing scenario small.
#ifndef FOZZY_SCENARIOS_SHRINK_CLUSTER_H_
#define FOZZY_SCENARIOS_SHRINK_CLUSTER_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "fozzy/trace.h"
#include "scenarios/run_config.h"
#include "scenarios/run_report.h"
#include "scenarios/scenario.h"
#include "sim/search/shrink_measure.h"

namespace fozzy {

// What is shrunk, and how far.  ShrinkOptions says what the last five mean; the
// schedule is the order of deliveries.
struct ScenarioShrinkOptions {
  std::string path = {};          // of the trace
  std::string out = {};           // of the small one; what is there is replaced
  std::string tool_version = {};  // that the small one names
  uint64_t runs_max = 20'000;
  std::function<bool()> is_time_up = {};
  bool shrinks_schedule = true;
  bool shrinks_faults = true;
  bool shrinks_input = true;
};

// What came of it.
struct ScenarioShrinkReport {
  TraceHeader header;  // of the small trace
  RunConfig config;    // of both
  Scenario scenario;   // of both
  RunReport run = {};  // the small one
  RunMeasure before;   // points are deliveries, or steps
  RunMeasure after;
  uint64_t decisions_before = 0;
  uint64_t decisions_after = 0;
  uint64_t runs = 0;
  bool is_fixpoint = false;  // nothing that is known makes it smaller still
};

// Shrinks the run in the trace at `path`, of a scenario of either kind, and
// writes the smallest one with the same signature that was found to `out`: a
// trace like any other, which replays to that finding.
//
// Errors: those of ReplayTrace and of TraceWriter; FAILED_PRECONDITION if the
// run did not fail, if it does not come out as recorded, or if it depends on
// the host.
absl::StatusOr<ScenarioShrinkReport> ShrinkScenario(
    const ScenarioShrinkOptions& options);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_SHRINK_CLUSTER_H_
