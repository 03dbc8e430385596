// Small reactive programs as data: what the model and the runtime both run.
#ifndef FOZZY_BACKENDS_REACTIVE_REACTIVE_PROGRAM_H_
#define FOZZY_BACKENDS_REACTIVE_REACTIVE_PROGRAM_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernels/reactive/reactive_finding.h"

namespace fozzy {

// The statements of kernels/reactive, by their rules.
enum class ReactiveKind : uint8_t {
  kNothing = 0,
  kPause,
  kEmit,     // an error ends the run
  kTryEmit,  // an error is ignored
  kAwait,
  kAwaitImmediate,  // of an event only
  kSequence,
  kParallel,
  kRepeat,  // the children in turn, `value` times
  kWhen,
  kWatch,
  kAbort,
  kSuspend,
  kFork,
  kJoin,  // of the thread this branch has forked last; of none: nothing
};

// A statement.  A branch has a register, 0 at first, that its awaits set; each
// body and branch starts with a copy.
struct ReactiveNode {
  ReactiveKind kind = ReactiveKind::kNothing;
  uint32_t signal = 0;         // an index into ReactiveProgram::aggregates
  uint64_t value = 0;          // that is emitted; of kRepeat
  bool adds_register = false;  // to what is emitted
  // In a row, for kRepeat, kFork and the bodies; side by side for kParallel.
  std::vector<ReactiveNode> children = {};
};

// A program and its host.  Signal 0 is an event that the host emits.
struct ReactiveProgram {
  // Whether each signal sums up what is emitted, or else is an event.
  std::vector<bool> aggregates;
  ReactiveNode main;
  // The inputs of the first instants; it runs for as many.
  std::vector<std::optional<uint64_t>> inputs;
};

// All that can be observed of a run.
struct ReactiveRun {
  // For each instant, for each signal, its value or that it is absent.
  std::vector<std::vector<std::optional<uint64_t>>> instants;
  bool is_finished = false;  // all of it has ended, in the last of `instants`
  // It ended by an error in the instant after `instants`.
  bool has_failed = false;

  friend bool operator==(const ReactiveRun&, const ReactiveRun&) = default;
};

// Returns the program as text, a statement a line, for people.
std::string ReactiveText(const ReactiveProgram& program);

// Returns a run as text, an instant a line.
std::string ReactiveText(const ReactiveRun& run);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_REACTIVE_REACTIVE_PROGRAM_H_
