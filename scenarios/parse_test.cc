#include "scenarios/parse.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scenarios/json.h"
#include "scenarios/parse_log.h"
#include "scenarios/testing/example_tables.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Severity = Problem::Severity;

ParseOutcome Parse(std::string source) {
  return ParseScenario("a.json", std::move(source), ExampleTables());
}

// Returns a scenario with `steps`.
std::string WithSteps(absl::string_view steps) {
  return absl::StrCat(R"({"version":1,"name":"x","steps":[)", steps, "]}");
}

std::vector<std::string> Texts(const ParseOutcome& outcome) {
  std::vector<std::string> texts;
  for (const Problem& problem : outcome.problems) {
    texts.push_back(problem.Text("a.json"));
  }
  return texts;
}

TEST(ParseTest, ReadsADocumentInAnyOrderOfItsMembers) {
  const ParseOutcome outcome =
      Parse(R"({"steps":[{"value":"v","type":"set_kv","key":"k"}],)"
            R"("name":"größe \u2603","version":1})");

  ASSERT_TRUE(outcome.scenario.has_value());
  EXPECT_THAT(outcome.problems, IsEmpty());
  const Scenario& scenario = *outcome.scenario;
  EXPECT_EQ(scenario.path(), "a.json");
  EXPECT_EQ(scenario.version(), 1U);
  EXPECT_EQ(scenario.name(), "größe ☃");
  EXPECT_EQ(scenario.variant(), ScenarioVariant::kSteps);
  ASSERT_EQ(scenario.steps().size(), 1U);
  EXPECT_EQ(scenario.steps()[0].type, kSetKv);
  EXPECT_EQ(scenario.steps()[0].text(0), "k");
  EXPECT_EQ(scenario.steps()[0].text(1), "v");
}

TEST(ParseTest, NoStepsAreFine) {
  const ParseOutcome outcome = Parse(WithSteps(""));
  ASSERT_TRUE(outcome.scenario.has_value());
  EXPECT_TRUE(outcome.scenario->steps().empty());
  EXPECT_EQ(outcome.scenario->step_count(), 0U);
}

TEST(ParseTest, AScenarioCanBeMoved) {
  ParseOutcome outcome = Parse(WithSteps(R"({"type":"rand_u64","key":"\tk"})"));
  const absl::string_view key = outcome.scenario->steps()[0].text(0);
  const Scenario moved = std::move(*outcome.scenario);

  EXPECT_EQ(key, "\tk");
  EXPECT_EQ(moved.steps()[0].text(0).data(), key.data());
}

TEST(ParseTest, UnknownFieldsAreWarningsThatGuess) {
  const ParseOutcome outcome = Parse(
      "{\"version\":1,\"name\":\"x\",\"nmae\":2,\"steps\":[\n"
      R"({"type":"set_kv","key":"k","value":"v","valeu":1,"notes":[{}]}]})");

  ASSERT_TRUE(outcome.scenario.has_value());
  EXPECT_THAT(
      Texts(outcome),
      ElementsAre("a.json:1:25: field \"nmae\": found \"nmae\", an unknown "
                  "field, expected one of version, name, steps, distributed; "
                  "did you mean \"name\"?",
                  "a.json:2:40: steps[0] (set_kv), field \"valeu\": found "
                  "\"valeu\", an unknown field, expected one of type, key, "
                  "value; did you mean \"value\"?",
                  "a.json:2:50: steps[0] (set_kv), field \"notes\": found "
                  "\"notes\", an unknown field, expected one of type, key, "
                  "value"));
  EXPECT_EQ(outcome.problems[0].severity, Severity::kWarning);
  EXPECT_EQ(outcome.scenario->warnings().size(), 3U);
}

TEST(ParseTest, UnknownFieldsMayBeThereTwice) {
  const ParseOutcome outcome =
      Parse(R"({"version":1,"name":"x","z":1,"z":2,"steps":[)"
            R"({"type":"rand_u64","q":1,"q":2}]})");
  EXPECT_TRUE(outcome.scenario.has_value());
  EXPECT_EQ(outcome.problems.size(), 4U);
}

TEST(ParseTest, WarningsAreCountedWhenThereAreTooMany) {
  std::string steps;
  for (size_t i = 0; i < kWarningsMax + 7; ++i) {
    absl::StrAppend(&steps, i > 0 ? "," : "", R"({"type":"rand_u64","z":1})");
  }
  const ParseOutcome outcome = Parse(WithSteps(steps));

  ASSERT_TRUE(outcome.scenario.has_value());
  ASSERT_EQ(outcome.problems.size(), kWarningsMax + 1);
  EXPECT_EQ(outcome.problems.back().found, "7 unknown fields after it");
}

TEST(ParseTest, AllProblemsOfTheStaticCheckAreTold) {
  const ParseOutcome outcome = Parse(
      "{\"version\":2,\"name\":\"x\",\"steps\":[\n"
      R"({"type":"net_set_drop_rate","rate":1.5},)"
      "\n"
      R"({"type":"sleep","duration":"1"},{"type":"sleep","duration":"2"}]})");

  EXPECT_FALSE(outcome.scenario.has_value());
  EXPECT_EQ(outcome.variant, ScenarioVariant::kSteps);
  EXPECT_THAT(
      Texts(outcome),
      ElementsAre(HasSubstr(":1:12: field \"version\""),
                  HasSubstr(":3:28: steps[1] (sleep), field \"duration\""),
                  HasSubstr(":3:60: steps[2] (sleep), field \"duration\""),
                  HasSubstr(":2:36: steps[0] (net_set_drop_rate), field "
                            "\"rate\": found 1.5, expected a rate")));
  EXPECT_EQ(outcome.problems.back().severity, Severity::kMistake);
}

TEST(ParseTest, StaticProblemsAreLimited) {
  std::string steps;
  for (int i = 0; i < 150; ++i) {
    absl::StrAppend(&steps, i > 0 ? "," : "",
                    R"({"type":"sleep","duration":""})");
  }
  EXPECT_EQ(Parse(WithSteps(steps)).problems.size(), kCheckProblemsMax);
}

TEST(ParseTest, MistakesDoNotKeepItFromRunning) {
  const ParseOutcome outcome = Parse(
      WithSteps(R"({"type":"http_when","method":"GET","path":"/","status":200,)"
                R"("body":"b","json":1},{"type":"rand_u64"})"));

  EXPECT_TRUE(outcome.scenario.has_value());
  ASSERT_EQ(outcome.problems.size(), 1U);
  EXPECT_EQ(outcome.problems[0].severity, Severity::kMistake);
  EXPECT_EQ(outcome.problems[0].field, "json");
}

TEST(ParseTest, OnlyTheFirstErrorOfAMalformedFileIsTold) {
  const ParseOutcome outcome = Parse(
      "{\"version\":2,\"name\":\"x\",\"steps\":[{\"type\":\"sleep\","
      "\"duration\":\"x\"},\n{\"type\":\"nope\"},\n{\"type\":\"sleep\"}]}");

  ASSERT_EQ(outcome.problems.size(), 1U);
  EXPECT_EQ(outcome.problems[0].line, 2U);
  EXPECT_FALSE(outcome.variant.has_value());
}

TEST(ParseTest, SyntaxErrorsComeBeforeAllOthers) {
  const ParseOutcome outcome =
      Parse("{\"steps\":[{\"type\":\"nope\"}],\n\"distributed\":1,\n}");

  ASSERT_EQ(outcome.problems.size(), 1U);
  EXPECT_EQ(outcome.problems[0].line, 3U);
  EXPECT_THAT(outcome.problems[0].expected, HasSubstr("field name"));
}

TEST(ParseTest, SuitesAreWhatAFileWithoutGoodStepsIs) {
  const std::string start = R"({"version":1,"name":"x","suites":5)";
  EXPECT_EQ(Parse(start + "}").variant, ScenarioVariant::kSuites);
  EXPECT_EQ(Parse(start + R"(,"steps":[{}]})").variant,
            ScenarioVariant::kSuites);
  EXPECT_EQ(Parse(start + R"(,"distributed":{}})").variant,
            ScenarioVariant::kSuites);

  const ParseOutcome with_steps = Parse(start + R"(,"steps":[]})");
  EXPECT_EQ(with_steps.variant, ScenarioVariant::kSteps);
  EXPECT_TRUE(with_steps.scenario.has_value());
  EXPECT_EQ(with_steps.problems.size(), 1U);
}

TEST(ParseTest, ManySmallStepsTakeLittleMoreThanTheFile) {
  // Growing by what the rest of the file promises must not miss any step.
  for (const size_t count : {15U, 16U, 17U, 1000U, 20'000U}) {
    std::string steps =
        R"({"type":"rand_u64","key":")" + std::string(10'000, 'x') + "\"}";
    for (size_t i = 1; i < count; ++i) {
      absl::StrAppend(&steps, R"(,{"type":"assert_eq_int","a":)", i,
                      R"(,"b":1})");
    }
    const ParseOutcome outcome = Parse(WithSteps(steps));
    ASSERT_TRUE(outcome.scenario.has_value());
    ASSERT_EQ(outcome.scenario->steps().size(), count);
    for (size_t i = 1; i < count; ++i) {
      ASSERT_EQ(outcome.scenario->steps()[i].i64(0), static_cast<int64_t>(i));
    }
  }
}

TEST(ParseTest, EveryTruncationIsOneErrorInTheFile) {
  const std::string text = WithSteps(
      R"({"type":"assert_throws","steps":[{"type":"sleep","duration":"1ms"}]},)"
      R"({"type":"trace_event","name":"\u00e9","fields":{"a":[1.5,null]}})");
  ASSERT_TRUE(Parse(text).scenario.has_value());
  for (size_t size = 0; size < text.size(); ++size) {
    const ParseOutcome outcome = Parse(text.substr(0, size));
    ASSERT_FALSE(outcome.scenario.has_value()) << size;
    ASSERT_EQ(outcome.problems.size(), 1U) << size;
    ASSERT_LE(outcome.problems[0].offset, size) << size;
  }
}

TEST(ParseTest, EveryChangedByteIsTakenOrRefusedButNeverAnythingElse) {
  const std::string text =
      WithSteps(R"({"type":"proc_when","cmd":"a","args":["b"],"exit_code":-1},)"
                R"({"type":"rand_u64","key":null})");
  for (size_t at = 0; at < text.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = text;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      const ParseOutcome outcome = Parse(changed);
      const bool has_error =
          std::any_of(outcome.problems.begin(), outcome.problems.end(),
                      [](const Problem& problem) {
                        return problem.severity == Severity::kError;
                      });
      ASSERT_EQ(outcome.scenario.has_value(), !has_error) << changed;
    }
  }
}

}  // namespace
}  // namespace fozzy
