#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/invocation.h"
#include "cli/program_replay.h"
#include "cli/replay_input.h"
#include "cli/shell_word.h"
#include "cli/trace_file.h"
#include "scenarios/bodies/body_trace.h"
#include "scenarios/replay.h"
#include "trace/format_record.h"

namespace fozzy {
namespace {

// Prints events as they are replayed.
class PrintingSink final : public RunSink {
 public:
  PrintingSink(Output& output, std::optional<Millis> until)
      : output_(output), until_(until) {}

  void OnDecision(const Decision& decision) override {
    TraceRecord record;
    record.kind = TraceRecordKind::kDecision;
    record.decision = decision;
    Print(record);
  }
  void OnEvent(const Event& event) override {
    is_past_ = is_past_ || (until_ && event.time > *until_);
    TraceRecord record;
    record.kind = TraceRecordKind::kEvent;
    record.event = event;
    Print(record);
  }
  void OnObservation(const Observation& observation) override {
    TraceRecord record;
    record.kind = TraceRecordKind::kObservation;
    record.observation = observation;
    Print(record);
  }

 private:
  void Print(const TraceRecord& record) {
    if (!is_past_) output_.Text(FormatRecord(record, "ms") + "\n");
  }

  Output& output_;
  std::optional<Millis> until_;
  bool is_past_ = false;
};

void Describe(const ReplayReport& replay, const std::string& path,
              RunSummaryDoc& summary) {
  summary.identity.seed = replay.header.seed;
  summary.identity.trace_path = path;
  if (replay.run.status != RunStatus::kPass || replay.drift) {
    summary.reproduce = absl::StrCat("fozzy replay ", PathWord(path));
  }
  if (!replay.is_complete) {
    summary.warnings.push_back(
        absl::StrCat(path, " has no end; it was replayed as far as it goes"));
  }
  if (!replay.drift) return;
  summary.status = "fail";
  FindingDoc drift;
  drift.kind = "checker";
  drift.title = "replay_drift";
  drift.message = replay.drift->Text();
  summary.findings.insert(summary.findings.begin(), std::move(drift));
}

}  // namespace

int CmdReplay(Context& context) {
  const absl::StatusOr<std::string> path =
      FindReplayInput(context, context.args.positionals()[0]);
  if (!path.ok()) return context.output.Fail(path.status());
  if (IsBodyTraceFile(*path)) return CmdReplayBody(context, *path);
  PrintingSink printing(context.output, context.args.Duration("--until"));
  const bool is_printed = context.args.Has("--step") ||
                          context.args.Duration("--until").has_value();
  Invocation invocation(context, "replay");
  if (context.args.Has("--dump-events")) invocation.KeepEvents();
  const absl::StatusOr<ReplayReport> replay =
      ReplayTrace({*path, is_printed ? &printing : nullptr});
  if (!replay.ok()) {
    return context.output.Fail(AtTrace(*path, replay.status()));
  }
  // Lines are those of the scenario inside of the trace.
  invocation.SetReport(*replay->scenario, *path + "#scenario", replay->run);
  Describe(*replay, *path, invocation.summary());
  const int exit_code =
      replay->drift ? kExitFinding : ExitCodeOf(replay->run.status);
  return invocation.Finish(exit_code);
}

}  // namespace fozzy
