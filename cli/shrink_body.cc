#include "cli/shrink_body.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "cli/invocation.h"
#include "cli/program_replay.h"
#include "cli/program_worker.h"
#include "cli/shell_word.h"
#include "scenarios/bodies/body_trace.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

absl::StatusOr<ControlAnswer> Ask(const Context& context,
                                  const BodyReplayInput& input,
                                  const BodyShrinkRequest& request) {
  ControlRequest question = RequestOf(input.trace, ControlVerb::kShrink);
  question.range.count = request.runs_max;
  question.time_ns = request.time_ns;
  const Minimize minimize = ReadMinimize(context);
  question.keeps_schedule = !minimize.schedule;
  question.keeps_faults = !minimize.faults;
  question.keeps_input = !minimize.input;
  FOZZY_ASSIGN_OR_RETURN(ControlAnswer answer,
                         CallFresh({input.program}, question));
  if (!answer.shrunk || !answer.shrunk->recording.finding) {
    return absl::DataLossError(
        absl::StrCat(input.program, ": found an answer without a failing run"));
  }
  return answer;
}

void Describe(const BodyReplayInput& input, const std::string& path,
              RunSummaryDoc& summary) {
  const Finding& found = *input.trace.recording.finding;
  summary.status = input.trace.recording.is_crash ? "crash" : "fail";
  summary.scenario = input.program;
  summary.identity.seed = input.trace.config.seed;
  summary.identity.trace_path = path;
  summary.is_recorded = true;
  FindingDoc finding;
  finding.kind = std::string(FindingKindName(found.kind));
  finding.title = found.title;
  finding.message = found.message;
  summary.findings.push_back(std::move(finding));
  summary.reproduce = absl::StrCat("fozzy replay ", PathWord(path));
  if (input.trace.body.program == "builtin") return;
  absl::StrAppend(&summary.reproduce, " --program ", PathWord(input.program));
}

}  // namespace

Minimize ReadMinimize(const Context& context) {
  const std::string what = context.args.Text("--minimize").value_or("all");
  if (what == "all") return {};
  return {what == "schedule", what == "faults", what == "input"};
}

ShrinkMeasureDoc MeasureDoc(const RunMeasure& measure, uint64_t decisions) {
  ShrinkMeasureDoc doc;
  doc.decisions = decisions;
  doc.preemptions = measure.preemptions;
  doc.switches = measure.switches;
  doc.faults = measure.faults;
  doc.values = measure.values;
  doc.points = measure.points;
  return doc;
}

absl::StatusOr<int> ShrinkBodyTrace(Context& context,
                                    const BodyShrinkRequest& request) {
  FOZZY_ASSIGN_OR_RETURN(BodyReplayInput input,
                         FindBodyReplay(context, request.path));
  if (!input.trace.recording.finding) {
    return absl::FailedPreconditionError(
        "found a run that passed, expected one that failed");
  }
  Invocation invocation(context, "explore");
  const uint64_t before = input.trace.recording.decisions.size();
  FOZZY_ASSIGN_OR_RETURN(ControlAnswer answer, Ask(context, input, request));
  input.trace.recording = std::move(answer.shrunk->recording);
  TraceWriter::Options target;
  target.path = request.out;
  FOZZY_ASSIGN_OR_RETURN(const std::string path,
                         WriteBodyTrace(std::move(target), input.trace));
  RunSummaryDoc& summary = invocation.summary();
  Describe(input, path, summary);
  ShrinkDoc& shrink = summary.shrink.emplace();
  shrink.runs = answer.shrunk->runs;
  shrink.is_fixpoint = answer.shrunk->is_fixpoint;
  shrink.before = MeasureDoc(answer.shrunk->before, before);
  shrink.after =
      MeasureDoc(answer.shrunk->after, input.trace.recording.decisions.size());
  return invocation.Finish(input.trace.recording.is_crash ? kExitCrash
                                                          : kExitFinding);
}

}  // namespace fozzy
