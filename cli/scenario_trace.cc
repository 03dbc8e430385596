#include "cli/scenario_trace.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/trace_file.h"
#include "scenarios/replay.h"
#include "sim/base/status_macros.h"
#include "sim/core/list_strategy.h"
#include "sim/search/shrink.h"

namespace fozzy {
namespace {

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
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<ScenarioSubject> subject,
                         ScenarioSubject::Make(*trace.scenario, trace.config));
  ListStrategy list({.decisions = decisions.list});
  list.Begin(0);
  subject->Run(list, &trace.recorded);
  return trace;
}

}  // namespace fozzy
