// A scenario as something to search and to shrink.
#ifndef FOZZY_SCENARIOS_SCENARIO_SUBJECT_H_
#define FOZZY_SCENARIOS_SCENARIO_SUBJECT_H_

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "scenarios/cluster_plan.h"
#include "scenarios/cluster_subject.h"
#include "scenarios/run_config.h"
#include "scenarios/run_report.h"
#include "scenarios/scenario.h"
#include "sim/run.h"
#include "sim/search/subject.h"

namespace fozzy {

// Says nothing: the host of runs that may not ask it anything.  No time limit
// of the real world is ever reached.
class SilentHost final : public ObservationSource {
 public:
  std::optional<Observation> Next(ObservationKind) override {
    return std::nullopt;
  }
  bool IsNext(ObservationKind) override { return false; }
};

// A scenario, of steps or distributed, with its configuration.  It asks for
// values only: runs have no schedule of tasks.  The points of a run are
// its deliveries, or its steps; its finding is the first one.
class ScenarioSubject final : public Subject {
 public:
  // Both outlive it.  Requires a configuration without time limit, and without
  // host backends unless the scenario is distributed, which has no use for
  // them. Errors: INVALID_ARGUMENT if the configuration does not fit the
  // scenario.
  static absl::StatusOr<std::unique_ptr<ScenarioSubject>> Make(
      const Scenario& scenario, const RunConfig& config);

  RunOutcome Run(Strategy& strategy, RecordedRun* recorded) override;

 private:
  ScenarioSubject(const Scenario& scenario, const RunConfig& config)
      : scenario_(scenario), config_(config) {}

  RunOutcome RunOnce(Strategy& strategy);
  RunOutcome RunCluster(Strategy& strategy);
  RunOutcome RunSteps(Strategy& strategy);

  const Scenario& scenario_;
  const RunConfig& config_;
  SilentHost silent_;
  // Of distributed scenarios.
  ClusterPlan plan_;
  std::optional<ClusterSubject> cluster_;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_SCENARIO_SUBJECT_H_
