// Which sanitizers this is compiled with: FOZZY_HAS_ASAN, FOZZY_HAS_TSAN.
#ifndef FOZZY_SIM_SANITIZERS_H_
#define FOZZY_SIM_SANITIZERS_H_

#if defined(__SANITIZE_ADDRESS__)
#define FOZZY_HAS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FOZZY_HAS_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define FOZZY_HAS_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define FOZZY_HAS_TSAN 1
#endif
#endif

namespace fozzy {

// Whether a sanitizer watches every access, and keeps variables of its own
// between those of the program.
#if defined(FOZZY_HAS_ASAN) || defined(FOZZY_HAS_TSAN)
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = false;
#endif

}  // namespace fozzy

#endif  // FOZZY_SIM_SANITIZERS_H_
