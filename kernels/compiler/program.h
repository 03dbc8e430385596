// A kernel from its text to its result, by any of the backends.
//
//   absl::StatusOr<std::unique_ptr<Program>> program =
//       Program::Make(source, {.backend = Backend::kVm});
//   Outcome outcome = (*program)->Run({8'000'000}, host);
#ifndef FOZZY_KERNELS_COMPILER_PROGRAM_H_
#define FOZZY_KERNELS_COMPILER_PROGRAM_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "kernels/compiler/ast.h"
#include "kernels/compiler/ir.h"
#include "kernels/compiler/lowering/lowering.h"
#include "kernels/compiler/outcome.h"

namespace fozzy::compiler {

enum class Backend : uint8_t {
  kInterp,  // walks the tree; the model
  kVm,      // bytecode
  kLlvm,    // native code
};

struct ProgramOptions {
  Backend backend = Backend::kVm;
  LoweringOptions lowering = {};     // not of kInterp
  std::string function = {};         // to run; empty: the last of the text
  uint64_t loops_max = 0;            // turns of loops in a run; 0: any number
  bool is_optimised = true;          // of kLlvm
  std::string native_module = {};    // of kLlvm: see LoadNativeModule
  std::string* llvm_text = nullptr;  // of kLlvm: receives the module
  // Called with the lowered form, which it may change: tests plant bugs so.
  void (*after_lowering)(IrModule& module, void* context) = nullptr;
  void* after_lowering_context = nullptr;
};

class Program {
 public:
  // Errors: INVALID_ARGUMENT "line:column: ..." if the text is wrong, or the
  // function is none that numbers can be given to; FAILED_PRECONDITION if the
  // fast path is forced and something is not eligible; UNAVAILABLE if there is
  // no native code here; INTERNAL if LLVM refuses what it is given.
  static absl::StatusOr<std::unique_ptr<Program>> Make(
      absl::string_view source, const ProgramOptions& options);

  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  virtual ~Program() = default;

  // Calls the function.  Requires as many arguments as it has parameters.
  virtual Outcome Run(const std::vector<int64_t>& arguments, Host& host) = 0;

  size_t arity() const {
    return module_.functions[function_].parameters.size();
  }
  // The lowered form; of the interpreter, what there is before any pass.
  const IrModule& ir() const { return ir_; }

 protected:
  Program() = default;

  Module module_;
  IrModule ir_;
  uint32_t function_ = 0;
  uint64_t loops_max_ = 0;

 private:
  absl::Status Prepare(absl::string_view source, const ProgramOptions& options);
  absl::Status FindEntry(const std::string& name);
  virtual absl::Status Finish(const ProgramOptions& options) = 0;
};

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_PROGRAM_H_
