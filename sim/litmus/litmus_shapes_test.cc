#include "sim/litmus/litmus_shapes.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "sim/litmus/litmus_parser.h"

namespace fozzy {
namespace {

TEST(LitmusShapesTest, EveryShapeIsAProgramWithAnOutcomeOfItsOwn) {
  for (const LitmusShape& shape : LitmusShapes()) {
    const absl::StatusOr<LitmusProgram> program =
        ParseLitmusProgram(shape.program);
    ASSERT_TRUE(program.ok()) << shape.name << ": " << program.status();
    const absl::StatusOr<OutcomePattern> pattern =
        ParseOutcomePattern(shape.outcome);
    ASSERT_TRUE(pattern.ok()) << shape.name << ": " << pattern.status();
    for (uint32_t i = program->registers; i < kLitmusRegistersMax; ++i) {
      EXPECT_FALSE(pattern->registers[i].has_value()) << shape.name;
    }
    for (uint32_t i = program->locations; i < kLitmusLocationsMax; ++i) {
      EXPECT_FALSE(pattern->locations[i].has_value()) << shape.name;
    }
    EXPECT_FALSE(shape.source.empty()) << shape.name;
  }
}

TEST(LitmusShapesTest, NamesAndQuestionsAreUnique) {
  std::set<std::string> names;
  std::set<std::string> questions;
  for (const LitmusShape& shape : LitmusShapes()) {
    EXPECT_TRUE(names.emplace(shape.name).second) << shape.name;
    EXPECT_TRUE(questions
                    .insert(std::string(shape.program) + " -> " +
                            std::string(shape.outcome))
                    .second)
        << shape.name;
  }
}

TEST(LitmusShapesTest, EveryVerdictOccurs) {
  std::set<LitmusVerdict> verdicts;
  for (const LitmusShape& shape : LitmusShapes()) {
    verdicts.insert(shape.verdict);
  }
  EXPECT_EQ(verdicts.size(), 3u);
}

}  // namespace
}  // namespace fozzy
