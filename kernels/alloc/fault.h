// What callers of an allocator do wrong.
#ifndef KERNELS_ALLOC_FAULT_H_
#define KERNELS_ALLOC_FAULT_H_

#include <cstddef>
#include <cstdint>

namespace fozzy::alloc {

enum class FaultKind : uint8_t {
  kForeignFree,   // not a block of this allocator, or not its start
  kDoubleFree,    // a block that is free
  kOverrun,       // bytes behind the block were written; debug mode only
  kUseAfterFree,  // a freed block was written; debug mode only
};
inline constexpr size_t kFaultKinds = 4;

// Returns what a report calls it, "double free" say.
constexpr const char* FaultName(FaultKind kind) {
  switch (kind) {
    case FaultKind::kForeignFree:
      return "foreign free";
    case FaultKind::kDoubleFree:
      return "double free";
    case FaultKind::kOverrun:
      return "overrun";
    case FaultKind::kUseAfterFree:
      return "use after free";
  }
  return "fault";
}

// Is told of each fault, by the thread that notices it, with no lock held.  The
// call at fault has no effect then.  May end the process.
using FaultReporter = void (*)(FaultKind kind, const void* block);

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_FAULT_H_
