#include "scenarios/bodies/test_run.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "backends/host/host_clock.h"
#include "backends/host/message_pipe.h"
#include "backends/host/this_program.h"
#include "scenarios/bodies/body_tally.h"
#include "scenarios/bodies/body_trace.h"
#include "scenarios/bodies/confirm_finding.h"
#include "scenarios/bodies/server_guard.h"
#include "scenarios/bodies/version.h"
#include "scenarios/bodies/worker_state.h"
#include "sim/base/status_macros.h"
#include "sim/search/crash_watch.h"
#include "sim/search/schedule_table.h"

namespace fozzy {
namespace {

constexpr uint64_t kBlockRunsMax = 256;

// Stops a debugger before an op, and else listens for the table.
class Breaker final : public BodyListener {
 public:
  Breaker(ScheduleTable& table, uint64_t break_at)
      : table_(table), break_at_(break_at) {}

  void OnTask(const TaskChoice& choice, uint32_t answer) override {
    table_.OnTask(choice, answer);
  }
  void OnValue(const ValueChoice& choice, uint64_t answer) override {
    table_.OnValue(choice, answer);
  }
  void OnOp(const Op& op, Site site) override {
    if (++ops_ == break_at_) std::raise(SIGTRAP);
    table_.OnOp(op, site);
  }
  void OnLog(TaskId task, uint64_t now, std::string_view text) override {
    table_.OnLog(task, now, text);
  }

 private:
  ScheduleTable& table_;
  const uint64_t break_at_;
  uint64_t ops_ = 0;
};

// A word of a shell.
std::string Word(const std::string& text) {
  constexpr char kPlain[] =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) {
    return text;
  }
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

// The command that runs one test, to be gone on with.
std::string CommandOf(const std::string& test) {
  const std::vector<std::string> words = ProgramArguments();
  return absl::StrCat(words.empty() ? ProgramName() : Word(words[0]),
                      " --gtest_filter=", test);
}

std::string FindingText(const Finding& finding) {
  return absl::StrCat(Signature(finding), ": ", finding.message);
}

// A search of one body in this process.  A crash ends this process, as that of
// any test; before that, a copy says what happened and keeps the run.
class TestSearch {
 public:
  TestSearch(const RegisteredBody& body, const TestFlags& flags)
      : body_(body), flags_(flags) {}

  absl::StatusOr<TestResult> Run();

 private:
  absl::Status Search();
  std::string AnswerInCopy(const std::string& request);
  static void TellOfCrash(void* self);
  absl::StatusOr<std::string> ExplainCrash();
  absl::StatusOr<ControlAnswer> AskFresh(const ControlRequest& request);
  absl::StatusOr<std::string> Keep(const BodyRecording& recording) const;
  absl::StatusOr<std::string> Explain(const BodyBlock& block);

  const RegisteredBody& body_;
  const TestFlags& flags_;
  SharedWorkerState state_;
  MutedOutput muted_;
  // This process as it was before the search.
  ForkedAnswerer fresh_;
  BodyTally tally_;
  std::vector<UnmetProperty> unmet_;
};

absl::StatusOr<TestResult> TestSearch::Run() {
  FOZZY_ASSIGN_OR_RETURN(
      fresh_, ForkedAnswerer::Start([this](const std::string& request) {
        return AnswerInCopy(request);
      }));
  const absl::Status searched = Search();
  muted_.Pause();
  FOZZY_RETURN_IF_ERROR(searched);
  TestResult result;
  result.note = absl::StrCat(
      tally_.runs(), " schedules, ", tally_.distinct(), " distinct",
      tally_.is_exhaustive() ? ", all there are" : "", " (seed ",
      flags_.config.seed, ", ", flags_.config.strategy, ")");
  if (tally_.found()) {
    FOZZY_ASSIGN_OR_RETURN(result.failure, Explain(*tally_.found()));
    return result;
  }
  result.runs = tally_.runs();
  result.unmet = std::move(unmet_);
  return result;
}

absl::Status TestSearch::Search() {
  const CrashWatch watch(state_->note, TellOfCrash, this);
  const uint64_t begin = MonotonicNs();
  const auto is_over = [&] { return MonotonicNs() - begin >= flags_.time_ns; };
  BodyWorker worker(body_.body, flags_.config, state_.get());
  FOZZY_RETURN_IF_ERROR(worker.Prepare());
  bool goes_on = true;
  while (goes_on && tally_.runs() < flags_.runs &&
         (tally_.runs() == 0 || !is_over())) {
    const uint64_t count = std::min(kBlockRunsMax, flags_.runs - tally_.runs());
    goes_on = tally_.Add(worker.Search({tally_.runs(), count}, is_over));
  }
  unmet_ = worker.TakeUnmet();
  return absl::OkStatus();
}

// An empty request says that this process crashes.
std::string TestSearch::AnswerInCopy(const std::string& request) {
  if (!request.empty()) return ServerGuard(kVersion).AnswerBytes(request);
  const absl::StatusOr<std::string> text = ExplainCrash();
  muted_.Pause();
  WriteOutput(absl::StrCat(
      "[  fozzy   ] ",
      text.ok() ? absl::string_view(*text) : text.status().message(), "\n"));
  return "";
}

// Called in a signal handler.
void TestSearch::TellOfCrash(void* self) {
  const auto& search = *static_cast<TestSearch*>(self);
  if (search.state_->is_running) AskNothing(search.fresh_.descriptor());
}

absl::StatusOr<std::string> TestSearch::ExplainCrash() {
  ControlRequest request;
  request.verb = ControlVerb::kSearch;
  request.test = body_.name;
  request.config = flags_.config;
  request.guarded_from = state_->run;
  request.range = {state_->run == kProbeRun ? 0 : state_->run, 1};
  request.finding = CrashFinding(state_->note, state_->note.signal);
  FOZZY_ASSIGN_OR_RETURN(
      const ControlAnswer answer,
      DecodeAnswer(ServerGuard(kVersion).AnswerBytes(EncodeRequest(request))));
  if (!answer.block || !answer.block->found) {
    return absl::UnavailableError(
        absl::StrCat(request.finding->message,
                     "; it could not be repeated: ", answer.error));
  }
  return Explain(*answer.block);
}

absl::StatusOr<ControlAnswer> TestSearch::AskFresh(
    const ControlRequest& request) {
  // The copy needs no copy of itself.
  if (fresh_.descriptor() < 0) {
    return DecodeAnswer(
        ServerGuard(kVersion).AnswerBytes(EncodeRequest(request)));
  }
  FOZZY_RETURN_IF_ERROR(
      WriteMessage(fresh_.descriptor(), EncodeRequest(request)));
  FOZZY_ASSIGN_OR_RETURN(const std::string bytes,
                         ReadMessage(fresh_.descriptor()));
  return DecodeAnswer(bytes);
}

absl::StatusOr<std::string> TestSearch::Keep(
    const BodyRecording& recording) const {
  BodyTrace trace;
  trace.body = {ProgramName(), ProgramBuildId(), body_.name};
  trace.config = flags_.config;
  trace.tool_version = kVersion;
  trace.recording = recording;
  TraceWriter::Options target;
  target.path = absl::StrCat(
      ".fozzy/tests/", absl::StrReplaceAll(body_.name, {{"/", "_"}}), ".fozzy");
  MakeFoldersOf(target.path);
  return WriteBodyTrace(std::move(target), trace);
}

// Returns what the test fails with; the last run of `block` found something.
absl::StatusOr<std::string> TestSearch::Explain(const BodyBlock& block) {
  FOZZY_ASSIGN_OR_RETURN(const ConfirmedFinding found,
                         ConfirmFinding(body_.name, flags_.config, block,
                                        [this](const ControlRequest& request) {
                                          return AskFresh(request);
                                        }));
  FOZZY_ASSIGN_OR_RETURN(const std::string path, Keep(found.recording));
  const uint64_t runs = block.first + block.digests.size();
  return absl::StrCat(
      FindingText(found.finding), "\nin run ", runs - 1, " of seed ",
      flags_.config.seed, " (", flags_.config.strategy, ")\n\n", found.schedule,
      "\ntrace: ", path, "\nreproduce: ", CommandOf(body_.name),
      found.is_confirmed
          ? absl::StrCat(" --fozzy_replay=", Word(path))
          : absl::StrCat(" --fozzy_seed=", flags_.config.seed,
                         " --fozzy_strategy=", flags_.config.strategy,
                         " --fozzy_runs=", runs));
}

// Returns what becomes of a run that ended its process, in another one: in this
// one a debugger or whoever started it is to see the same.
std::string TextOfCrash(const RegisteredBody& body, const BodyTrace& trace) {
  BodyWorker worker(body.body, trace.config);
  worker.Guard(0);
  ScheduleTable table;
  const BodyRecording replayed =
      worker.Repeat(trace.recording.decisions, &table);
  return absl::StrCat(
      "[  fozzy   ] ",
      replayed.finding ? FindingText(*replayed.finding) : "no finding", "\n\n",
      table.Text([&](TaskId task) { return worker.NameOf(task); }), "\n");
}

absl::StatusOr<TestResult> Replay(const RegisteredBody& body,
                                  const TestFlags& flags) {
  FOZZY_ASSIGN_OR_RETURN(const BodyTrace trace, ReadBodyTrace(flags.replay));
  TestResult result;
  if (trace.body.test != body.name) {
    result.note =
        absl::StrCat("not run: ", flags.replay, " is of ", trace.body.test);
    return result;
  }
  ScheduleTable table;
  Breaker breaker(table, flags.break_at);
  if (trace.recording.is_crash) WriteOutput(TextOfCrash(body, trace));
  BodyWorker worker(body.body, trace.config);
  const BodyRecording replayed =
      worker.Repeat(trace.recording.decisions, &breaker);
  const std::string difference = DifferenceOf(trace.recording, replayed);
  result.note = absl::StrCat(
      "replayed ", flags.replay, ": ",
      difference.empty() ? "the same run" : "another run than recorded");
  if (trace.body.build_id != ProgramBuildId()) {
    absl::StrAppend(&result.note, " (recorded by another build of ",
                    trace.body.program, ")");
  }
  if (!difference.empty()) {
    absl::StrAppend(&result.failure, "replay_drift: ", difference, "\n");
  }
  if (replayed.finding) {
    absl::StrAppend(&result.failure, FindingText(*replayed.finding), "\n");
  }
  const std::string schedule =
      table.Text([&](TaskId task) { return worker.NameOf(task); });
  if (result.failure.empty()) {
    absl::StrAppend(&result.note, "\n\n", schedule);
  } else {
    absl::StrAppend(&result.failure, "\n", schedule,
                    "\nreplayed: ", flags.replay);
  }
  return result;
}

}  // namespace

TestResult RunTest(const RegisteredBody& body, const TestFlags& flags) {
  absl::StatusOr<TestResult> result = flags.replay.empty()
                                          ? TestSearch(body, flags).Run()
                                          : Replay(body, flags);
  if (result.ok()) return *std::move(result);
  TestResult failed;
  failed.failure =
      absl::StrCat(flags.replay.empty() ? "" : absl::StrCat(flags.replay, ": "),
                   absl::string_view(result.status().message()));
  return failed;
}

}  // namespace fozzy
