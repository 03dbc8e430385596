#include "scenarios/replay.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "scenarios/parse.h"
#include "scenarios/record.h"
#include "scenarios/replay_cursor.h"
#include "scenarios/run_scenario.h"
#include "sim/base/status_macros.h"
#include "sim/core/strict_replay_strategy.h"
#include "trace/reader.h"

namespace fozzy {
namespace {

absl::StatusOr<Scenario> ParseRecorded(const std::string& path,
                                       std::string source) {
  ParseOutcome outcome =
      ParseScenario(path, std::move(source), ScenarioTables());
  if (outcome.scenario) return *std::move(outcome.scenario);
  return absl::DataLossError(
      absl::StrCat("the recorded scenario cannot be read: ",
                   outcome.problems.empty() ? "it is no scenario"
                                            : outcome.problems[0].Message()));
}

std::string FormatFindings(const std::vector<TraceFinding>& findings) {
  return absl::StrCat(
      "findings [",
      absl::StrJoin(findings, ", ",
                    [](std::string* out, const TraceFinding& finding) {
                      absl::StrAppend(out, finding.kind, "/", finding.title,
                                      ": ", finding.message);
                    }),
      "]");
}

std::string FormatResults(const TraceSettings& results) {
  return absl::StrCat(
      "figures [", absl::StrJoin(results, ", ", absl::PairFormatter("=")), "]");
}

// Compares how the runs ended, which the records do not tell.
void CompareEnds(const TraceFooter& a, const TraceFooter& b,
                 ReplayCursor& cursor) {
  if (a.status != b.status) {
    cursor.Differ("status " + a.status, "status " + b.status);
  }
  if (a.findings != b.findings) {
    cursor.Differ(FormatFindings(a.findings), FormatFindings(b.findings));
  }
  if (a.virtual_time != b.virtual_time) {
    cursor.Differ(absl::StrCat("virtual time ", a.virtual_time),
                  absl::StrCat("virtual time ", b.virtual_time));
  }
  if (a.steps != b.steps) {
    cursor.Differ(absl::StrCat(a.steps, " steps"),
                  absl::StrCat(b.steps, " steps"));
  }
  if (a.results != b.results) {
    cursor.Differ(FormatResults(a.results), FormatResults(b.results));
  }
  if (a.run_digest != b.run_digest) {
    cursor.Differ(absl::StrCat("digest ", absl::Hex(a.run_digest.low)),
                  absl::StrCat("digest ", absl::Hex(b.run_digest.low)));
  }
}

// Lets two hear a run.
class BothSinks final : public RunSink {
 public:
  BothSinks(RunSink& first, RunSink& second) : first_(first), second_(second) {}

  void OnDecision(const Decision& decision) override {
    first_.OnDecision(decision);
    second_.OnDecision(decision);
  }
  void OnEvent(const Event& event) override {
    first_.OnEvent(event);
    second_.OnEvent(event);
  }
  void OnObservation(const Observation& observation) override {
    first_.OnObservation(observation);
    second_.OnObservation(observation);
  }

 private:
  RunSink& first_;
  RunSink& second_;
};

}  // namespace

std::string ReplayDrift::Text() const {
  std::string place = absl::StrCat("record ", record);
  if (step) absl::StrAppend(&place, " (step ", *step, ")");
  return absl::StrCat(place, ": recorded ", recorded, ", replayed ", replayed);
}

absl::StatusOr<ReplayReport> ReplayTrace(const ReplayOptions& options) {
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<TraceReader> reader,
                         TraceReader::Open(options.path));
  ReplayReport report;
  report.header = reader->header();
  FOZZY_ASSIGN_OR_RETURN(report.config, ReadSettings(report.header.settings));
  report.config.seed = report.header.seed;
  FOZZY_ASSIGN_OR_RETURN(std::string source, reader->ReadScenario());
  FOZZY_ASSIGN_OR_RETURN(report.scenario,
                         ParseRecorded(options.path, std::move(source)));

  ReplayCursor cursor(*reader);
  std::optional<BothSinks> both;
  if (options.listener != nullptr) both.emplace(*options.listener, cursor);
  StrictReplayStrategy strategy({.source = &cursor});
  strategy.Begin(0);
  RunInputs inputs;
  inputs.scenario = &*report.scenario;
  inputs.config = &report.config;
  inputs.strategy = &strategy;
  inputs.sink = both ? static_cast<RunSink*>(&*both) : &cursor;
  inputs.recorded = &cursor;
  FOZZY_ASSIGN_OR_RETURN(report.run, RunScenario(inputs));
  cursor.Finish();
  FOZZY_RETURN_IF_ERROR(cursor.status());
  report.is_complete = reader->is_complete();
  if (report.is_complete) {
    report.footer = reader->footer();
    CompareEnds(report.footer, MakeFooter(report.run), cursor);
  }
  report.drift = cursor.drift();
  return report;
}

}  // namespace fozzy
