// The rules of the reactive scheduler, written down one by one: lists that are
// gone through from front to back, and continuations.  Slow and obvious; the
// runtime of kernels/reactive must do the same.
#ifndef FOZZY_BACKENDS_REACTIVE_REACTIVE_MODEL_H_
#define FOZZY_BACKENDS_REACTIVE_REACTIVE_MODEL_H_

#include "backends/reactive/reactive_program.h"

namespace fozzy {

// Runs `program`.  Requires repetitions to be few: it recurses over what is
// done within an instant.
ReactiveRun RunReactiveModel(const ReactiveProgram& program);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_REACTIVE_REACTIVE_MODEL_H_
