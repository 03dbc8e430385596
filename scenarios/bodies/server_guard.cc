#include "scenarios/bodies/server_guard.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// Copies that may be lost over one question.
constexpr int kCopiesMax = 8;

// Returns what the copy was asked, so that the run that ended it does no harm.
ControlRequest Guarded(ControlRequest request, const WorkerState& state,
                       int wait_status) {
  if (request.verb == ControlVerb::kSearch) {
    request.guarded_from = state.run;
    request.finding = CrashFinding(state.note, wait_status);
  } else {
    request.guarded_from = 0;
  }
  return request;
}

}  // namespace

std::string ServerGuard::AnswerBytes(const std::string& request) {
  std::string question = request;
  for (int copies = 0; copies < kCopiesMax; ++copies) {
    const absl::StatusOr<std::string> answer = Ask(question);
    if (answer.ok()) return *answer;
    if (!copy_) return Failed(std::string(answer.status().message()));
    const int wait_status = copy_->Stop();
    copy_.reset();
    auto decoded = DecodeRequest(request);
    if (!decoded.ok() || !state_->is_running) break;
    question =
        EncodeRequest(Guarded(*std::move(decoded), *state_.get(), wait_status));
  }
  return Failed("it ends its process, another way each time");
}

// Errors: those of messages, if the copy has ended.
absl::StatusOr<std::string> ServerGuard::Ask(const std::string& request) {
  if (!copy_) {
    state_.Reset();
    FOZZY_ASSIGN_OR_RETURN(
        copy_, ForkedAnswerer::Start([this](const std::string& question) {
          if (!watch_) {
            CrashWatch::LeaveNoCore();
            watch_.emplace(state_->note);
          }
          return server_.AnswerBytes(question);
        }));
  }
  FOZZY_RETURN_IF_ERROR(WriteMessage(copy_->descriptor(), request));
  return ReadMessage(copy_->descriptor());
}

std::string ServerGuard::Failed(const std::string& why) const {
  ControlAnswer answer;
  answer.version = server_.version();
  answer.error = absl::StrCat("the test was not run to its end: ", why);
  return EncodeAnswer(answer);
}

void ServeBodies(ServerGuard& guard, int descriptor) {
  while (true) {
    const auto request = ReadMessage(descriptor);
    if (!request.ok()) return;
    if (!WriteMessage(descriptor, guard.AnswerBytes(*request)).ok()) return;
  }
}

}  // namespace fozzy
