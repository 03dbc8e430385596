#include "scenarios/shrink_cluster.h"

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "scenarios/record.h"
#include "scenarios/replay.h"
#include "scenarios/run_scenario.h"
#include "scenarios/scenario_subject.h"
#include "scenarios/shrink_calmest.h"
#include "sim/base/status_macros.h"
#include "sim/core/list_strategy.h"
#include "sim/search/shrink.h"
#include "trace/writer.h"

namespace fozzy {
namespace {

// Keeps the answers of a replay.
class AnswerSink final : public RunSink {
 public:
  void OnDecision(const Decision& decision) override {
    decisions.push_back(decision);
  }
  void OnEvent(const Event&) override {}
  void OnObservation(const Observation&) override { ++observations; }

  std::vector<Decision> decisions;
  uint64_t observations = 0;
};

// A run as its trace has it.
struct Original {
  ReplayReport replay;
  std::vector<Decision> decisions;
};

absl::StatusOr<Original> ReadOriginal(const std::string& path) {
  AnswerSink sink;
  FOZZY_ASSIGN_OR_RETURN(ReplayReport replay, ReplayTrace({path, &sink}));
  FOZZY_RETURN_IF_ERROR(CheckNoObservations(sink.observations));
  if (replay.config.has_host()) {
    return absl::FailedPreconditionError(
        "the run used the host, and a changed run would ask it anew: record "
        "it with virtual backends");
  }
  if (replay.drift) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the run does not come out as recorded: ", replay.drift->Text()));
  }
  if (replay.run.findings.empty()) {
    return absl::FailedPreconditionError(
        "the run found nothing; expected one with a finding, which is what "
        "stays while the run gets smaller");
  }
  return Original{std::move(replay), std::move(sink.decisions)};
}

// Repeats the run and measures it.
RunMeasure Measure(Subject& subject, std::span<const Decision> decisions,
                   RecordedRun& run) {
  ListStrategy answers({decisions});
  MeasuringStrategy measuring({.inner = &answers});
  measuring.Begin(0);
  const RunOutcome outcome = subject.Run(measuring, &run);
  RunMeasure measure = measuring.measure();
  measure.points = outcome.points;
  return measure;
}

// Starts from the calmest run that fails, if that is simpler; half of the runs
// may go into the search for it.
absl::StatusOr<ShrinkReport> ShrinkRun(const Original& original,
                                       const ScenarioShrinkOptions& options) {
  FOZZY_ASSIGN_OR_RETURN(
      const std::unique_ptr<ScenarioSubject> subject,
      ScenarioSubject::Make(*original.replay.scenario, original.replay.config));
  const Finding& finding = original.replay.run.findings[0];
  RecordedRun run;
  const RunMeasure before = Measure(*subject, original.decisions, run);
  CalmestReport calmest;
  if (options.shrinks_schedule && options.shrinks_faults &&
      options.shrinks_input) {
    calmest = FindCalmest(*subject, {.signature = Signature(finding),
                                     .runs_max = options.runs_max / 2,
                                     .is_time_up = options.is_time_up});
  }
  if (calmest.run) {
    RecordedRun again;
    const bool is_simpler =
        Measure(*subject, calmest.run->decisions, again) < before;
    if (is_simpler) run = std::move(again);
  }
  ShrinkOptions shrink;
  shrink.try_candidates = TryOneByOne(*subject);
  shrink.runs_max = options.runs_max - calmest.runs;
  shrink.is_time_up = options.is_time_up;
  shrink.shrinks_schedule = options.shrinks_schedule;
  shrink.shrinks_faults = options.shrinks_faults;
  shrink.shrinks_input = options.shrinks_input;
  FOZZY_ASSIGN_OR_RETURN(ShrinkReport report, Shrink(run, finding, shrink));
  report.before = before;
  report.runs += calmest.runs;
  return report;
}

// Runs the small run once more, with a trace.
absl::StatusOr<RunReport> WriteSmall(const ScenarioShrinkReport& report,
                                     const std::vector<Decision>& decisions,
                                     const std::string& out) {
  TraceWriter::Options trace;
  trace.path = out;
  trace.header = report.header;
  trace.scenario = report.scenario.source();
  TraceWriter writer(std::move(trace));
  TraceSink sink(writer);
  ListStrategy answers({decisions});
  answers.Begin(0);
  SilentHost silent;
  RunInputs inputs;
  inputs.scenario = &report.scenario;
  inputs.config = &report.config;
  inputs.strategy = &answers;
  inputs.sink = &sink;
  inputs.recorded = &silent;
  FOZZY_ASSIGN_OR_RETURN(RunReport run, RunScenario(inputs));
  FOZZY_RETURN_IF_ERROR(writer.Finish(MakeFooter(run)));
  return run;
}

}  // namespace

absl::StatusOr<ScenarioShrinkReport> ShrinkScenario(
    const ScenarioShrinkOptions& options) {
  FOZZY_ASSIGN_OR_RETURN(Original original, ReadOriginal(options.path));
  FOZZY_ASSIGN_OR_RETURN(const ShrinkReport shrunk,
                         ShrinkRun(original, options));
  TraceHeader header = std::move(original.replay.header);
  header.tool_version = options.tool_version;
  header.strategy = "shrink";
  ScenarioShrinkReport report{.header = std::move(header),
                              .config = std::move(original.replay.config),
                              .scenario = *std::move(original.replay.scenario),
                              .before = shrunk.before,
                              .after = shrunk.after,
                              .decisions_before = original.decisions.size(),
                              .decisions_after = shrunk.run.decisions.size(),
                              .runs = shrunk.runs,
                              .is_fixpoint = shrunk.is_fixpoint};
  FOZZY_ASSIGN_OR_RETURN(report.run,
                         WriteSmall(report, shrunk.run.decisions, options.out));
  return report;
}

}  // namespace fozzy
