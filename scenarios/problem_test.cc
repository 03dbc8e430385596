#include "scenarios/problem.h"

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(ProblemTest, TellsWhatItKnows) {
  Problem problem;
  problem.line = 3;
  problem.column = 7;
  problem.found = "5, a number";
  problem.expected = "a string";
  EXPECT_EQ(problem.Message(), "found 5, a number, expected a string");

  problem.field = "key";
  EXPECT_EQ(problem.Message(),
            "field \"key\": found 5, a number, expected a string");

  problem.step = "steps[3] (set_kv)";
  EXPECT_EQ(problem.Text("a.json"),
            "a.json:3:7: steps[3] (set_kv), field \"key\": found 5, a number, "
            "expected a string");
}

}  // namespace
}  // namespace fozzy
