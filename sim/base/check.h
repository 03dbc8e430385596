// Checks of our own invariants, on in every build.  What a user did wrong is
// an absl::Status, never a check.
#ifndef FOZZY_SIM_BASE_CHECK_H_
#define FOZZY_SIM_BASE_CHECK_H_

namespace fozzy {

// Writes "file:line: check failed: condition" to stderr and aborts.
[[noreturn]] void CheckFailed(const char* file, int line,
                              const char* condition);

}  // namespace fozzy

// Aborts unless `condition` holds.  One condition per check.
#define FOZZY_CHECK(condition)                       \
  (__builtin_expect(static_cast<bool>(condition), 1) \
       ? static_cast<void>(0)                        \
       : ::fozzy::CheckFailed(__FILE__, __LINE__, #condition))

#endif  // FOZZY_SIM_BASE_CHECK_H_
