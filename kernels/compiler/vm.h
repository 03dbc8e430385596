// Runs lowered programs: portable, and a few times slower than native code.
#ifndef FOZZY_KERNELS_COMPILER_VM_H_
#define FOZZY_KERNELS_COMPILER_VM_H_

#include <cstdint>
#include <vector>

#include "kernels/compiler/bytecode.h"
#include "kernels/compiler/handles.h"
#include "kernels/compiler/ir.h"
#include "kernels/compiler/outcome.h"
#include "kernels/compiler/text_store.h"

namespace fozzy::compiler {

class Vm {
 public:
  // All outlive this.  `loops_max` as for the interpreter; the module must have
  // been built to count turns for it to matter.
  Vm(const IrModule& module, const VmProgram& program, Handles& handles,
     Host& host, uint64_t loops_max);

  // As Interpreter::Run.
  Outcome Run(uint32_t function, const std::vector<int64_t>& arguments);

 private:
  friend struct VmSlow;

  // Ends the program.
  const Code* Fail(FailureKind kind, Position at, int64_t found, int64_t limit);

 public:
  // For handlers.  Fails at the place of `code`.
  const Code* FailAt(const Code* code, FailureKind kind, int64_t found,
                     int64_t limit);

 private:
  struct Frame {
    const VmFunction* function;
    int64_t* slots;
    const Instruction* call;  // by the caller; nullptr of the first
    const Code* next;         // of the caller
  };

  // Begins a frame with its constants and arrays.
  void Enter(const VmFunction& function, int64_t* slots);
  void Leave();

  const IrModule& module_;
  const VmProgram& program_;
  Handles& handles_;
  Host& host_;
  const uint64_t loops_max_;
  uint64_t loops_ = 0;
  TextStore texts_;
  std::vector<int64_t> stack_;
  std::vector<Frame> frames_;
  Failure failure_;
  int64_t result_ = 0;
};

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_VM_H_
