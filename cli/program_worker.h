// A process with bodies that fozzy asks.
#ifndef FOZZY_CLI_PROGRAM_WORKER_H_
#define FOZZY_CLI_PROGRAM_WORKER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "backends/host/child.h"
#include "backends/host/message_pipe.h"
#include "scenarios/bodies/control.h"

namespace fozzy {

// What starts the names of bodies that are part of fozzy.
inline constexpr absl::string_view kBuiltinPrefix = "builtin:";

// Whether `name` is a program, or a built-in body, rather than a scenario or
// a trace: a file that can be executed.
bool IsProgram(const std::string& name);

// How a worker is started.
struct WorkerPlan {
  std::string program;        // a path, or "builtin:..."
  bool shows_output = false;  // what it prints goes to stderr
  // It has answered before: one that ends now has crashed.
  bool is_known = false;
};

class ProgramWorker {
 public:
  ProgramWorker() = default;
  ProgramWorker(const ProgramWorker&) = delete;
  ProgramWorker& operator=(const ProgramWorker&) = delete;

  // Starts the process.  Called once.
  // Errors: INVALID_ARGUMENT if it cannot be started.
  absl::Status Start(const WorkerPlan& plan);

  // Becomes readable when there is an answer, or the process has ended.
  int descriptor() const;

  // Errors of both: UNAVAILABLE if the process has ended, with how; DATA_LOSS
  // for what is no message, FAILED_PRECONDITION for what the answer says is
  // wrong.
  absl::Status Ask(const ControlRequest& request);
  absl::StatusOr<ControlAnswer> Receive();

  absl::StatusOr<ControlAnswer> Call(const ControlRequest& request);

 private:
  std::string EndText();

  std::string name_;
  Child child_;
  Fd pipe_;
  std::optional<ForkedAnswerer> copy_;
  bool has_answered_ = false;
};

// Asks a process that is started for it and ends after it.
absl::StatusOr<ControlAnswer> CallFresh(const WorkerPlan& plan,
                                        const ControlRequest& request);

// What a program says of itself.
struct ProgramInfo {
  std::string name;
  std::string build_id;
  std::vector<std::string> tests;  // sorted
};
absl::StatusOr<ProgramInfo> AskProgram(const std::string& program);

}  // namespace fozzy

#endif  // FOZZY_CLI_PROGRAM_WORKER_H_
