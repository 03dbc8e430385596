// Runs programs given as data on the runtime of kernels/reactive.
#ifndef FOZZY_BACKENDS_REACTIVE_REACTIVE_INTERPRET_H_
#define FOZZY_BACKENDS_REACTIVE_REACTIVE_INTERPRET_H_

#include "backends/reactive/reactive_program.h"
#include "kernels/reactive/reactor.h"

namespace fozzy {

// What a run on the runtime adds to what all runs show.
struct ReactiveExecution {
  ReactiveRun run;
  reactive::Outcome outcome;
};

struct InterpretOptions {
  // Decides what order leaves open; not owned, may be null.
  reactive::Order* order = nullptr;
  // Ends the run when nothing can react any more, as programs of users do,
  // rather than after the last input.
  bool stops_when_stuck = false;
};

// Runs `program`.
ReactiveExecution RunReactive(const ReactiveProgram& program,
                              const InterpretOptions& options = {});

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_REACTIVE_REACTIVE_INTERPRET_H_
