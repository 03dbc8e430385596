#include "scenarios/parse_step.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scenarios/parse.h"
#include "scenarios/testing/example_tables.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;

Scenario Parse(absl::string_view steps) {
  ParseOutcome outcome = ParseScenario(
      "a.json",
      absl::StrCat(R"({"version":1,"name":"x","steps":[)", steps, "]}"),
      ExampleTables());
  for (const Problem& problem : outcome.problems) {
    ADD_FAILURE() << problem.Text("a.json");
  }
  return std::move(outcome.scenario).value();
}

std::vector<absl::string_view> Items(const Step& step, size_t field) {
  std::vector<absl::string_view> items;
  for (const Value& item : step.items(field)) {
    items.emplace_back(item.text, item.size);
  }
  return items;
}

TEST(StepParserTest, IntegersKeepAllTheirBits) {
  const Scenario scenario =
      Parse(R"({"type":"assert_eq_int","a":-9223372036854775808,)"
            R"("b":9223372036854775807},)"
            R"({"type":"memory_free","alloc_id":18446744073709551615},)"
            R"({"type":"proc_when","cmd":"","exit_code":-2147483648},)"
            R"({"type":"net_set_drop_rate","rate":1},)"
            R"({"type":"net_set_drop_rate","rate":0.25})");

  const std::span<const Step> steps = scenario.steps();
  EXPECT_EQ(steps[0].i64(0), INT64_MIN);
  EXPECT_EQ(steps[0].i64(1), INT64_MAX);
  EXPECT_EQ(steps[1].u64(0), UINT64_MAX);
  EXPECT_EQ(steps[2].i64(2), INT32_MIN);
  EXPECT_EQ(steps[3].f64(0), 1.0);
  EXPECT_EQ(steps[4].f64(0), 0.25);
}

TEST(StepParserTest, AbsentAndNullAreTheSameForOptionalFields) {
  const Scenario scenario =
      Parse(R"({"type":"rand_u64"},{"type":"rand_u64","key":null},)"
            R"({"type":"proc_when","cmd":"c","args":null,"exit_code":0})");

  EXPECT_FALSE(scenario.steps()[0].has(0));
  EXPECT_FALSE(scenario.steps()[1].has(0));
  EXPECT_TRUE(scenario.steps()[2].items(1).empty());
}

TEST(StepParserTest, ListsKeepTheirOrderAndMapsAreSorted) {
  const Scenario scenario = Parse(
      R"({"type":"proc_when","cmd":"c","args":["z","","\n"],"exit_code":0},)"
      R"({"type":"http_when","method":"GET","path":"/","status":200,)"
      R"("headers":{"b":"1","a":"2","b":"3"}},{"type":"rand_u64"})");

  EXPECT_THAT(Items(scenario.steps()[0], 1), ElementsAre("z", "", "\n"));
  EXPECT_THAT(Items(scenario.steps()[1], 3), ElementsAre("a", "2", "b", "3"));
}

TEST(StepParserTest, JsonIsKeptAsWritten) {
  const Scenario scenario =
      Parse(R"({"type":"http_when","method":"GET","path":"/","status":200,)"
            R"("json": [1.0, {"b":"\u0041"}] },)"
            R"({"type":"trace_event","name":"n","fields":{ "a":1 }},)"
            R"({"type":"http_when","method":"GET","path":"/","status":200,)"
            R"("json":"\"x"})");

  EXPECT_EQ(scenario.steps()[0].text(5), R"([1.0, {"b":"\u0041"}])");
  EXPECT_EQ(scenario.steps()[1].text(1), R"({ "a":1 })");
  EXPECT_EQ(scenario.steps()[2].text(5), R"("\"x")");
}

TEST(StepParserTest, NestedStepsAreNumberedAfterTheirParent) {
  const Scenario scenario =
      Parse(R"({"type":"rand_u64"},{"type":"assert_throws","steps":[)"
            R"({"type":"assert_throws","steps":[{"type":"rand_u64"}]},)"
            R"({"type":"rand_u64"}]},{"type":"rand_u64"})");

  const std::span<const Step> steps = scenario.steps();
  EXPECT_EQ(scenario.step_count(), 6U);
  EXPECT_EQ(steps[0].number, 0U);
  EXPECT_EQ(steps[1].number, 1U);
  EXPECT_EQ(steps[1].steps(0)[0].number, 2U);
  EXPECT_EQ(steps[1].steps(0)[0].steps(0)[0].number, 3U);
  EXPECT_EQ(steps[1].steps(0)[1].number, 4U);
  EXPECT_EQ(steps[2].number, 5U);
}

TEST(StepParserTest, StepsKnowWhereTheyBegin) {
  const Scenario scenario =
      Parse(R"({"type":"rand_u64"}, {"type":"rand_u64"})");
  for (const Step& step : scenario.steps()) {
    EXPECT_EQ(scenario.source().substr(step.offset, 7), "{\"type\"");
  }
}

TEST(StepParserTest, EmptyNestedListsAreFine) {
  const Scenario scenario = Parse(R"({"type":"assert_throws","steps":[]})");
  EXPECT_TRUE(scenario.steps()[0].has(0));
  EXPECT_TRUE(scenario.steps()[0].steps(0).empty());
}

TEST(StepParserTest, StepsNestAsDeepAsJsonMay) {
  // Two levels of JSON each, after two of the document; the innermost step is
  // an object of its own.
  constexpr int kDepth = 62;
  std::string steps;
  for (int i = 0; i < kDepth; ++i) {
    steps += R"({"type":"assert_throws","steps":[)";
  }
  steps += R"({"type":"rand_u64"})";
  for (int i = 0; i < kDepth; ++i) steps += "]}";

  EXPECT_EQ(Parse(steps).step_count(), static_cast<uint32_t>(kDepth) + 1);
}

}  // namespace
}  // namespace fozzy
