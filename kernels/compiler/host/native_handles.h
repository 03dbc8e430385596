// The handle table of programs with real threads.
#ifndef FOZZY_KERNELS_COMPILER_HOST_NATIVE_HANDLES_H_
#define FOZZY_KERNELS_COMPILER_HOST_NATIVE_HANDLES_H_

#include <mutex>

#include "kernels/compiler/handles.h"

namespace fozzy::compiler {

using NativeHandles = HandleTable<std::mutex>;

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_HOST_NATIVE_HANDLES_H_
