// Which sanitizers the program is linked with, whatever fozzy itself was
// compiled with: an installed fozzy is linked into tests of all kinds.
#ifndef FOZZY_SIM_SANITIZERS_H_
#define FOZZY_SIM_SANITIZERS_H_

// Null where the sanitizer is not linked in.
extern "C" {
__attribute__((weak)) void __asan_init();
__attribute__((weak)) void __tsan_init();
}

namespace fozzy {

inline bool IsUnderAddressSanitizer() { return &__asan_init != nullptr; }
inline bool IsUnderThreadSanitizer() { return &__tsan_init != nullptr; }

// Whether a sanitizer watches accesses, and keeps variables of its own between
// those of the program.
inline bool IsSanitized() {
  return IsUnderAddressSanitizer() || IsUnderThreadSanitizer();
}

}  // namespace fozzy

#endif  // FOZZY_SIM_SANITIZERS_H_
