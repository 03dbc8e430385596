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
constexpr uint64_t kBlock = 100;
constexpr uint64_t kAblations = 10;

void ExpectAgreement(uint64_t seed, const std::vector<ProgramOptions>& others) {
  DrawnChoices choices(seed);
  const std::string program = GenerateProgram(choices);
  const std::string difference = FindDifference(program, others);
  ASSERT_EQ(difference, "") << "seed " << seed << "\n" << program;
}

// Blocks of programs are tests of their own, so that they can be shared out.
class DifferentialBlockTest : public testing::TestWithParam<uint64_t> {};

TEST_P(DifferentialBlockTest, FastPathAndFallbackOfTheVmAgreeWithTheModel) {
  const std::vector<ProgramOptions> others = {
      Configured(Backend::kVm, FastPath::kOff),
      Configured(Backend::kVm, FastPath::kOn)};
  const uint64_t first = GetParam() * kBlock;
  for (uint64_t seed = first; seed < first + kBlock; ++seed) {
    ASSERT_NO_FATAL_FAILURE(ExpectAgreement(seed, others));
  }
}

TEST_P(DifferentialBlockTest, TheVmAgreesWithTheModelWithoutEachPass) {
  std::vector<ProgramOptions> others;
  for (uint32_t pass = 0; pass < compiler::kPasses; ++pass) {
    others.push_back(Configured(Backend::kVm, FastPath::kOn, 1u << pass));
  }
  const uint64_t first = kPrograms + GetParam() * kAblations;
  for (uint64_t seed = first; seed < first + kAblations; ++seed) {
    ASSERT_NO_FATAL_FAILURE(ExpectAgreement(seed, others));
  }
}

INSTANTIATE_TEST_SUITE_P(Blocks, DifferentialBlockTest,
                         testing::Range(uint64_t{0}, kPrograms / kBlock));

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
