// Tells AddressSanitizer and ThreadSanitizer about fibers; nothing without
// them.
#ifndef FOZZY_SIM_FIBER_SANITIZERS_H_
#define FOZZY_SIM_FIBER_SANITIZERS_H_

#include <cstddef>

#include "sim/sanitizers.h"

#ifdef FOZZY_HAS_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef FOZZY_HAS_TSAN
#include <sanitizer/tsan_interface.h>
#endif

namespace fozzy {

// What the sanitizers know of one stack.
struct SanitizedFiber {
#ifdef FOZZY_HAS_ASAN
  void* fake_stack = nullptr;
  const void* bottom = nullptr;
  size_t bytes = 0;
#endif
#ifdef FOZZY_HAS_TSAN
  void* fiber = nullptr;
#endif
};

// The stack of the thread that runs.
inline void StartMain([[maybe_unused]] SanitizedFiber& main) {
#ifdef FOZZY_HAS_TSAN
  main.fiber = __tsan_get_current_fiber();
#endif
}

inline void StartFiber([[maybe_unused]] SanitizedFiber& fiber,
                       [[maybe_unused]] const void* bottom,
                       [[maybe_unused]] size_t bytes) {
#ifdef FOZZY_HAS_ASAN
  fiber.bottom = bottom;
  fiber.bytes = bytes;
  // What was mapped there before may have been left in the middle of calls.
  __asan_unpoison_memory_region(bottom, bytes);
#endif
#ifdef FOZZY_HAS_TSAN
  fiber.fiber = __tsan_create_fiber(0);
#endif
}

// Nobody is on it, and nobody will be.
inline void EndFiber([[maybe_unused]] SanitizedFiber& fiber) {
#ifdef FOZZY_HAS_TSAN
  __tsan_destroy_fiber(fiber.fiber);
#endif
}

// Right before leaving `from`.
inline void BeforeSwitch([[maybe_unused]] SanitizedFiber& from,
                         [[maybe_unused]] SanitizedFiber& to) {
#ifdef FOZZY_HAS_ASAN
  __sanitizer_start_switch_fiber(&from.fake_stack, to.bottom, to.bytes);
#endif
#ifdef FOZZY_HAS_TSAN
  __tsan_switch_to_fiber(to.fiber, 0);
#endif
}

// Right after arriving on `to`.  The main stack is learnt about when it is
// left for the first time.
inline void AfterSwitch([[maybe_unused]] SanitizedFiber& to,
                        [[maybe_unused]] SanitizedFiber& from) {
#ifdef FOZZY_HAS_ASAN
  const void* bottom = nullptr;
  size_t bytes = 0;
  __sanitizer_finish_switch_fiber(to.fake_stack, &bottom, &bytes);
  from.bottom = bottom;
  from.bytes = bytes;
#endif
}

}  // namespace fozzy

#endif  // FOZZY_SIM_FIBER_SANITIZERS_H_
