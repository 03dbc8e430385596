// The model and native code agree on random kernels, optimised or not.
#include <gtest/gtest.h>

#include <string>

#include "backends/compiler/differential.h"
#include "backends/compiler/program_generator.h"
#include "kernels/compiler/testing/backends.h"

namespace fozzy {
namespace {

using compiler::Backend;
using compiler::Configured;
using compiler::FastPath;
using compiler::ProgramOptions;

// Runs programs first to first + count - 1; each is compiled as `others` say.
void ExpectAgreement(uint64_t first, uint64_t count,
                     std::vector<ProgramOptions> others, bool is_optimised) {
  if (!compiler::kHasLlvm) return;
  for (ProgramOptions& options : others) options.is_optimised = is_optimised;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    DrawnChoices choices(seed);
    const std::string program = GenerateProgram(choices);
    ASSERT_EQ(FindDifference(program, others), "")
        << "seed " << seed << "\n" << program;
  }
}

TEST(DifferentialLlvmTest, PlainCodeOfTheFastPathAgreesWithTheModel) {
  ExpectAgreement(0, 200, {Configured(Backend::kLlvm, FastPath::kOn)}, false);
}

TEST(DifferentialLlvmTest, PlainCodeOfTheFallbackAgreesWithTheModel) {
  ExpectAgreement(200, 200, {Configured(Backend::kLlvm, FastPath::kOff)},
                  false);
}

TEST(DifferentialLlvmTest, OptimisedCodeAgreesWithTheModel) {
  ExpectAgreement(400, 60,
                  {Configured(Backend::kLlvm, FastPath::kOn),
                   Configured(Backend::kLlvm, FastPath::kOff)},
                  true);
}

}  // namespace
}  // namespace fozzy
