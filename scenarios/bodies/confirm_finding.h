// A finding is repeated in a fresh process before it is reported.
#ifndef FOZZY_SCENARIOS_BODIES_CONFIRM_FINDING_H_
#define FOZZY_SCENARIOS_BODIES_CONFIRM_FINDING_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "scenarios/bodies/control.h"

namespace fozzy {

// Asks a process that has run nothing yet.
using AskFresh =
    absl::FunctionRef<absl::StatusOr<ControlAnswer>(const ControlRequest&)>;

struct ConfirmedFinding {
  Finding finding;          // what is to be reported
  BodyRecording recording;  // of the fresh process
  std::string schedule;     // the same as a table
  // It came back: the recording leads to the finding.
  bool is_confirmed = false;
};

// Repeats what `block` found.  If it does not come out the same, the finding is
// that: a state leak if two fresh processes agree with each other, else
// nondeterminism.
// Errors: those of `ask`.  Requires block.found.
absl::StatusOr<ConfirmedFinding> ConfirmFinding(const std::string& test,
                                                const BodyConfig& config,
                                                const BodyBlock& block,
                                                AskFresh ask);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_CONFIRM_FINDING_H_
