#include "cli/program_worker.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "backends/host/interrupts.h"
#include "cli/version.h"
#include "scenarios/bodies/body_registry.h"
#include "scenarios/bodies/builtin.h"
#include "scenarios/bodies/server_guard.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// A program that is no program of tests may never end.
constexpr int kFirstAnswerMs = 20'000;

constexpr char kSetControl[] = "FOZZY_CONTROL_FD=3";

bool IsKept(absl::string_view variable) {
  for (const absl::string_view prefix : {"FOZZY_", "GTEST_", "TESTBRIDGE_"}) {
    if (absl::StartsWith(variable, prefix)) return false;
  }
  return true;
}

std::vector<std::string> Environment() {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (IsKept(*variable)) variables.emplace_back(*variable);
  }
  variables.emplace_back(kSetControl);
  return variables;
}

absl::string_view BuiltinName(absl::string_view program) {
  return absl::StripPrefix(program, kBuiltinPrefix);
}

std::string WaitText(int status) {
  if (WIFSIGNALED(status)) {
    const char* name = sigabbrev_np(WTERMSIG(status));
    return absl::StrCat("was ended by SIG", name == nullptr ? "?" : name);
  }
  return absl::StrCat("ended with exit code ", WEXITSTATUS(status));
}

}  // namespace

bool IsProgram(const std::string& name) {
  if (absl::StartsWith(name, kBuiltinPrefix)) return true;
  struct stat info = {};
  return stat(name.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
         access(name.c_str(), X_OK) == 0;
}

absl::Status ProgramWorker::Start(const WorkerPlan& plan) {
  name_ = plan.program;
  has_answered_ = plan.is_known;
  if (absl::StartsWith(plan.program, kBuiltinPrefix)) {
    RegisterBuiltins();
    auto copy = ForkedAnswerer::Start([](const std::string& request) {
      static auto* const guard = new ServerGuard(kVersion);
      return guard->AnswerBytes(request);
    });
    FOZZY_RETURN_IF_ERROR(copy.status());
    copy_ = *std::move(copy);
    has_answered_ = true;
    return absl::OkStatus();
  }
  FOZZY_ASSIGN_OR_RETURN(MessageEnds ends, MakeMessageEnds());
  const Fd null(open("/dev/null", O_WRONLY | O_CLOEXEC));
  ChildPlan child;
  child.path = absl::StrContains(plan.program, '/')
                   ? plan.program
                   : absl::StrCat("./", plan.program);
  child.argv = {child.path};
  child.env = Environment();
  child.out = plan.shows_output ? STDERR_FILENO : null.get();
  child.err = child.out;
  child.control = ends.theirs.get();
  if (const int error = child_.Start(std::move(child)); error != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "cannot start ", plan.program, ": ", strerrordesc_np(error)));
  }
  pipe_ = std::move(ends.ours);
  return absl::OkStatus();
}

int ProgramWorker::descriptor() const {
  return copy_ ? copy_->descriptor() : pipe_.get();
}

std::string ProgramWorker::EndText() {
  if (copy_) return WaitText(copy_->Stop());
  pollfd ended = {child_.pidfd(), POLLIN, 0};
  if (poll(&ended, 1, 1'000) != 1) return "closed its socket";
  return WaitText(child_.Reap());
}

absl::Status ProgramWorker::Ask(const ControlRequest& request) {
  const absl::Status asked = WriteMessage(descriptor(), EncodeRequest(request));
  // If it has ended, so says Receive.
  return absl::IsUnavailable(asked) ? absl::OkStatus() : asked;
}

absl::StatusOr<ControlAnswer> ProgramWorker::Receive() {
  pollfd readable = {descriptor(), POLLIN, 0};
  const int ready =
      Interrupts::Poll({&readable, 1}, has_answered_ ? -1 : kFirstAnswerMs);
  if (Interrupts::HaveCome()) return Interrupts::Error();
  if (ready == 0) {
    return absl::UnavailableError(absl::StrCat(
        name_, " does not answer; expected a program linked with fozzy::test"));
  }
  const auto bytes = ReadMessage(descriptor());
  if (absl::IsOutOfRange(bytes.status())) {
    return absl::UnavailableError(absl::StrCat(
        name_, " ", EndText(),
        has_answered_ ? ""
                      : " without an answer; expected a program that is linked "
                        "with fozzy::test and runs its GoogleTests"));
  }
  if (!bytes.ok()) {
    return absl::Status(bytes.status().code(),
                        absl::StrCat(name_, ": ", bytes.status().message()));
  }
  absl::StatusOr<ControlAnswer> answer = DecodeAnswer(*bytes);
  if (!answer.ok()) {
    return absl::DataLossError(
        absl::StrCat(name_, ": ", answer.status().message()));
  }
  has_answered_ = true;
  if (answer->version != kVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat(name_, " is linked with fozzy \"", answer->version,
                     "\", expected ", kVersion));
  }
  if (!answer->error.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat(name_, ": ", answer->error));
  }
  return answer;
}

absl::StatusOr<ControlAnswer> ProgramWorker::Call(
    const ControlRequest& request) {
  FOZZY_RETURN_IF_ERROR(Ask(request));
  return Receive();
}

absl::StatusOr<ControlAnswer> CallFresh(const WorkerPlan& plan,
                                        const ControlRequest& request) {
  const Interrupts interrupts;
  ProgramWorker worker;
  FOZZY_RETURN_IF_ERROR(worker.Start(plan));
  return worker.Call(request);
}

absl::StatusOr<ProgramInfo> AskProgram(const std::string& program) {
  FOZZY_ASSIGN_OR_RETURN(ControlAnswer answer, CallFresh({program}, {}));
  if (!absl::StartsWith(program, kBuiltinPrefix)) {
    return ProgramInfo{answer.program, answer.build_id,
                       std::move(answer.tests)};
  }
  ProgramInfo info;
  info.name = "builtin";
  for (std::string& test : answer.tests) {
    // A '-' is part of names here.
    const absl::string_view name = BuiltinName(program);
    if (test == name ||
        (absl::StrContains(name, '*') && FitsFilter(test, name))) {
      info.tests.push_back(std::move(test));
    }
  }
  return info;
}

}  // namespace fozzy
