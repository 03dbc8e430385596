#include "scenarios/parse_log.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

using Severity = Problem::Severity;

Problem At(uint64_t offset, Severity severity = Severity::kError) {
  Problem problem;
  problem.offset = offset;
  problem.severity = severity;
  return problem;
}

TEST(ParseLogTest, PositionsCountLinesAndBytes) {
  const std::string source = "ab\n\ncé.\n";
  for (uint64_t offset = 0; offset <= source.size() + 3; ++offset) {
    ParseLog log;
    log.Add(At(offset));
    const std::vector<Problem> problems = std::move(log).Take(source);
    // Counted byte by byte.
    uint32_t line = 1;
    uint32_t column = 1;
    for (uint64_t i = 0; i < offset && i < source.size(); ++i) {
      column = source[i] == '\n' ? 1 : column + 1;
      line += source[i] == '\n' ? 1U : 0U;
    }
    EXPECT_EQ(problems[0].line, line) << offset;
    EXPECT_EQ(problems[0].column, column) << offset;
  }
}

TEST(ParseLogTest, TheHeaviestComeFirstThenThePosition) {
  ParseLog log;
  log.Warn(At(1, Severity::kWarning));
  log.Add(At(9));
  log.Add(At(0, Severity::kMistake));
  log.Add(At(5));
  const std::vector<Problem> problems = std::move(log).Take("0123456789");

  ASSERT_EQ(problems.size(), 4U);
  EXPECT_EQ(problems[0].column, 6U);
  EXPECT_EQ(problems[1].column, 10U);
  EXPECT_EQ(problems[2].column, 1U);
  EXPECT_EQ(problems[3].column, 2U);
}

TEST(ParseLogTest, AFailureHidesWhatTheCheckFound) {
  ParseLog log;
  log.Add(At(1));
  log.Fail(At(2));
  log.Fail(At(3));
  const std::vector<Problem> problems = std::move(log).Take("0123");

  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].offset, 2U);
}

TEST(DescribeValueTest, CutsBetweenCharacters) {
  std::string source = "\"";
  for (int i = 0; i < 40; ++i) source += "é";
  source += "\"";
  JsonNode node;
  node.kind = JsonNode::Kind::kText;
  node.end = static_cast<uint32_t>(source.size());

  std::string expected = "\"";
  for (int i = 0; i < 20; ++i) expected += "é";
  EXPECT_EQ(DescribeValue(node, source), expected + "..., a string");
}

TEST(DescribeValueTest, IsOnOneLine) {
  const std::string source = "[\n    1,\n\t 2\n]";
  JsonNode node;
  node.kind = JsonNode::Kind::kArray;
  node.end = static_cast<uint32_t>(source.size());
  EXPECT_EQ(DescribeValue(node, source), "[ 1, 2 ], an array");
}

}  // namespace
}  // namespace fozzy
