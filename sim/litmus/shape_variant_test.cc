#include "sim/litmus/shape_variant.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "sim/litmus/litmus_parser.h"
#include "sim/litmus/litmus_shapes.h"

namespace fozzy {
namespace {

constexpr uint64_t kVariants = 2000;

TEST(ShapeVariantTest, OneNameGivesOneProgram) {
  for (uint64_t i = 0; i < 100; ++i) {
    EXPECT_EQ(RandomShapeVariant(1, i), RandomShapeVariant(1, i));
  }
  EXPECT_NE(RandomShapeVariant(1, 0), RandomShapeVariant(2, 0));
}

TEST(ShapeVariantTest, VariantsHaveNoProblemAndStaySmall) {
  for (uint64_t i = 0; i < kVariants; ++i) {
    const LitmusProgram program = RandomShapeVariant(2, i);
    EXPECT_EQ(ProblemOf(program), "") << ToString(program);
    size_t ops = 0;
    for (const std::vector<LitmusOp>& thread : program.threads) {
      EXPECT_FALSE(thread.empty());
      ops += thread.size();
    }
    EXPECT_LE(ops, 9u);
  }
}

TEST(ShapeVariantTest, VariantsAreNewAndDiffer) {
  std::set<std::string> shapes;
  for (const LitmusShape& shape : LitmusShapes()) {
    shapes.emplace(shape.program);
  }
  std::set<std::string> variants;
  uint64_t unchanged = 0;
  for (uint64_t i = 0; i < kVariants; ++i) {
    const std::string text = ToString(RandomShapeVariant(3, i));
    unchanged += shapes.count(text);
    variants.insert(text);
  }
  EXPECT_LT(unchanged, kVariants / 2);
  EXPECT_GT(variants.size(), kVariants / 2);
}

}  // namespace
}  // namespace fozzy
