// Runs one kernel in several ways and says where they differ from the model.
#ifndef FOZZY_BACKENDS_COMPILER_DIFFERENTIAL_H_
#define FOZZY_BACKENDS_COMPILER_DIFFERENTIAL_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "kernels/compiler/program.h"

namespace fozzy {

// Turns of loops that a kernel may make.
inline constexpr uint64_t kDifferentialTurns = 200;

// Runs the last function of `source` by the interpreter and as each of
// `others` says, with a few arguments.  Returns "" if value, failure, its place
// and the calls of the host agree, else what differs.  A kernel that runs out
// of memory for strings is not judged: the model has no such limit.
std::string FindDifference(const std::string& source,
                           const std::vector<compiler::ProgramOptions>& others);

// Makes a list of answers shorter and its numbers smaller while `fails` holds
// of it, trying at most `trials` lists.  Requires that it holds of `answers`.
std::vector<uint64_t> ShrinkGenerated(
    std::vector<uint64_t> answers, int trials,
    const std::function<bool(const std::vector<uint64_t>&)>& fails);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_COMPILER_DIFFERENTIAL_H_
