// Finds the module that makes native code.  It is loaded when first wanted:
// LLVM alone takes 15 ms to start.
#ifndef FOZZY_KERNELS_COMPILER_HOST_NATIVE_MODULE_H_
#define FOZZY_KERNELS_COMPILER_HOST_NATIVE_MODULE_H_

#include <string>

#include "kernels/compiler/host/native_calls.h"

namespace fozzy::compiler {

// Returns the function of the module at `path`, or if that is empty of
// kNativeModuleFile beside the running program, in ../lib/fozzy from there, or
// where libraries are.  Returns null and sets `error` if there is none.
CompileNative LoadNativeModule(const std::string& path, std::string& error);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_HOST_NATIVE_MODULE_H_
