#include "backends/reactive/reactive_generate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "backends/reactive/reactive_interpret.h"
#include "sim/base/rng.h"

namespace fozzy {
namespace {

size_t Statements(const ReactiveNode& node, std::set<ReactiveKind>& kinds) {
  size_t count = 1;
  kinds.insert(node.kind);
  for (const ReactiveNode& child : node.children) {
    count += Statements(child, kinds);
  }
  return count;
}

TEST(GenerateReactiveTest, TheDullestProgramDoesNothing) {
  const ReactiveProgram program =
      GenerateReactive([](uint64_t) { return uint64_t{0}; });
  const ReactiveRun run = RunReactive(program).run;
  EXPECT_TRUE(run.is_finished);
  EXPECT_EQ(run.instants.size(), 1);
}

TEST(GenerateReactiveTest, AnswersAreWithinTheirBounds) {
  // The highest answers make the largest programs, which are not too large.
  std::set<ReactiveKind> kinds;
  const ReactiveProgram program =
      GenerateReactive([](uint64_t last) { return last; });
  EXPECT_LT(Statements(program.main, kinds), 1000);
}

TEST(GenerateReactiveTest, AllStatementsComeUp) {
  std::set<ReactiveKind> kinds;
  for (uint64_t i = 0; i < 200; ++i) {
    Rng rng("generate", 1, i);
    const ReactiveProgram program =
        GenerateReactive([&](uint64_t last) { return rng.UpTo(last); });
    Statements(program.main, kinds);
  }
  EXPECT_EQ(kinds.size(), 15);
}

TEST(GenerateReactiveTest, PermutedProgramsHaveTheSameStatements) {
  Rng rng("permute", 1);
  const Chooser choose = [&](uint64_t last) { return rng.UpTo(last); };
  bool has_changed = false;
  for (int i = 0; i < 50; ++i) {
    const ReactiveProgram program = GenerateReactive(choose);
    const ReactiveProgram permuted = PermuteBranches(program, choose);
    std::string before = ReactiveText(program);
    std::string after = ReactiveText(permuted);
    has_changed = has_changed || before != after;
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    EXPECT_EQ(before, after);
  }
  EXPECT_TRUE(has_changed);
}

}  // namespace
}  // namespace fozzy
