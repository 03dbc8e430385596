// The handlers of the virtual machine, for those who assemble its code.
#ifndef FOZZY_KERNELS_COMPILER_VM_HANDLERS_H_
#define FOZZY_KERNELS_COMPILER_VM_HANDLERS_H_

#include <cstdint>

#include "kernels/compiler/bytecode.h"
#include "kernels/compiler/ir.h"

namespace fozzy::compiler {

// dst = a op b, for arithmetic (which may fail by division) and comparisons.
Handler BinaryHandler(Op op, Scalar type);
// Jumps to the first target if a op b, else to the second.
Handler BranchHandler(Op op);
// a = a + slot c; jumps to the first target if a op b, else to the second.
Handler LoopHandler(Op op);
// dst = a % slot b, which is positive; value = 2^64 / b, rounded up.  Both are
// of 32 bits; `a` may be negative only if `is_signed`.
Handler RemainderByConstantHandler(bool is_signed);
// dst = (a + b) % slot c; as above, the sum being of 32 bits.
Handler AddRemainderHandler(bool is_signed);
// dst = a + (b << value), of 32 bits.
Handler ShiftAddHandler();
// dst = slot[value + a].
Handler LoadHandler();
// dst = a + (slot[value + b] << c), of 32 bits.
Handler LoadShiftAddHandler();
// slot[value + a] = b.
Handler StoreHandler();
// The same, if a is below the high half of value; which slot is in the low one.
Handler CheckedLoadHandler();
Handler CheckedStoreHandler();

// dst = a, of one slot and of two.
Handler CopyHandler(bool is_pair);
Handler NotHandler();
Handler NarrowHandler();
// Jumps to the first target.
Handler JumpHandler();
// Jumps to the first target if a is not 0.
Handler BranchIfHandler();
// Jumps by the entry a - value of the table of slow instruction c, if there is
// one, and to its default.
Handler SwitchHandler();
// Carries out slow instruction `value`.
Handler SlowHandler(Op op);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_VM_HANDLERS_H_
