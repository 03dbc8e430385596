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
#include "scenarios/bodies/body_server.h"
#include "scenarios/bodies/body_tally.h"
#include "scenarios/bodies/body_trace.h"
#include "scenarios/bodies/confirm_finding.h"
#include "scenarios/bodies/schedule_table.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr char kVersion[] = "0.1.0";
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

// A search of one body in this process.
class TestSearch {
 public:
  TestSearch(const RegisteredBody& body, const TestFlags& flags)
      : body_(body), flags_(flags) {}

  absl::StatusOr<TestResult> Run();

 private:
  absl::Status Search();
  absl::StatusOr<ControlAnswer> AskFresh(const ControlRequest& request);
  absl::StatusOr<std::string> Keep(const BodyRecording& recording) const;
  absl::StatusOr<std::string> Explain();

  const RegisteredBody& body_;
  const TestFlags& flags_;
  // This process as it was before the search.
  ForkedAnswerer fresh_;
  BodyTally tally_;
};

absl::StatusOr<TestResult> TestSearch::Run() {
  FOZZY_ASSIGN_OR_RETURN(
      fresh_, ForkedAnswerer::Start([](const std::string& request) {
        // Each question is for a copy of its own.
        BodyServer server(kVersion);
        auto copy = ForkedAnswerer::Start([&server](const std::string& bytes) {
          return server.AnswerBytes(bytes);
        });
        if (!copy.ok()) return std::string();
        if (!WriteMessage(copy->descriptor(), request).ok()) {
          return std::string();
        }
        return ReadMessage(copy->descriptor()).value_or("");
      }));
  FOZZY_RETURN_IF_ERROR(Search());
  TestResult result;
  result.note = absl::StrCat(
      tally_.runs(), " schedules, ", tally_.distinct(), " distinct",
      tally_.is_exhaustive() ? ", all there are" : "", " (seed ",
      flags_.config.seed, ", ", flags_.config.strategy, ")");
  if (tally_.found()) {
    FOZZY_ASSIGN_OR_RETURN(result.failure, Explain());
  }
  return result;
}

absl::Status TestSearch::Search() {
  const MutedOutput muted;
  const uint64_t begin = MonotonicNs();
  const auto is_over = [&] { return MonotonicNs() - begin >= flags_.time_ns; };
  BodyWorker worker(body_.body, flags_.config);
  FOZZY_RETURN_IF_ERROR(worker.Prepare());
  bool goes_on = true;
  while (goes_on && tally_.runs() < flags_.runs &&
         (tally_.runs() == 0 || !is_over())) {
    const uint64_t count = std::min(kBlockRunsMax, flags_.runs - tally_.runs());
    goes_on = tally_.Add(worker.Search({tally_.runs(), count}, is_over));
  }
  return absl::OkStatus();
}

absl::StatusOr<ControlAnswer> TestSearch::AskFresh(
    const ControlRequest& request) {
  FOZZY_RETURN_IF_ERROR(
      WriteMessage(fresh_.descriptor(), EncodeRequest(request)));
  FOZZY_ASSIGN_OR_RETURN(const std::string bytes,
                         ReadMessage(fresh_.descriptor()));
  if (bytes.empty()) {
    return absl::UnavailableError(
        "the run could not be repeated in a fresh process");
  }
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

// Returns what the test fails with.
absl::StatusOr<std::string> TestSearch::Explain() {
  FOZZY_ASSIGN_OR_RETURN(
      const ConfirmedFinding found,
      ConfirmFinding(
          body_.name, flags_.config, *tally_.found(),
          [this](const ControlRequest& request) { return AskFresh(request); }));
  FOZZY_ASSIGN_OR_RETURN(const std::string path, Keep(found.recording));
  return absl::StrCat(
      FindingText(found.finding), "\nin run ", tally_.runs() - 1, " of seed ",
      flags_.config.seed, " (", flags_.config.strategy, ")\n\n", found.schedule,
      "\ntrace: ", path, "\nreproduce: ", CommandOf(body_.name),
      found.is_confirmed
          ? absl::StrCat(" --fozzy_replay=", Word(path))
          : absl::StrCat(" --fozzy_seed=", flags_.config.seed,
                         " --fozzy_strategy=", flags_.config.strategy,
                         " --fozzy_runs=", tally_.runs()));
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
  const std::string schedule = table.Text(worker.subject().simulation());
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
