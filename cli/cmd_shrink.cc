#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "backends/host/host_clock.h"
#include "cli/context.h"
#include "cli/execute.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/invocation.h"
#include "cli/program_replay.h"
#include "cli/program_worker.h"
#include "cli/record_path.h"
#include "cli/replay_input.h"
#include "cli/scenario_trace.h"
#include "cli/shell_word.h"
#include "cli/version.h"
#include "scenarios/bodies/body_trace.h"
#include "scenarios/duration.h"
#include "sim/base/status_macros.h"
#include "sim/core/list_strategy.h"
#include "sim/search/shrink.h"

namespace fozzy {
namespace {

struct Budget {
  uint64_t runs = 20'000;
  uint64_t time_ns = ~uint64_t{0};
};

absl::StatusOr<Budget> ReadBudget(const Context& context) {
  Budget budget;
  const auto text = context.args.Text("--budget");
  if (!text || absl::SimpleAtoi(*text, &budget.runs)) return budget;
  const absl::StatusOr<Millis> time = ParseDuration(*text);
  if (!time.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--budget is ", *text, "; expected a number of runs or ",
                     kDurationExpected));
  }
  budget.time_ns = NanosOf(*time);
  return budget;
}

struct Minimize {
  bool schedule = true;
  bool faults = true;
  bool input = true;
};

Minimize ReadMinimize(const Context& context) {
  const std::string what = context.args.Text("--only").value_or("all");
  if (what == "all") return {};
  return {what == "schedule", what == "faults", what == "input"};
}

std::string OutPath(const Context& context, const std::string& path) {
  return context.args.Text("--out").value_or(
      absl::StrCat(absl::StripSuffix(path, ".fozzy"), ".min.fozzy"));
}

// What came of shrinking either kind of trace.
struct Shrunk {
  std::string path;
  std::string scenario;
  uint64_t seed = 0;
  Finding finding;
  std::string program;  // for --program; empty: none is needed
  RunMeasure before;
  RunMeasure after;
  uint64_t runs = 0;
  bool is_fixpoint = false;
};

absl::Status Passed(const std::string& path) {
  return absl::FailedPreconditionError(absl::StrCat(
      path, ": found a run that passed, expected one that failed"));
}

absl::StatusOr<Shrunk> ShrinkBody(const Context& context,
                                  const std::string& path,
                                  const Budget& budget) {
  FOZZY_ASSIGN_OR_RETURN(BodyReplayInput input, FindBodyReplay(context, path));
  if (!input.trace.recording.finding) return Passed(path);
  ControlRequest request = RequestOf(input.trace, ControlVerb::kShrink);
  request.range.count = budget.runs;
  request.time_ns = budget.time_ns;
  const Minimize minimize = ReadMinimize(context);
  request.keeps_schedule = !minimize.schedule;
  request.keeps_faults = !minimize.faults;
  request.keeps_input = !minimize.input;
  FOZZY_ASSIGN_OR_RETURN(ControlAnswer answer,
                         CallFresh({input.program}, request));
  if (!answer.shrunk || !answer.shrunk->recording.finding) {
    return absl::DataLossError(
        absl::StrCat(input.program, ": found an answer without a failing run"));
  }
  Shrunk shrunk;
  input.trace.recording = std::move(answer.shrunk->recording);
  TraceWriter::Options target;
  target.path = OutPath(context, path);
  FOZZY_ASSIGN_OR_RETURN(shrunk.path,
                         WriteBodyTrace(std::move(target), input.trace));
  shrunk.scenario = input.program;
  shrunk.seed = input.trace.config.seed;
  shrunk.finding = *input.trace.recording.finding;
  if (input.trace.body.program != "builtin") shrunk.program = input.program;
  shrunk.before = answer.shrunk->before;
  shrunk.after = answer.shrunk->after;
  shrunk.runs = answer.shrunk->runs;
  shrunk.is_fixpoint = answer.shrunk->is_fixpoint;
  return shrunk;
}

absl::StatusOr<Shrunk> ShrinkScenario(const Context& context,
                                      const std::string& path,
                                      const Budget& budget) {
  FOZZY_ASSIGN_OR_RETURN(ScenarioTrace trace, ReadScenarioTrace(path));
  if (!trace.finding) return Passed(path);
  ScenarioSubject subject(*trace.scenario, trace.config);
  const Minimize minimize = ReadMinimize(context);
  const uint64_t begin = MonotonicNs();
  ShrinkOptions options;
  options.try_candidates = TryOneByOne(subject);
  options.runs_max = budget.runs;
  options.is_time_up = [&] { return MonotonicNs() - begin >= budget.time_ns; };
  options.shrinks_schedule = minimize.schedule;
  options.shrinks_faults = minimize.faults;
  options.shrinks_input = minimize.input;
  FOZZY_ASSIGN_OR_RETURN(const ShrinkReport report,
                         Shrink(trace.recorded, *trace.finding, options));
  ListStrategy answers({.decisions = report.run.decisions});
  answers.Begin(0);
  Execution execution;
  execution.scenario = &*trace.scenario;
  execution.config = &trace.config;
  execution.strategy = &answers;
  execution.mode = "explore";
  execution.keep = KeepTrace::kAlways;
  execution.trace.path = OutPath(context, path);
  FOZZY_ASSIGN_OR_RETURN(const Executed executed, Execute(execution));
  return Shrunk{executed.trace_path,
                path + "#scenario",
                trace.config.seed,
                *trace.finding,
                "",
                report.before,
                report.after,
                report.runs,
                report.is_fixpoint};
}

std::string ChangeText(absl::string_view what, uint64_t before,
                       uint64_t after) {
  return absl::StrCat("  ", what, ": ", before, " -> ", after, "\n");
}

std::string FiguresText(const Shrunk& shrunk) {
  return absl::StrCat(
      "shrunk in ", shrunk.runs, " runs",
      shrunk.is_fixpoint ? "" : ", not to the end", "\n",
      ChangeText("preemptions", shrunk.before.preemptions,
                 shrunk.after.preemptions),
      ChangeText("switches", shrunk.before.switches, shrunk.after.switches),
      ChangeText("faults", shrunk.before.faults, shrunk.after.faults),
      ChangeText("values", shrunk.before.values, shrunk.after.values),
      ChangeText("schedule points", shrunk.before.points, shrunk.after.points));
}

ShrinkFigures FiguresOf(const RunMeasure& measure) {
  return {measure.preemptions, measure.switches, measure.faults, measure.values,
          measure.points};
}

}  // namespace

int CmdShrink(Context& context) {
  const absl::StatusOr<std::string> path =
      FindReplayInput(context, context.args.positionals()[0]);
  if (!path.ok()) return context.output.Fail(path.status());
  const absl::StatusOr<Budget> budget = ReadBudget(context);
  if (!budget.ok()) return context.output.Fail(budget.status());
  const bool is_body = IsBodyTraceFile(*path);
  Invocation invocation(context, is_body ? "explore" : "replay");
  const absl::StatusOr<Shrunk> shrunk =
      is_body ? ShrinkBody(context, *path, *budget)
              : ShrinkScenario(context, *path, *budget);
  if (!shrunk.ok()) return context.output.Fail(shrunk.status());
  RunSummaryDoc& summary = invocation.summary();
  summary.status = "fail";
  summary.scenario = shrunk->scenario;
  summary.identity.seed = shrunk->seed;
  summary.identity.trace_path = shrunk->path;
  summary.is_recorded = true;
  FindingDoc finding;
  finding.kind = std::string(FindingKindName(shrunk->finding.kind));
  finding.title = shrunk->finding.title;
  finding.message = shrunk->finding.message;
  summary.findings.push_back(std::move(finding));
  summary.shrink =
      ShrinkDoc{FiguresOf(shrunk->before), FiguresOf(shrunk->after),
                shrunk->runs, shrunk->is_fixpoint};
  summary.reproduce = absl::StrCat(
      "fozzy replay ", PathWord(shrunk->path),
      shrunk->program.empty()
          ? ""
          : absl::StrCat(" --program ", PathWord(shrunk->program)));
  context.output.Text(FiguresText(*shrunk));
  return invocation.Finish(kExitFinding);
}

}  // namespace fozzy
