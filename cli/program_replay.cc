#include "cli/program_replay.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "backends/host/this_program.h"
#include "cli/exit_code.h"
#include "cli/invocation.h"
#include "cli/program_worker.h"
#include "cli/shell_word.h"
#include "cli/trace_file.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr absl::string_view kBuiltin = "builtin";
constexpr uint64_t kNsPerMs = 1'000'000;
// Files that are looked at for a program, at most.
constexpr int kFilesMax = 100'000;

// Returns the path of the program `body` below the working directory, or "".
std::string FindBelow(const BodyIdentity& body) {
  namespace fs = std::filesystem;
  if (body.build_id.empty() || body.program.empty()) return "";
  std::error_code error;
  fs::recursive_directory_iterator next(
      ".", fs::directory_options::skip_permission_denied, error);
  std::vector<std::string> found;
  for (int i = 0;
       i < kFilesMax && !error && next != fs::recursive_directory_iterator();
       ++i, next.increment(error)) {
    const fs::path& path = next->path();
    if (path.filename() == ".git") next.disable_recursion_pending();
    if (path.filename() == body.program && IsProgram(path.string()) &&
        BuildIdOf(path.string()) == body.build_id) {
      found.push_back(path.string());
    }
  }
  // The order of folders is the file system's.
  return found.empty() ? "" : *std::min_element(found.begin(), found.end());
}

absl::Status NoProgram(const std::string& path, const BodyIdentity& body) {
  return absl::NotFoundError(absl::StrCat(
      path, " is a run of ", body.test, " in ", body.program, ", build id ",
      body.build_id.empty() ? "none" : body.build_id,
      ": found no such program below the working directory; expected "
      "--program PATH"));
}

FindingDoc Document(const Finding& finding) {
  FindingDoc doc;
  doc.kind = std::string(FindingKindName(finding.kind));
  doc.title = finding.title;
  doc.message = finding.message;
  return doc;
}

void Describe(const BodyReplayInput& input, const BodyReplay& replay,
              RunSummaryDoc& summary) {
  summary.scenario =
      absl::StartsWith(input.program, kBuiltinPrefix)
          ? input.program
          : absl::StrCat(input.program, ":", input.trace.body.test);
  summary.identity.seed = input.trace.config.seed;
  summary.identity.trace_path = input.path;
  summary.virtual_time = replay.recording.time_ns / kNsPerMs;
  if (!input.warning.empty()) summary.warnings.push_back(input.warning);
  if (!replay.difference.empty()) {
    FindingDoc drift;
    drift.kind = "checker";
    drift.title = "replay_drift";
    drift.message = replay.difference;
    summary.findings.push_back(std::move(drift));
  }
  if (replay.recording.finding) {
    summary.findings.push_back(Document(*replay.recording.finding));
  }
  summary.status = replay.recording.is_crash  ? "crash"
                   : summary.findings.empty() ? "pass"
                                              : "fail";
  if (summary.status == "pass") return;
  summary.reproduce = absl::StrCat("fozzy replay ", PathWord(input.path));
  if (!absl::StartsWith(input.program, kBuiltinPrefix)) {
    absl::StrAppend(&summary.reproduce, " --program ", PathWord(input.program));
  }
}

// Becomes a debugger with the program.  Returns only if that fails.
absl::Status BecomeGdb(const Context& context, const BodyReplayInput& input) {
  if (absl::StartsWith(input.program, kBuiltinPrefix)) {
    return absl::InvalidArgumentError(
        absl::StrCat(input.program,
                     " is part of fozzy; --gdb and --break-at expect a "
                     "program of its own"));
  }
  std::vector<std::string> words = {"gdb",    "-q",
                                    "-ex",    "set breakpoint pending on",
                                    "-ex",    "break fozzy_finding",
                                    "-ex",    "run",
                                    "--args", input.program};
  words.push_back(absl::StrCat("--gtest_filter=", input.trace.body.test));
  words.push_back(absl::StrCat("--fozzy_replay=", input.path));
  if (const auto break_at = context.args.U64("--break-at")) {
    words.push_back(absl::StrCat("--fozzy_break_at=", *break_at));
  }
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  execvp(pointers[0], pointers.data());
  if (errno == ENOENT) {
    return absl::NotFoundError(
        "found no gdb in PATH; expected one, as the package gdb has it");
  }
  return absl::InvalidArgumentError(
      absl::StrCat("cannot run gdb: ", strerrordesc_np(errno)));
}

}  // namespace

absl::StatusOr<BodyReplayInput> FindBodyReplay(const Context& context,
                                               const std::string& path) {
  BodyReplayInput input;
  input.path = path;
  absl::StatusOr<BodyTrace> trace = ReadBodyTrace(path);
  if (!trace.ok()) return AtTrace(path, trace.status());
  input.trace = *std::move(trace);
  const BodyIdentity& body = input.trace.body;
  const auto program = context.args.Text("--program");
  if (!program && body.program == kBuiltin) {
    input.program = absl::StrCat(kBuiltinPrefix, body.test);
    return input;
  }
  input.program = program ? *program : FindBelow(body);
  if (input.program.empty()) return NoProgram(path, body);
  if (!IsProgram(input.program)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--program ", input.program, ": expected a program"));
  }
  // What is executed is what the user named, never a file of that name in PATH.
  if (!absl::StrContains(input.program, '/')) {
    input.program = absl::StrCat("./", input.program);
  }
  if (BuildIdOf(input.program) != body.build_id) {
    input.warning = absl::StrCat(input.program, " is another build than the ",
                                 body.program, " that was recorded");
  }
  return input;
}

ControlRequest RequestOf(const BodyTrace& trace, ControlVerb verb) {
  ControlRequest request;
  request.verb = verb;
  request.test = trace.body.test;
  request.config = trace.config;
  request.decisions = trace.recording.decisions;
  request.finding = trace.recording.finding;
  return request;
}

absl::StatusOr<BodyReplay> ReplayBody(const BodyReplayInput& input) {
  absl::StatusOr<ControlAnswer> answer =
      CallFresh({input.program, /*shows_output=*/true},
                RequestOf(input.trace, ControlVerb::kRepeat));
  FOZZY_RETURN_IF_ERROR(answer.status());
  if (!answer->recording) {
    return absl::DataLossError("found an answer without a run, expected one");
  }
  BodyReplay replay;
  replay.recording = *std::move(answer->recording);
  replay.schedule = std::move(answer->text);
  replay.difference = DifferenceOf(input.trace.recording, replay.recording);
  return replay;
}

int CmdReplayBody(Context& context, const std::string& path) {
  const auto input = FindBodyReplay(context, path);
  if (!input.ok()) return context.output.Fail(input.status());
  if (context.args.Has("--gdb") || context.args.Has("--break-at")) {
    return context.output.Fail(BecomeGdb(context, *input));
  }
  Invocation invocation(context, "replay");
  if (context.args.Has("--dump-events")) invocation.KeepEvents();
  const auto replay = ReplayBody(*input);
  if (!replay.ok()) return context.output.Fail(replay.status());
  Describe(*input, *replay, invocation.summary());
  context.output.Text(absl::StrCat(replay->schedule, "\n"));
  const std::string status = invocation.summary().status;
  return invocation.Finish(status == "pass"    ? kExitOk
                           : status == "crash" ? kExitCrash
                                               : kExitFinding);
}

}  // namespace fozzy
