#include "backends/compiler/program_generator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "kernels/compiler/program.h"

namespace fozzy {
namespace {

TEST(ProgramGeneratorTest, WithoutAnswersTheDullestProgramIsMade) {
  const std::vector<uint64_t> none;
  ListedChoices choices(none);
  EXPECT_EQ(GenerateProgram(choices),
            "fn f(p: i32, q: i64) -> i64 {\n  return i64(0);\n}\n");
}

TEST(ProgramGeneratorTest, TheAnswersAreTheProgram) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    DrawnChoices drawn(seed);
    const std::string program = GenerateProgram(drawn);
    ListedChoices listed(drawn.answers());
    EXPECT_EQ(GenerateProgram(listed), program) << "seed " << seed;
  }
}

TEST(ProgramGeneratorTest, EveryProgramPassesTheChecker) {
  size_t longest = 0;
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    DrawnChoices choices(seed);
    const std::string program = GenerateProgram(choices);
    longest = std::max(longest, program.size());
    const auto made = compiler::Program::Make(
        program, {.backend = compiler::Backend::kInterp});
    ASSERT_TRUE(made.ok()) << "seed " << seed << ": " << made.status().message()
                           << "\n"
                           << program;
  }
  EXPECT_GT(longest, 2000u);
}

TEST(ProgramGeneratorTest, AnyAnswersMakeAProgram) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    DrawnChoices drawn(seed);
    GenerateProgram(drawn);
    std::vector<uint64_t> answers = drawn.answers();
    answers.resize(answers.size() / 2);
    for (size_t i = 0; i < answers.size(); i += 3) answers[i] += 7;
    ListedChoices listed(answers);
    EXPECT_TRUE(compiler::Program::Make(GenerateProgram(listed),
                                        {.backend = compiler::Backend::kInterp})
                    .ok())
        << "seed " << seed;
  }
}

}  // namespace
}  // namespace fozzy
