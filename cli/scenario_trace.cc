#include "cli/scenario_trace.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/trace_file.h"
#include "scenarios/replay.h"
#include "scenarios/run_scenario.h"
#include "sim/base/status_macros.h"
#include "sim/core/list_strategy.h"
#include "sim/search/shrink.h"

namespace fozzy {
namespace {

// Writes down what another strategy answers.
class RecordingStrategy final : public Strategy {
 public:
  RecordingStrategy(Strategy& inner, RecordedRun& recorded)
      : inner_(inner), recorded_(recorded) {
    recorded_ = {};
  }

  bool Begin(uint64_t run_index) override { return inner_.Begin(run_index); }
  uint32_t PickTask(const TaskChoice& choice) override {
    return inner_.PickTask(choice);
  }
  uint64_t PickValue(const ValueChoice& choice) override {
    const uint64_t answer = inner_.PickValue(choice);
    recorded_.decisions.push_back({choice.kind, choice.key.task, answer});
    kept_.push_back({{choice.key, answer}, choice.last});
    return answer;
  }

  // Puts the answers in order of their keys; after the run.
  void Finish() {
    std::stable_sort(kept_.begin(), kept_.end(),
                     [](const Kept& a, const Kept& b) {
                       return a.answer.key < b.answer.key;
                     });
    for (const Kept& kept : kept_) {
      recorded_.answers.push_back(kept.answer);
      recorded_.lasts.push_back(kept.last);
    }
  }

 private:
  struct Kept {
    KeyedAnswer answer;
    uint64_t last = 0;
  };

  Strategy& inner_;
  RecordedRun& recorded_;
  std::vector<Kept> kept_;
};

// Keeps what a replay asks, as a list.
class Decisions final : public RunSink {
 public:
  void OnDecision(const Decision& decision) override {
    list.push_back(decision);
  }
  void OnEvent(const Event&) override {}
  void OnObservation(const Observation&) override { ++observations; }

  std::vector<Decision> list;
  uint64_t observations = 0;
};

}  // namespace

RunOutcome ScenarioSubject::Run(Strategy& strategy, RecordedRun* recorded) {
  RecordedRun unused;
  RecordingStrategy recording(strategy,
                              recorded != nullptr ? *recorded : unused);
  RunInputs inputs;
  inputs.scenario = &scenario_;
  inputs.config = &config_;
  inputs.strategy = &recording;
  RunOutcome outcome;
  const absl::StatusOr<RunReport> report = RunScenario(inputs);
  recording.Finish();
  if (!report.ok()) return outcome;
  if (!report->findings.empty()) outcome.finding = report->findings[0];
  outcome.digest = report->digest;
  outcome.points = (recorded != nullptr ? *recorded : unused).decisions.size();
  return outcome;
}

absl::StatusOr<ScenarioTrace> ReadScenarioTrace(const std::string& path) {
  Decisions decisions;
  absl::StatusOr<ReplayReport> replay = ReplayTrace({path, &decisions});
  if (!replay.ok()) return AtTrace(path, replay.status());
  FOZZY_RETURN_IF_ERROR(
      AtTrace(path, CheckNoObservations(decisions.observations)));
  if (replay->drift) {
    return absl::FailedPreconditionError(absl::StrCat(
        path, ": the run does not come back: ", replay->drift->Text()));
  }
  ScenarioTrace trace;
  trace.scenario = std::move(replay->scenario);
  trace.config = replay->config;
  if (!replay->run.findings.empty()) trace.finding = replay->run.findings[0];
  ScenarioSubject subject(*trace.scenario, trace.config);
  ListStrategy list({.decisions = decisions.list});
  list.Begin(0);
  subject.Run(list, &trace.recorded);
  return trace;
}

}  // namespace fozzy
