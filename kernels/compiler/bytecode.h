// What the virtual machine runs: lowered functions as threaded code on slots
// of 64 bits.
#ifndef FOZZY_KERNELS_COMPILER_BYTECODE_H_
#define FOZZY_KERNELS_COMPILER_BYTECODE_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "kernels/compiler/ir.h"
#include "kernels/compiler/position.h"

namespace fozzy::compiler {

class Vm;
struct Code;

// Carries out one instruction on the frame and returns the next, or nullptr at
// the end of the program.
using Handler = const Code* (*)(const Code* code, int64_t* frame, Vm& vm);

// One instruction.  What the fields mean is up to the handler; `value` of those
// that jump holds how far, to the first target in the low half, to the second
// in the high one.
struct Code {
  Handler run = nullptr;
  uint16_t dst = 0;
  uint16_t a = 0;
  uint16_t b = 0;
  uint16_t c = 0;
  int64_t value = 0;
};

// A function.  Slots hold registers, strings taking two, then the elements of
// direct arrays or the handles of others.
struct VmFunction {
  const IrFunction* source = nullptr;
  std::vector<Code> code;
  std::vector<Position> positions;                      // of each code
  std::vector<Instruction> slow;                        // that codes refer to
  std::vector<uint32_t> slots;                          // of each register
  std::vector<uint32_t> array_slots;                    // of each array
  std::vector<std::pair<uint32_t, int64_t>> constants;  // slot, number
  std::vector<std::pair<uint32_t, int64_t>> literals;   // slot, text
  std::vector<std::pair<uint32_t, uint32_t>> owned;     // slot, length
  uint32_t slot_count = 0;
};

struct VmProgram {
  std::vector<VmFunction> functions;  // as in IrModule
  uint32_t stack_slots = 0;           // that the deepest chain of calls needs
};

// Returns the program for `module`, which must outlive it.
VmProgram Assemble(const IrModule& module);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_BYTECODE_H_
