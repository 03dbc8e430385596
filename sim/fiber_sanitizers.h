// Tells AddressSanitizer and ThreadSanitizer about fibers; nothing without
// them.
#ifndef FOZZY_SIM_FIBER_SANITIZERS_H_
#define FOZZY_SIM_FIBER_SANITIZERS_H_

#include <cstddef>

#include "sim/sanitizers.h"

// Source: sanitizer/common_interface_defs.h, asan_interface.h and
// tsan_interface.h of compiler-rt.
extern "C" {
__attribute__((weak)) void __sanitizer_start_switch_fiber(
    void** fake_stack_save, const void* bottom, size_t size);
__attribute__((weak)) void __sanitizer_finish_switch_fiber(
    void* fake_stack_save, const void** bottom_old, size_t* size_old);
__attribute__((weak)) void* __tsan_create_fiber(unsigned flags);
__attribute__((weak)) void __tsan_destroy_fiber(void* fiber);
__attribute__((weak)) void __tsan_switch_to_fiber(void* fiber, unsigned flags);
}

namespace fozzy {

// What the sanitizers know of one stack.
struct SanitizedFiber {
  void* fake_stack = nullptr;
  const void* bottom = nullptr;
  size_t bytes = 0;
  void* fiber = nullptr;
};

// The stack of the thread that runs.
inline void StartMain(SanitizedFiber& main) {
  if (IsUnderThreadSanitizer()) main.fiber = __tsan_get_current_fiber();
}

inline void StartFiber(SanitizedFiber& fiber, const void* bottom,
                       size_t bytes) {
  if (IsUnderAddressSanitizer()) {
    fiber.bottom = bottom;
    fiber.bytes = bytes;
    // What was mapped there before may have been a stack of somebody else.
    __asan_unpoison_memory_region(bottom, bytes);
  }
  if (IsUnderThreadSanitizer()) fiber.fiber = __tsan_create_fiber(0);
}

// Nobody is on it, and nobody will be; its memory may become something else,
// and it may have been left in the middle of calls.
inline void EndFiber(SanitizedFiber& fiber) {
  if (IsUnderAddressSanitizer()) {
    __asan_unpoison_memory_region(fiber.bottom, fiber.bytes);
  }
  if (IsUnderThreadSanitizer()) __tsan_destroy_fiber(fiber.fiber);
}

// Right before leaving `from`.
inline void BeforeSwitch(SanitizedFiber& from, SanitizedFiber& to) {
  if (IsUnderAddressSanitizer()) {
    __sanitizer_start_switch_fiber(&from.fake_stack, to.bottom, to.bytes);
  }
  if (IsUnderThreadSanitizer()) __tsan_switch_to_fiber(to.fiber, 0);
}

// Right after arriving on `to`.  The main stack is learnt about when it is
// left for the first time.
inline void AfterSwitch(SanitizedFiber& to, SanitizedFiber& from) {
  if (!IsUnderAddressSanitizer()) return;
  const void* bottom = nullptr;
  size_t bytes = 0;
  __sanitizer_finish_switch_fiber(to.fake_stack, &bottom, &bytes);
  from.bottom = bottom;
  from.bytes = bytes;
}

}  // namespace fozzy

#endif  // FOZZY_SIM_FIBER_SANITIZERS_H_
