// Turns a checked tree into the intermediate representation.
#ifndef FOZZY_KERNELS_COMPILER_BUILD_IR_H_
#define FOZZY_KERNELS_COMPILER_BUILD_IR_H_

#include "kernels/compiler/ast.h"
#include "kernels/compiler/ir.h"
#include "kernels/compiler/position.h"

namespace fozzy::compiler {

// Returns the module with nothing lowered yet: handles, chains, interned
// strings, every check made.  Turns of loops are counted if `counts_turns`.
// Reports a function that needs over kRegistersMax registers.
IrModule BuildIr(const Module& module, bool counts_turns, Problem& problem);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_BUILD_IR_H_
