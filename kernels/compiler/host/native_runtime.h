// Runs native code: what it calls, and how it ends.
#ifndef FOZZY_KERNELS_COMPILER_HOST_NATIVE_RUNTIME_H_
#define FOZZY_KERNELS_COMPILER_HOST_NATIVE_RUNTIME_H_

#include <csetjmp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "kernels/compiler/handles.h"
#include "kernels/compiler/host/native_calls.h"
#include "kernels/compiler/ir.h"
#include "kernels/compiler/outcome.h"

namespace fozzy::compiler {

// The functions that native code is compiled against.
extern const NativeCalls kNativeCalls;

// One running function.  A failure jumps from the native code that found it,
// which owns nothing, back to Run.
class NativeRun {
 public:
  // All outlive this.
  NativeRun(const IrModule& module, Handles& handles, Host& host,
            uint64_t loops_max);

  // Runs `entry` of `function`, as Interpreter::Run.
  Outcome Run(NativeCode::Entry entry, uint32_t function,
              const std::vector<int64_t>& arguments);

 private:
  friend struct NativeRuntime;

  // Context of native code, from which the run is found again.
  struct Context : NativeContext {
    NativeRun* run = nullptr;
  };

  static NativeRun& Of(NativeContext* context) {
    return *static_cast<Context*>(context)->run;
  }

  [[noreturn]] void Fail(FailureKind kind, int64_t place, int64_t found,
                         int64_t limit);
  bool CallHost(uint32_t function, const int64_t* words, int64_t& result);
  std::vector<int64_t> Elements(int64_t array, uint32_t enum_index);

  const IrModule& module_;
  Handles& handles_;
  Host& host_;
  const uint64_t loops_max_;
  Context context_;
  std::unique_ptr<char[]> bytes_;  // of strings that were made
  std::vector<int64_t> literals_;  // handles of interned ones
  Failure failure_;
  std::jmp_buf failed_;
};

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_HOST_NATIVE_RUNTIME_H_
