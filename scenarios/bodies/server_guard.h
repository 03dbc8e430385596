// Answers that come though the body asked about ends its process.
#ifndef FOZZY_SCENARIOS_BODIES_SERVER_GUARD_H_
#define FOZZY_SCENARIOS_BODIES_SERVER_GUARD_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "backends/host/message_pipe.h"
#include "backends/host/this_program.h"
#include "scenarios/bodies/body_server.h"
#include "scenarios/bodies/worker_state.h"
#include "sim/search/crash_watch.h"

namespace fozzy {

// Has a copy of this process, as it is when the first question comes, do what
// is asked.  If a run ends that copy, another is asked the same once more, this
// time to do that run in a process of its own and write it down on the way.
class ServerGuard {
 public:
  // As of BodyServer.
  explicit ServerGuard(std::string version, MutedOutput* muted = nullptr)
      : server_(std::move(version), muted, state_.get()) {}
  ServerGuard(const ServerGuard&) = delete;
  ServerGuard& operator=(const ServerGuard&) = delete;

  // Returns the encoded answer to an encoded request; what is wrong with it is
  // part of the answer.
  std::string AnswerBytes(const std::string& request);

 private:
  absl::StatusOr<std::string> Ask(const std::string& request);
  std::string Failed(const std::string& why) const;

  SharedWorkerState state_;
  BodyServer server_;  // what copies answer with
  std::optional<ForkedAnswerer> copy_;
  std::optional<CrashWatch> watch_;  // of a copy
};

// Answers at `descriptor` until nobody asks any more.
void ServeBodies(ServerGuard& guard, int descriptor);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_SERVER_GUARD_H_
