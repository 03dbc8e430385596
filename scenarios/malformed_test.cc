// Each file in malformed/ is wrong in one way; expectations.txt there says
// what must be told of it: place, step, field, found, expected.
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scenarios/parse.h"
#include "scenarios/scenario_file.h"
#include "scenarios/testing/example_tables.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

struct Expectation {
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
  std::string step, field, found, expected;
};

std::vector<Expectation> ReadExpectations() {
  std::vector<Expectation> all;
  const std::string text = *ReadScenarioFile("malformed/expectations.txt");
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> parts = absl::StrSplit(line, '\t');
    EXPECT_EQ(parts.size(), 7U) << line;
    Expectation one = {parts[0], 0, 0, parts[3], parts[4], parts[5], parts[6]};
    EXPECT_TRUE(absl::SimpleAtoi(parts[1], &one.line)) << line;
    EXPECT_TRUE(absl::SimpleAtoi(parts[2], &one.column)) << line;
    all.push_back(std::move(one));
  }
  return all;
}

ParseOutcome Parse(const std::string& file) {
  const std::string path = absl::StrCat("malformed/", file, ".fozzy.json");
  return ParseScenario(path, *ReadScenarioFile(path), ExampleTables());
}

TEST(MalformedTest, EveryErrorSaysWhereAndWhatAndWhatNot) {
  const std::vector<Expectation> all = ReadExpectations();

  EXPECT_GE(all.size(), 60U);
  for (const Expectation& one : all) {
    SCOPED_TRACE(one.file);
    const ParseOutcome outcome = Parse(one.file);
    EXPECT_FALSE(outcome.scenario.has_value());
    ASSERT_FALSE(outcome.problems.empty());
    const Problem& problem = outcome.problems.front();
    EXPECT_EQ(problem.severity, Problem::Severity::kError);
    EXPECT_EQ(problem.line, one.line);
    EXPECT_EQ(problem.column, one.column);
    EXPECT_EQ(problem.step, one.step);
    EXPECT_EQ(problem.field, one.field);
    EXPECT_THAT(problem.found, HasSubstr(one.found));
    EXPECT_THAT(problem.expected, HasSubstr(one.expected));
  }
}

TEST(MalformedTest, EveryErrorIsTheOnlyOne) {
  for (const Expectation& one : ReadExpectations()) {
    int errors = 0;
    for (const Problem& problem : Parse(one.file).problems) {
      errors += problem.severity == Problem::Severity::kError ? 1 : 0;
    }
    EXPECT_EQ(errors, 1) << one.file;
  }
}

}  // namespace
}  // namespace fozzy
