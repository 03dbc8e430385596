// What the exit codes of fozzy mean.  Scripts depend on these numbers.  What is
// interrupted ends as shells have it: 128 + the signal, 130 after ^C.
#ifndef FOZZY_CLI_EXIT_CODE_H_
#define FOZZY_CLI_EXIT_CODE_H_

namespace fozzy {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFinding = 1;  // a finding, drift, a check of `ci`
inline constexpr int kExitUsage = 2;    // usage, bad input, strict violation
inline constexpr int kExitTimeout = 3;
inline constexpr int kExitCrash = 4;

}  // namespace fozzy

#endif  // FOZZY_CLI_EXIT_CODE_H_
