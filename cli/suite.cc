#include "cli/suite.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "backends/host/host_clock.h"
#include "backends/host/interrupts.h"
#include "cli/execute.h"
#include "cli/invocation.h"
#include "cli/run_setup.h"
#include "cli/shell_word.h"
#include "cli/suite_files.h"
#include "cli/trace_file.h"
#include "scenarios/replay.h"
#include "sim/base/seeds.h"

namespace fozzy {
namespace {

constexpr char kSkip[] = "skip";

// What a worker makes of one file.
struct FileOutcome {
  ScenarioResult result;
  std::vector<std::string> warnings;
  Millis virtual_time = 0;
  std::string trace;  // of a finding to be confirmed
};

std::string_view ToStd(absl::string_view text) {
  return {text.data(), text.size()};
}

ScenarioResult ErrorResult(const absl::Status& status) {
  ScenarioResult result;
  result.status = "error";
  result.error = std::string(status.message());
  return result;
}

// Replays a trace: it passes if it comes out as recorded.
FileOutcome ReplayFile(const std::string& path) {
  FileOutcome outcome;
  if (const absl::Status ours = CheckOurFormat(path); !ours.ok()) {
    outcome.result = ErrorResult(ours);
    return outcome;
  }
  const absl::StatusOr<ReplayReport> replay = ReplayTrace({path});
  if (!replay.ok()) {
    outcome.result = ErrorResult(AtTrace(path, replay.status()));
    return outcome;
  }
  outcome.result.name = replay->header.scenario_name;
  outcome.result.seed = replay->header.seed;
  outcome.result.trace_path = path;
  if (!replay->is_complete) {
    outcome.result.status = "error";
    outcome.result.error =
        absl::StrCat(path, " has no end; expected a whole trace");
    return outcome;
  }
  outcome.result.status = replay->drift ? "fail" : "pass";
  outcome.virtual_time = replay->run.virtual_time;
  if (replay->drift) {
    outcome.result.reproduce = absl::StrCat("fozzy replay ", PathWord(path));
    FindingDoc drift;
    drift.kind = "nondeterminism";
    drift.title = "replay_drift";
    drift.message = replay->drift->Text();
    outcome.result.findings.push_back(std::move(drift));
  }
  return outcome;
}

class SuiteRun {
 public:
  SuiteRun(const std::vector<std::string>& files, const SuiteOptions& options)
      : files_(files),
        options_(options),
        kept_names_(FailedTraceNames(files)),
        outcomes_(files.size()) {}

  // Takes one file after the other until none is left.
  void Work(absl::FunctionRef<void(size_t)> on_progress) {
    while (!is_stopped_.load(std::memory_order_relaxed) &&
           !Interrupts::HaveCome()) {
      const size_t index = next_.fetch_add(1, std::memory_order_relaxed);
      if (index >= files_.size()) return;
      outcomes_[index] = RunFile(index);
      if (outcomes_[index].result.status != "pass" && options_.is_fail_fast) {
        is_stopped_.store(true, std::memory_order_relaxed);
      }
      on_progress(done_.fetch_add(1, std::memory_order_relaxed) + 1);
    }
  }

  SuiteOutcome Collect() {
    if (!Interrupts::HaveCome()) ConfirmFindings();
    SuiteOutcome all;
    for (size_t i = 0; i < outcomes_.size(); ++i) {
      FileOutcome& outcome = outcomes_[i];
      outcome.result.scenario = files_[i];
      if (outcome.result.status.empty()) outcome.result.status = kSkip;
      all.virtual_time = SaturatingAdd(all.virtual_time, outcome.virtual_time);
      all.warnings.insert(all.warnings.end(), outcome.warnings.begin(),
                          outcome.warnings.end());
      all.results.push_back(std::move(outcome.result));
    }
    return all;
  }

 private:
  FileOutcome RunFile(size_t index) {
    const uint64_t begin = MonotonicNs();
    FileOutcome outcome = absl::EndsWith(files_[index], ".fozzy")
                              ? ReplayFile(files_[index])
                              : RunScenarioFile(index);
    outcome.result.duration_ns =
        std::max(MonotonicNs() - begin, NanosOf(outcome.virtual_time));
    return outcome;
  }

  FileOutcome RunScenarioFile(size_t index) {
    FileOutcome outcome;
    const std::string& path = files_[index];
    absl::StatusOr<LoadedScenario> loaded =
        LoadScenario(*options_.context, path);
    if (!loaded.ok()) {
      outcome.result = ErrorResult(loaded.status());
      return outcome;
    }
    const Scenario& scenario = loaded->scenario;
    RunConfig config = options_.config;
    config.seed =
        SuiteSeed(options_.config.seed, {files_.size(), index, ToStd(path)});
    if (scenario.variant() == ScenarioVariant::kDistributed) {
      config.is_det = true;
    }
    outcome.warnings = std::move(loaded->warnings);
    outcome.result.name = std::string(scenario.name());
    outcome.result.seed = config.seed;
    const absl::StatusOr<RunReport> report =
        RunAndKeep(scenario, config, index, outcome);
    if (!report.ok()) {
      outcome.result.status = "error";
      outcome.result.error = std::string(report.status().message());
      return outcome;
    }
    outcome.result.status = std::string(RunStatusName(report->status));
    outcome.virtual_time = report->virtual_time;
    outcome.result.trace_path = outcome.trace;
    if (report->status != RunStatus::kPass && !config.has_host()) {
      outcome.result.reproduce = ReproduceLine(scenario, config);
    }
    for (const Finding& finding : report->findings) {
      outcome.result.findings.push_back(Locate(finding, scenario, path));
    }
    return outcome;
  }

  // Runs without a trace, which few will want; what fails and can be repeated
  // runs once more with one.
  absl::StatusOr<RunReport> RunAndKeep(const Scenario& scenario,
                                       const RunConfig& config, size_t index,
                                       FileOutcome& outcome) {
    Execution execution;
    execution.scenario = &scenario;
    execution.config = &config;
    execution.mode = "test";
    if (!options_.recordings.empty()) {
      execution.keep = KeepTrace::kAlways;
      execution.trace = options_.recordings[index];
    }
    absl::StatusOr<Executed> executed = Execute(execution);
    if (!executed.ok()) return executed.status();
    const std::string elsewhere =
        RecordWarning(execution.trace, executed->trace_path);
    if (!elsewhere.empty()) outcome.warnings.push_back(elsewhere);
    const bool is_confirmed_later =
        !executed->report.findings.empty() && config.is_repeatable();
    if (!is_confirmed_later) return std::move(executed->report);
    outcome.trace = executed->trace_path;
    if (outcome.trace.empty()) {
      execution.keep = KeepTrace::kAlways;
      execution.trace.path =
          absl::StrCat(options_.artifacts, "/", kept_names_[index]);
      const absl::StatusOr<Executed> again = Execute(execution);
      if (!again.ok()) return again.status();
      outcome.trace = again->trace_path;
    }
    return std::move(executed->report);
  }

  // One fresh process replays all that failed.
  void ConfirmFindings() {
    std::vector<std::string> traces;
    std::vector<FileOutcome*> failed;
    for (FileOutcome& outcome : outcomes_) {
      if (outcome.trace.empty()) continue;
      traces.push_back(outcome.trace);
      failed.push_back(&outcome);
    }
    if (traces.empty()) return;
    const absl::StatusOr<std::vector<bool>> are_same = ReplayElsewhere(traces);
    if (!are_same.ok()) {
      failed[0]->warnings.push_back(std::string(are_same.status().message()));
      return;
    }
    for (size_t i = 0; i < failed.size(); ++i) {
      if ((*are_same)[i]) continue;
      FindingDoc finding;
      finding.kind = "nondeterminism";
      finding.title = "not_reproduced";
      finding.message = "a fresh process did not come to this finding";
      std::vector<FindingDoc>& findings = failed[i]->result.findings;
      findings.insert(findings.begin(), std::move(finding));
    }
  }

  const std::vector<std::string>& files_;
  const SuiteOptions& options_;
  const std::vector<std::string> kept_names_;  // by file
  std::vector<FileOutcome> outcomes_;
  std::atomic<size_t> next_ = 0;
  std::atomic<size_t> done_ = 0;
  std::atomic<bool> is_stopped_ = false;
};

}  // namespace

SuiteOutcome RunSuite(const std::vector<std::string>& files,
                      const SuiteOptions& options,
                      absl::FunctionRef<void(size_t)> on_progress) {
  SuiteRun run(files, options);
  const uint64_t jobs =
      std::min<uint64_t>(options.is_fail_fast ? 1 : options.jobs, files.size());
  std::vector<std::thread> helpers;
  for (uint64_t i = 1; i < jobs; ++i) {
    helpers.emplace_back([&run] { run.Work([](size_t) {}); });
  }
  run.Work(on_progress);
  for (std::thread& helper : helpers) helper.join();
  return run.Collect();
}

}  // namespace fozzy
