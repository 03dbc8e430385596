#include "scenarios/scenario_subject.h"

#include <utility>

#include "scenarios/run_scenario.h"
#include "sim/base/check.h"
#include "sim/base/status_macros.h"
#include "sim/search/run_recorder.h"

namespace fozzy {
namespace {

// Lets a recorder hear what another strategy answers.
class HeardStrategy final : public Strategy {
 public:
  HeardStrategy(Strategy& inner, RunRecorder& recorder)
      : inner_(inner), recorder_(recorder) {}

  bool Begin(uint64_t run_index) override { return inner_.Begin(run_index); }
  uint32_t PickTask(const TaskChoice& choice) override {
    const uint32_t answer = inner_.PickTask(choice);
    if (answer != kAbandon) recorder_.OnTask(choice, answer);
    return answer;
  }
  uint64_t PickValue(const ValueChoice& choice) override {
    const uint64_t answer = inner_.PickValue(choice);
    recorder_.OnValue(choice, answer);
    return answer;
  }
  bool WantsOps() const override { return inner_.WantsOps(); }

 private:
  Strategy& inner_;
  RunRecorder& recorder_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ScenarioSubject>> ScenarioSubject::Make(
    const Scenario& scenario, const RunConfig& config) {
  const bool is_cluster = scenario.variant() == ScenarioVariant::kDistributed;
  FOZZY_CHECK(is_cluster || !config.has_host());
  std::unique_ptr<ScenarioSubject> subject(
      new ScenarioSubject(scenario, config));
  if (is_cluster) {
    FOZZY_ASSIGN_OR_RETURN(subject->plan_, PlanCluster(scenario, config));
    subject->cluster_.emplace(subject->plan_, config);
  }
  return subject;
}

RunOutcome ScenarioSubject::Run(Strategy& strategy, RecordedRun* recorded) {
  if (recorded == nullptr) return RunOnce(strategy);
  RunRecorder recorder(*recorded);
  HeardStrategy heard(strategy, recorder);
  RunOutcome outcome = RunOnce(heard);
  recorder.Finish();
  return outcome;
}

RunOutcome ScenarioSubject::RunOnce(Strategy& strategy) {
  return cluster_ ? RunCluster(strategy) : RunSteps(strategy);
}

// A run that passes, as most do, is not worth a report.
RunOutcome ScenarioSubject::RunCluster(Strategy& strategy) {
  fozzy::Run run({&strategy, nullptr, &silent_});
  const ClusterOutcome outcome = cluster_->RunOnce(run);
  const bool has_finding = outcome.status != RunStatus::kPass;
  RunOutcome result;
  if (has_finding) result.finding = cluster_->Report().findings[0];
  result.digest = outcome.digest;
  result.points = outcome.deliveries;
  result.is_forced = !run.was_asked();
  return result;
}

RunOutcome ScenarioSubject::RunSteps(Strategy& strategy) {
  RunInputs inputs;
  inputs.scenario = &scenario_;
  inputs.config = &config_;
  inputs.strategy = &strategy;
  inputs.recorded = &silent_;
  const absl::StatusOr<RunReport> report = RunScenario(inputs);
  // Only the plan of a cluster can fail.
  FOZZY_CHECK(report.ok());
  RunOutcome outcome;
  if (!report->findings.empty()) outcome.finding = report->findings[0];
  outcome.digest = report->digest;
  outcome.points = report->steps;
  return outcome;
}

}  // namespace fozzy
