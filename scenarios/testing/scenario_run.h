// Running scenarios that tests write down.
//
//   EXPECT_EQ(OutcomeOf(RunSteps(R"({"type":"assert_ok","value":false})")),
//             "fail assertion/assert_ok@0: assert_ok failed");
#ifndef FOZZY_SCENARIOS_TESTING_SCENARIO_RUN_H_
#define FOZZY_SCENARIOS_TESTING_SCENARIO_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "backends/world.h"
#include "fozzy/strategy.h"
#include "scenarios/run_config.h"
#include "scenarios/run_report.h"
#include "scenarios/scenario.h"
#include "sim/testing/recording_sink.h"

namespace fozzy {

// Returns the configuration of a deterministic run with seed 7.
RunConfig DetConfig();

// The same, with `sites` failing every other time; at most `budget` times.
RunConfig FaultyConfig(const std::vector<std::string>& sites,
                       uint64_t budget = 3);

struct ScenarioRunOptions {
  RunConfig config = DetConfig();
  Strategy* strategy = nullptr;  // not owned; null: ScheduleStrategy
  Host host = {};
};

// A run and all it told.
struct ScenarioRun {
  RunReport report;
  RecordingSink heard;

  // Returns the events of `kind`, in order.
  std::vector<HeardEvent> EventsOf(EventKind kind) const;
};

// Returns the file whose steps are `steps`: objects between commas.
std::string FileOfSteps(absl::string_view steps);

// Returns the file whose "distributed" has the members `members`.
std::string FileOfCluster(absl::string_view members);

// Returns the scenario in `source`.  Aborts if there is none.
Scenario ParseOrDie(absl::string_view source);

// Runs `scenario`.  Aborts if the configuration does not fit.
ScenarioRun RunParsed(const Scenario& scenario,
                      const ScenarioRunOptions& options = {});

// Runs the file in `source`.
ScenarioRun RunText(absl::string_view source,
                    const ScenarioRunOptions& options = {});

// Runs `steps`, as for FileOfSteps.
ScenarioRun RunSteps(absl::string_view steps,
                     const ScenarioRunOptions& options = {});

// The same for steps in a list, one object each.
ScenarioRun RunAll(const std::vector<std::string>& steps,
                   const ScenarioRunOptions& options = {});

// Returns what a run came to in one line: "pass", or the status and every
// finding, "fail assertion/assert_ok@0: assert_ok failed".
std::string OutcomeOf(const RunReport& report);
inline std::string OutcomeOf(const ScenarioRun& run) {
  return OutcomeOf(run.report);
}

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_TESTING_SCENARIO_RUN_H_
