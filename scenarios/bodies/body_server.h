// Answers what fozzy asks of a program with bodies.
#ifndef FOZZY_SCENARIOS_BODIES_BODY_SERVER_H_
#define FOZZY_SCENARIOS_BODIES_BODY_SERVER_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "backends/host/this_program.h"
#include "scenarios/bodies/body_worker.h"
#include "scenarios/bodies/control.h"

namespace fozzy {

// Runs the bodies of this program.  A worker is kept from one request to the
// next, as long as both are of the same search.
class BodyServer {
 public:
  // `version` is what answers say of themselves.  What a body prints is let
  // through `muted`, if not null, while a run is repeated.  `state`, if not
  // null, says where the server is.  Neither is owned.
  explicit BodyServer(std::string version, MutedOutput* muted = nullptr,
                      WorkerState* state = nullptr)
      : version_(std::move(version)), muted_(muted), state_(state) {}

  // Returns the encoded answer to an encoded request; what is wrong with it is
  // part of the answer.
  std::string AnswerBytes(absl::string_view request);

  ControlAnswer Answer(const ControlRequest& request);

  const std::string& version() const { return version_; }

 private:
  absl::Status Carry(const ControlRequest& request, ControlAnswer& answer);
  absl::Status SetUp(const ControlRequest& request);
  absl::Status Search(const ControlRequest& request, ControlAnswer& answer);
  void Repeat(const ControlRequest& request, ControlAnswer& answer);
  absl::Status Shrink(const ControlRequest& request, ControlAnswer& answer);
  absl::Status Explain(const ControlRequest& request, ControlAnswer& answer);

  const std::string version_;
  MutedOutput* const muted_;
  WorkerState* const state_;
  std::string test_;
  BodyConfig config_;
  std::unique_ptr<BodyWorker> worker_;
  bool is_prepared_ = false;
  bool is_guarded_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_BODY_SERVER_H_
