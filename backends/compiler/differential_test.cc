// The model and the virtual machine, on every path, agree on random kernels.
#include "backends/compiler/differential.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "backends/compiler/program_generator.h"
#include "kernels/compiler/testing/backends.h"

namespace fozzy {
namespace {

using compiler::Backend;
using compiler::Configured;
using compiler::FastPath;
using compiler::ProgramOptions;

constexpr uint64_t kPrograms = 2000;

void ExpectAgreement(uint64_t seed,
                     const std::vector<ProgramOptions>& others) {
  DrawnChoices choices(seed);
  const std::string program = GenerateProgram(choices);
  const std::string difference = FindDifference(program, others);
  ASSERT_EQ(difference, "") << "seed " << seed << "\n" << program;
}

TEST(DifferentialTest, FastPathAndFallbackOfTheVmAgreeWithTheModel) {
  const std::vector<ProgramOptions> others = {
      Configured(Backend::kVm, FastPath::kOff),
      Configured(Backend::kVm, FastPath::kOn)};
  for (uint64_t seed = 0; seed < kPrograms; ++seed) {
    ASSERT_NO_FATAL_FAILURE(ExpectAgreement(seed, others));
  }
}

TEST(DifferentialTest, TheVmAgreesWithTheModelWithoutEachPass) {
  std::vector<ProgramOptions> others;
  for (uint32_t pass = 0; pass < compiler::kPasses; ++pass) {
    others.push_back(Configured(Backend::kVm, FastPath::kOn, 1u << pass));
  }
  for (uint64_t seed = kPrograms; seed < kPrograms + 500; ++seed) {
    ASSERT_NO_FATAL_FAILURE(ExpectAgreement(seed, others));
  }
}

TEST(DifferentialTest, ATextThatIsRefusedIsADifference) {
  EXPECT_NE(FindDifference("fn f(", {}), "");
}

TEST(ShrinkGeneratedTest, KeepsOnlyTheAnswersThatMatter) {
  const auto fails = [](const std::vector<uint64_t>& answers) {
    return std::count_if(answers.begin(), answers.end(),
                         [](uint64_t answer) { return answer >= 5; }) >= 2;
  };
  EXPECT_EQ(ShrinkGenerated({1, 9, 3, 0, 7, 8, 2}, 1000, fails),
            (std::vector<uint64_t>{5, 5}));
}

}  // namespace
}  // namespace fozzy
