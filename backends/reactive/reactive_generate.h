// Random reactive programs, made of answers to questions.
#ifndef FOZZY_BACKENDS_REACTIVE_REACTIVE_GENERATE_H_
#define FOZZY_BACKENDS_REACTIVE_REACTIVE_GENERATE_H_

#include <cstdint>
#include <functional>

#include "backends/reactive/reactive_program.h"

namespace fozzy {

// Answers "which number from 0 to `last`?"; 0 is the dullest.
using Chooser = std::function<uint64_t(uint64_t last)>;

// Returns a program that `choose` makes: nested bodies, branches and threads
// over up to six signals, with inputs of the host.  The answer 0 throughout
// makes the program that does nothing.
//
// Its observable behaviour does not depend on the order in which branches run:
// events of one program always carry the same value, and where emissions can
// fail, all failures end the run or none does.
ReactiveProgram GenerateReactive(const Chooser& choose);

// Returns `program` with the branches of each parallel in another order.
ReactiveProgram PermuteBranches(const ReactiveProgram& program,
                                const Chooser& choose);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_REACTIVE_REACTIVE_GENERATE_H_
