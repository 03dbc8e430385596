#include "cli/program_explore.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "backends/host/host_clock.h"
#include "backends/host/host_seed.h"
#include "backends/host/interrupts.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/invocation.h"
#include "cli/program_search.h"
#include "cli/program_worker.h"
#include "cli/record_path.h"
#include "cli/shell_word.h"
#include "cli/time_text.h"
#include "cli/version.h"
#include "scenarios/bodies/body_registry.h"
#include "scenarios/bodies/body_trace.h"
#include "scenarios/bodies/confirm_finding.h"
#include "sim/base/status_macros.h"
#include "sim/core/make_strategy.h"

namespace fozzy {
namespace {

constexpr uint64_t kRunsDefault = 10'000;
constexpr uint64_t kJobsMax = 256;
constexpr uint64_t kNsPerMs = 1'000'000;
constexpr uint64_t kProgressEveryNs = 100 * kNsPerMs;

// The name of a strategy, also as the established tool has it; its dfs is no
// search of all there is.
std::string StrategyName(const std::string& name) {
  for (const EstablishedSchedule& schedule : kEstablishedSchedules) {
    if (name != "dfs" && schedule.schedule == name) {
      return std::string(schedule.strategy);
    }
  }
  return name;
}

FindingDoc Document(const Finding& finding) {
  FindingDoc doc;
  doc.kind = std::string(FindingKindName(finding.kind));
  doc.title = finding.title;
  doc.message = finding.message;
  return doc;
}

class Exploration {
 public:
  Exploration(Context& context, const ProgramExploration& exploration)
      : context_(context),
        exploration_(exploration),
        invocation_(context, exploration.mode) {}

  absl::Status Prepare();
  absl::Status Go();
  int Finish();

 private:
  absl::Status ReadLimits();
  bool IsBuiltin() const {
    return absl::StartsWith(exploration_.program, kBuiltinPrefix);
  }
  absl::Status Search(const std::string& test, size_t left);
  absl::Status Describe(const ProgramSearchOptions& options,
                        const ProgramSearch& search, ScenarioResult& result);
  absl::StatusOr<std::string> Keep(const std::string& test,
                                   const BodyRecording& recording);
  std::string SearchLine(const std::string& test, uint64_t runs) const;
  void ShowProgress(const ProgramSearchOptions& options,
                    const BodyTally& tally);
  void Summarise();
  void ReportUnmet(RunSummaryDoc& summary);

  Context& context_;
  const ProgramExploration& exploration_;
  Invocation invocation_;
  ProgramInfo info_;
  std::vector<std::string> tests_;
  BodyConfig config_;
  uint64_t runs_ = kRunsDefault;
  uint64_t deadline_ns_ = ~uint64_t{0};
  uint64_t jobs_ = 1;
  RecordTarget record_;
  uint64_t shown_ns_ = 0;
  uint64_t shown_runs_ = 0;

  std::vector<ScenarioResult> results_;
  ExplorationDoc totals_;
  UnmetProperties unmet_;
  uint64_t busy_ns_ = 0;
  std::string schedule_;  // of the first finding
};

absl::Status Exploration::Prepare() {
  FOZZY_RETURN_IF_ERROR(ReadLimits());
  FOZZY_ASSIGN_OR_RETURN(info_, AskProgram(exploration_.program));
  const std::string filter = context_.args.Text("--filter").value_or("");
  for (const std::string& test : info_.tests) {
    if (FitsFilter(test, filter)) tests_.push_back(test);
  }
  if (tests_.empty()) {
    return absl::NotFoundError(absl::StrCat(
        "found no test in ", exploration_.program,
        filter.empty() ? "" : absl::StrCat(" that fits --filter ", filter),
        " among ", info_.tests.size(), "; expected at least one FOZZY_TEST"));
  }
  FOZZY_RETURN_IF_ERROR(invocation_.MakeFolder());
  if (const auto path = context_.args.Text("--record")) {
    const std::string collision =
        context_.args.Text("--record-collision")
            .value_or(exploration_.mode == "explore" ? "error" : "append");
    FOZZY_ASSIGN_OR_RETURN(record_, RecordPath(*path, collision));
  }
  return absl::OkStatus();
}

absl::Status Exploration::ReadLimits() {
  const ParsedArgs& args = context_.args;
  const auto strategy = args.Text("--schedule");
  if (strategy) config_.strategy = StrategyName(*strategy);
  FOZZY_RETURN_IF_ERROR(CheckStrategy(config_.strategy));
  config_.seed = args.U64("--seed") ? *args.U64("--seed") : DrawSeed();
  if (const auto model = args.Text("--memory-model")) {
    config_.simulation.memory_model = *MemoryModelOf(*model);
  }
  if (const auto kib = args.U64("--stack-kib")) {
    FOZZY_RETURN_IF_ERROR(SetStack(*kib, config_));
  }
  const auto time = args.Knows("--time") ? args.Duration("--time")
                                         : args.Duration("--timeout");
  const auto runs = args.U64("--runs");
  runs_ = runs.value_or(time ? ~uint64_t{0} : kRunsDefault);
  if (time) deadline_ns_ = MonotonicNs() + NanosOf(*time);
  jobs_ = args.U64("--jobs").value_or(1);
  if (runs_ == 0) {
    return absl::InvalidArgumentError("--runs is 0; expected at least 1");
  }
  if (jobs_ == 0 || jobs_ > kJobsMax) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--jobs is ", jobs_, "; expected a number from 1 to ", kJobsMax));
  }
  return absl::OkStatus();
}

absl::Status Exploration::Go() {
  for (size_t i = 0; i < tests_.size(); ++i) {
    FOZZY_RETURN_IF_ERROR(Search(tests_[i], tests_.size() - i));
    if (results_.back().status != "pass" && exploration_.stops_early) break;
  }
  Summarise();
  return absl::OkStatus();
}

// `left` tests, this one included, share the time that is left.
absl::Status Exploration::Search(const std::string& test, size_t left) {
  const uint64_t begin = MonotonicNs();
  ProgramSearchOptions options;
  options.program = exploration_.program;
  options.test = test;
  options.config = config_;
  options.runs = runs_;
  options.jobs = jobs_;
  if (deadline_ns_ != ~uint64_t{0}) {
    options.deadline_ns =
        begin + (deadline_ns_ - std::min(deadline_ns_, begin)) / left;
  }
  FOZZY_ASSIGN_OR_RETURN(const ProgramSearch search,
                         SearchProgram(options, [&](const BodyTally& tally) {
                           ShowProgress(options, tally);
                         }));
  totals_.schedules += search.tally.runs();
  totals_.distinct += search.tally.distinct();
  totals_.is_exhaustive = search.tally.is_exhaustive() &&
                          (results_.empty() || totals_.is_exhaustive);
  busy_ns_ += search.busy_ns;
  unmet_.Add(search.unmet.Owed(/*are_all_tests=*/true));
  ScenarioResult result;
  result.scenario = IsBuiltin() ? absl::StrCat(kBuiltinPrefix, test)
                                : absl::StrCat(exploration_.program, ":", test);
  result.name = test;
  result.status = "pass";
  result.seed = config_.seed;
  if (search.tally.found()) {
    FOZZY_RETURN_IF_ERROR(Describe(options, search, result));
  }
  result.duration_ns = MonotonicNs() - begin;
  results_.push_back(std::move(result));
  return absl::OkStatus();
}

absl::Status Exploration::Describe(const ProgramSearchOptions& options,
                                   const ProgramSearch& search,
                                   ScenarioResult& result) {
  const BodyBlock& block = *search.tally.found();
  const uint64_t run = search.tally.runs() - 1;
  if (!totals_.finding_run) totals_.finding_run = run;
  FOZZY_ASSIGN_OR_RETURN(const ConfirmedFinding found,
                         ConfirmFinding(options.test, options.config, block,
                                        [&](const ControlRequest& request) {
                                          return CallFresh({options.program},
                                                           request);
                                        }));
  FOZZY_ASSIGN_OR_RETURN(result.trace_path,
                         Keep(options.test, found.recording));
  result.status = found.recording.is_crash ? "crash" : "fail";
  if (schedule_.empty()) schedule_ = found.schedule;
  result.findings.push_back(Document(found.finding));
  result.reproduce =
      found.is_confirmed
          ? absl::StrCat("fozzy replay ", PathWord(result.trace_path),
                         IsBuiltin() ? ""
                                     : absl::StrCat(" --program ",
                                                    PathWord(options.program)))
          : SearchLine(options.test, run + 1);
  return absl::OkStatus();
}

std::string Exploration::SearchLine(const std::string& test,
                                    uint64_t runs) const {
  std::string line = absl::StrCat(
      "fozzy explore ", IsBuiltin() ? absl::StrCat(kBuiltinPrefix, test)
                                    : PathWord(exploration_.program));
  if (!IsBuiltin()) absl::StrAppend(&line, " --filter ", ShellWord(test));
  absl::StrAppend(&line, " --seed ", config_.seed, " --strategy ",
                  config_.strategy, " --runs ", runs);
  if (config_.simulation.memory_model == MemoryModelKind::kSc) {
    absl::StrAppend(&line, " --memory-model sc");
  }
  if (const auto kib = context_.args.U64("--stack-kib")) {
    absl::StrAppend(&line, " --stack-kib ", *kib);
  }
  return line;
}

absl::StatusOr<std::string> Exploration::Keep(const std::string& test,
                                              const BodyRecording& recording) {
  BodyTrace trace;
  trace.body = {info_.name, info_.build_id, test};
  trace.config = config_;
  trace.tool_version = kVersion;
  trace.recording = recording;
  TraceWriter::Options target;
  if (record_.path.empty()) {
    target.path = invocation_.ArtifactPath(
        tests_.size() == 1
            ? "trace.fozzy"
            : absl::StrCat(absl::StrReplaceAll(test, {{"/", "_"}}), ".fozzy"));
  } else {
    // One trace has the name; that of the first finding.
    target.path = record_.path;
    target.replaces = record_.replaces;
    target.next_path = record_.next_path;
    record_ = {};
  }
  return WriteBodyTrace(std::move(target), trace);
}

// "Suite.Name: 1200/10000 schedules, 52000/s, 0 findings, 98 ms left".
void Exploration::ShowProgress(const ProgramSearchOptions& options,
                               const BodyTally& tally) {
  if (!context_.output.has_progress()) return;
  const uint64_t now = MonotonicNs();
  if (now - shown_ns_ < kProgressEveryNs) return;
  if (shown_ns_ == 0) shown_ns_ = now;
  const bool has_end = options.runs != ~uint64_t{0};
  uint64_t findings = 0;
  for (const ScenarioResult& result : results_) {
    findings += result.findings.size();
  }
  const uint64_t elapsed = now - shown_ns_ + 1;
  const uint64_t new_runs = tally.runs() - std::min(tally.runs(), shown_runs_);
  const uint64_t rate = new_runs * 1'000 / (elapsed / kNsPerMs + 1);
  uint64_t left_ns = options.deadline_ns - std::min(options.deadline_ns, now);
  if (has_end && rate > 0) {
    left_ns = std::min(left_ns,
                       (options.runs - tally.runs()) * 1'000 / rate * kNsPerMs);
  }
  shown_ns_ = now;
  shown_runs_ = tally.runs();
  context_.output.Progress(
      absl::StrCat(options.test, ": ", tally.runs(),
                   has_end ? absl::StrCat("/", options.runs) : "",
                   " schedules, ", rate, "/s, ", findings, " findings",
                   left_ns < ~uint64_t{0} / 2
                       ? absl::StrCat(", ", DurationText(left_ns), " left")
                       : ""));
}

void Exploration::Summarise() {
  RunSummaryDoc& summary = invocation_.summary();
  summary.scenario = exploration_.program;
  summary.identity.seed = config_.seed;
  summary.status = "pass";
  TestsDoc tests;
  for (const ScenarioResult& result : results_) {
    ++(result.status == "pass" ? tests.passed : tests.failed);
    if (result.status == "pass") continue;
    if (summary.status == "pass") {
      summary.status = result.status;
      summary.identity.trace_path = result.trace_path;
      summary.reproduce = result.reproduce;
    }
    summary.findings.insert(summary.findings.end(), result.findings.begin(),
                            result.findings.end());
  }
  if (summary.status == "pass") ReportUnmet(summary);
  summary.is_recorded =
      context_.args.Has("--record") && !summary.identity.trace_path.empty();
  summary.exploration = totals_;
  summary.ns_per_schedule =
      totals_.schedules > 0 ? busy_ns_ / totals_.schedules : 0;
  tests.results = std::move(results_);
  if (tests_.size() == 1) {
    summary.scenario = tests.results[0].scenario;
  } else {
    summary.tests = std::move(tests);
  }
}

// Once all runs went well.
void Exploration::ReportUnmet(RunSummaryDoc& summary) {
  const bool fails = context_.args.Text("--unreached") == "fail";
  for (const UnmetProperty& property :
       unmet_.Owed(tests_.size() == info_.tests.size())) {
    totals_.never_reached.push_back(TextOf(property));
    if (!fails) continue;
    summary.status = "fail";
    summary.findings.push_back(
        Document(NeverReached(property, totals_.schedules)));
  }
}

int Exploration::Finish() {
  const std::string status = invocation_.summary().status;
  const int code = invocation_.Finish(status == "pass"    ? kExitOk
                                      : status == "crash" ? kExitCrash
                                                          : kExitFinding);
  if (!schedule_.empty()) {
    context_.output.Text(absl::StrCat("\n", schedule_));
  }
  return code;
}

}  // namespace

int ExploreProgram(Context& context, const ProgramExploration& exploration) {
  const Interrupts interrupts;
  Exploration explore(context, exploration);
  absl::Status status = explore.Prepare();
  if (status.ok()) status = explore.Go();
  if (!status.ok()) return context.output.Fail(status);
  return explore.Finish();
}

}  // namespace fozzy
