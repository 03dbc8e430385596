#include "cli/explore_campaign.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "backends/host/host_clock.h"
#include "backends/host/interrupts.h"
#include "cli/execute.h"
#include "cli/exit_code.h"
#include "cli/explore_jobs.h"
#include "cli/explore_state.h"
#include "cli/file.h"
#include "cli/invocation.h"
#include "cli/record_path.h"
#include "cli/run_one.h"
#include "cli/run_store.h"
#include "cli/shell_word.h"
#include "cli/time_text.h"
#include "scenarios/cluster_plan.h"
#include "scenarios/scenario_subject.h"
#include "scenarios/schedule.h"
#include "sim/base/seeds.h"
#include "sim/base/status_macros.h"
#include "sim/core/list_strategy.h"
#include "sim/search/search_tally.h"
#include "sim/search/search_worker.h"
#include "trace/scenario_digest.h"

namespace fozzy {
namespace {

constexpr char kStateFile[] = "explore.json";
constexpr uint64_t kRunsDefault = 10'000;
constexpr uint64_t kJobsMax = 256;

constexpr uint64_t kNsPerMs = 1'000'000;
constexpr uint64_t kNsPerSecond = 1'000 * kNsPerMs;
constexpr uint64_t kProgressEveryNs = 100 * kNsPerMs;
// Work that is lost if the process is killed, at most.
constexpr uint64_t kStateEveryNs = 5 * kNsPerSecond;

std::string DigestText(absl::string_view source) {
  const TraceDigest digest = ScenarioDigest(source);
  return absl::StrCat(absl::Hex(digest.high, absl::kZeroPad16),
                      absl::Hex(digest.low, absl::kZeroPad16));
}

class Campaign {
 public:
  Campaign(Context& context, LoadedScenario loaded)
      : context_(context),
        scenario_(std::move(loaded.scenario)),
        invocation_(context, "explore") {
    invocation_.summary().warnings = std::move(loaded.warnings);
  }

  // Reads the command line.
  absl::Status Prepare();

  // Runs all there is to run and writes the summary.
  // Errors: those of the trace, of the state, of running in another process.
  absl::Status Go();

  int Finish() {
    return invocation_.Finish(ExitCodeOf(executed_.report.status));
  }

 private:
  absl::Status ReadLimits();
  absl::Status Resume(const std::string& selector);
  void OnProgress();
  std::string ProgressText(uint64_t now) const;
  absl::Status SaveState() const;
  absl::Status RecordFinding();
  bool IsRunOfSeed(const RunConfig& alone) const;
  void Summarise(uint64_t busy_ns);

  Context& context_;
  const Scenario scenario_;
  Invocation invocation_;
  RunConfig config_;
  Execution execution_;
  ExploreJobs jobs_;
  SearchTally tally_;
  uint64_t begin_ns_ = MonotonicNs();
  uint64_t shown_ns_ = begin_ns_;
  uint64_t saved_ns_ = begin_ns_;
  uint64_t begin_runs_ = 0;  // done before
  Executed executed_;        // the run that failed
  std::string reproduce_;
};

absl::Status Campaign::Prepare() {
  FOZZY_ASSIGN_OR_RETURN(config_, ReadRunConfig(context_));
  if (!context_.args.Has("--schedule")) config_.schedule = "random";
  FOZZY_RETURN_IF_ERROR(ReadLimits());
  if (const auto selector = context_.args.Text("--resume")) {
    FOZZY_RETURN_IF_ERROR(Resume(*selector));
  }
  if (jobs_.jobs > 1 && IsSequential(config_.schedule)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "found --jobs ", jobs_.jobs, ", expected 1: with schedule ",
        config_.schedule, " each run depends on those before"));
  }
  FOZZY_RETURN_IF_ERROR(PlanCluster(scenario_, config_).status());
  execution_.scenario = &scenario_;
  execution_.mode = "explore";
  FOZZY_RETURN_IF_ERROR(
      PlanTrace(context_, invocation_, "explore", execution_));
  execution_.keep = KeepTrace::kAlways;
  jobs_.scenario = &scenario_;
  jobs_.config = &config_;
  return absl::OkStatus();
}

// The time limit is one of the whole exploration here.
absl::Status Campaign::ReadLimits() {
  const std::optional<uint64_t> runs = context_.args.U64("--runs");
  jobs_.runs = runs.value_or(config_.timeout ? ~uint64_t{0} : kRunsDefault);
  if (config_.timeout) {
    const uint64_t ns = NanosOf(*config_.timeout);
    if (ns < ~uint64_t{0} - begin_ns_) jobs_.deadline_ns = begin_ns_ + ns;
    config_.timeout.reset();
  }
  jobs_.jobs = context_.args.U64("--jobs").value_or(1);
  if (runs && *runs == 0) {
    return absl::InvalidArgumentError("--runs is 0; expected at least 1");
  }
  if (jobs_.jobs == 0 || jobs_.jobs > kJobsMax) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--jobs is ", jobs_.jobs, "; expected a number from 1 to ", kJobsMax));
  }
  return absl::OkStatus();
}

absl::Status Campaign::Resume(const std::string& selector) {
  const RunStore store(context_.base_dir());
  FOZZY_ASSIGN_OR_RETURN(const RunRef run, store.Find(selector));
  const std::string path = absl::StrCat(run.folder, "/", kStateFile);
  if (run.folder.empty() || !Exists(path)) {
    return absl::NotFoundError(
        absl::StrCat("found no exploration in ", selector,
                     ", expected a run of: fozzy explore --runs"));
  }
  FOZZY_ASSIGN_OR_RETURN(std::string text, ReadFile(path));
  FOZZY_ASSIGN_OR_RETURN(const ExploreState state,
                         ReadExploreState(std::move(text)));
  FOZZY_ASSIGN_OR_RETURN(RunConfig saved, ReadSettings(state.settings));
  saved.seed = state.seed;
  if (!context_.args.Has("--seed")) config_.seed = saved.seed;
  if (!context_.args.Has("--schedule")) config_.schedule = saved.schedule;
  if (state.scenario != DigestText(scenario_.source())) {
    return absl::FailedPreconditionError(
        absl::StrCat(selector, " explored another scenario than ",
                     scenario_.path(), " is now"));
  }
  if (saved != config_) {
    return absl::FailedPreconditionError(absl::StrCat(
        selector, " explored with other settings; to go on with them: ",
        ReproduceLine(scenario_, saved), " --resume ", ShellWord(selector)));
  }
  if (IsSequential(config_.schedule)) {
    return absl::FailedPreconditionError(
        absl::StrCat("schedule ", config_.schedule,
                     " depends on the runs before, which are gone; explore "
                     "anew"));
  }
  tally_.Add({.runs = state.runs,
              .points = state.deliveries,
              .digests = state.digests});
  begin_runs_ = state.runs;
  return absl::OkStatus();
}

absl::Status Campaign::Go() {
  const uint64_t busy_ns = Explore(jobs_, tally_, [this] { OnProgress(); });
  FOZZY_RETURN_IF_ERROR(SaveState());
  if (tally_.found()) FOZZY_RETURN_IF_ERROR(RecordFinding());
  Summarise(busy_ns);
  return absl::OkStatus();
}

void Campaign::OnProgress() {
  const uint64_t now = MonotonicNs();
  if (now - saved_ns_ >= kStateEveryNs) {
    // It is written once more at the end, and an error is told then.
    SaveState().IgnoreError();
    saved_ns_ = now;
  }
  if (!context_.output.has_progress()) return;
  if (now - shown_ns_ < kProgressEveryNs) return;
  shown_ns_ = now;
  context_.output.Progress(ProgressText(now));
}

// "12000/100000 schedules, 900000/s, 0 findings, 98 ms left".
std::string Campaign::ProgressText(uint64_t now) const {
  const uint64_t runs = tally_.runs() - begin_runs_;
  const uint64_t elapsed_ns = now - begin_ns_;
  const bool has_end = jobs_.runs != ~uint64_t{0};
  uint64_t left_ns = jobs_.deadline_ns - std::min(jobs_.deadline_ns, now);
  if (has_end && runs > 0) {
    const uint64_t per_run = elapsed_ns / runs;
    left_ns = std::min(left_ns, per_run * (jobs_.runs - tally_.runs()));
  }
  return absl::StrCat(
      tally_.runs(), has_end ? absl::StrCat("/", jobs_.runs) : "",
      " schedules, ", runs * 1'000 / (elapsed_ns / kNsPerMs + 1), "/s, ",
      tally_.found() ? 1 : 0, " findings, ", DurationText(left_ns), " left");
}

absl::Status Campaign::SaveState() const {
  ExploreState state;
  state.scenario = DigestText(scenario_.source());
  state.seed = config_.seed;
  state.settings = WriteSettings(config_);
  state.runs = tally_.runs();
  state.deliveries = tally_.points();
  state.digests = tally_.digests().Sorted();
  return WriteFile(invocation_.ArtifactPath(kStateFile),
                   WriteExploreState(state));
}

// Whether one run of `alone` is the run that failed.
bool Campaign::IsRunOfSeed(const RunConfig& alone) const {
  const std::unique_ptr<ScenarioSubject> subject =
      *ScenarioSubject::Make(scenario_, alone);
  ScheduleStrategy schedule(ScenarioVariant::kDistributed, alone);
  const SearchBlock block =
      SearchWorker(*subject, schedule).Run({0, 1}, [] { return false; }, {});
  return block.found && block.found->decisions == tally_.found()->decisions;
}

// Runs it once more, with a trace.
absl::Status Campaign::RecordFinding() {
  // Most schedules depend on the run only by its seed.
  RunConfig alone = config_;
  alone.seed = RunSeed(config_.seed, tally_.found()->run);
  const bool is_alone = IsRunOfSeed(alone);
  ListStrategy answers({tally_.found()->decisions});
  answers.Begin(0);
  execution_.config = is_alone ? &alone : &config_;
  execution_.strategy = &answers;
  FOZZY_ASSIGN_OR_RETURN(executed_, Execute(execution_));
  reproduce_ =
      is_alone ? ReproduceLine(scenario_, alone)
               : absl::StrCat("fozzy replay ", PathWord(executed_.trace_path));
  return ConfirmFinding(config_, executed_);
}

void Campaign::Summarise(uint64_t busy_ns) {
  RunSummaryDoc& summary = invocation_.summary();
  invocation_.SetReport(scenario_, scenario_.path(), executed_.report);
  summary.identity.seed = config_.seed;
  summary.identity.trace_path = executed_.trace_path;
  summary.is_recorded =
      context_.args.Has("--record") && !executed_.trace_path.empty();
  summary.reproduce = reproduce_;
  ExplorationDoc& exploration = summary.exploration.emplace();
  exploration.schedules = tally_.runs();
  exploration.distinct = tally_.digests().count();
  exploration.is_exhaustive = tally_.is_exhaustive();
  exploration.deliveries = tally_.points();
  if (tally_.found()) exploration.finding_run = tally_.found()->run;
  const uint64_t runs = tally_.runs() - begin_runs_;
  summary.ns_per_schedule = runs > 0 ? busy_ns / runs : 0;
  if (tally_.digests().is_full()) {
    summary.warnings.push_back(
        absl::StrCat("there are more different schedules than can be counted, ",
                     ExploreDigests::kCountMax));
  }
  const std::string elsewhere =
      RecordWarning(execution_.trace, executed_.trace_path);
  if (!elsewhere.empty()) summary.warnings.push_back(elsewhere);
  if (Interrupts::HaveCome()) {
    summary.warnings.push_back(
        IsSequential(config_.schedule)
            ? "interrupted"
            : absl::StrCat(
                  "interrupted; to go on: ", ReproduceLine(scenario_, config_),
                  " --resume ", summary.identity.run_id));
  }
  if (!tally_.found() && context_.args.Has("--record")) {
    summary.warnings.push_back("no schedule failed; none was recorded");
  }
}

}  // namespace

bool IsCampaign(const Context& context) {
  return context.args.Has("--runs") || context.args.Has("--jobs") ||
         context.args.Has("--resume");
}

int ExploreMany(Context& context, LoadedScenario loaded) {
  const Interrupts interrupts;
  Campaign campaign(context, std::move(loaded));
  absl::Status status = campaign.Prepare();
  if (status.ok()) status = campaign.Go();
  if (!status.ok()) return context.output.Fail(status);
  return campaign.Finish();
}

}  // namespace fozzy
