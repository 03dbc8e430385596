// Which sanitizers the program is linked with, whatever fozzy itself was
// compiled with: an installed fozzy is linked into tests of all kinds.
#ifndef FOZZY_SIM_SANITIZERS_H_
#define FOZZY_SIM_SANITIZERS_H_

#include <cstddef>

// Null where the sanitizer is not linked in.  Not the functions that start it:
// by their names `doctor` knows sanitized programs.
extern "C" {
__attribute__((weak)) void __asan_unpoison_memory_region(
    void const volatile* bottom, size_t bytes);
__attribute__((weak)) void* __tsan_get_current_fiber();
}

namespace fozzy {

inline bool IsUnderAddressSanitizer() {
  return &__asan_unpoison_memory_region != nullptr;
}
inline bool IsUnderThreadSanitizer() {
  return &__tsan_get_current_fiber != nullptr;
}

// Whether a sanitizer watches accesses, and keeps variables of its own between
// those of the program.
inline bool IsSanitized() {
  return IsUnderAddressSanitizer() || IsUnderThreadSanitizer();
}

}  // namespace fozzy

#endif  // FOZZY_SIM_SANITIZERS_H_
