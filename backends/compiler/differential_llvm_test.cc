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

constexpr uint64_t kBlock = 50;
constexpr uint64_t kOptimised = 8;
constexpr uint64_t kBlocks = 12;

// Runs programs first to first + count - 1, compiled as `others` say.
void ExpectAgreement(uint64_t first, uint64_t count,
                     std::vector<ProgramOptions> others, bool is_optimised) {
  if (!compiler::kHasLlvm) return;
  for (ProgramOptions& options : others) options.is_optimised = is_optimised;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    DrawnChoices choices(seed);
    const std::string program = GenerateProgram(choices);
    ASSERT_EQ(FindDifference(program, others), "") << "seed " << seed << "\n"
                                                   << program;
  }
}

// Blocks of programs are tests of their own, so that they can be shared out.
class DifferentialLlvmTest : public testing::TestWithParam<uint64_t> {};

TEST_P(DifferentialLlvmTest, PlainCodeAgreesWithTheModel) {
  const FastPath path = GetParam() % 2 == 0 ? FastPath::kOn : FastPath::kOff;
  ExpectAgreement(GetParam() * kBlock, kBlock,
                  {Configured(Backend::kLlvm, path)}, false);
}

TEST_P(DifferentialLlvmTest, OptimisedCodeAgreesWithTheModel) {
  ExpectAgreement(kBlocks * kBlock + GetParam() * kOptimised, kOptimised,
                  {Configured(Backend::kLlvm, FastPath::kOn),
                   Configured(Backend::kLlvm, FastPath::kOff)},
                  true);
}

INSTANTIATE_TEST_SUITE_P(Blocks, DifferentialLlvmTest,
                         testing::Range(uint64_t{0}, kBlocks));

}  // namespace
}  // namespace fozzy
