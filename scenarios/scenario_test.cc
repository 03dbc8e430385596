#include "scenarios/scenario.h"

#include "gtest/gtest.h"
#include "scenarios/parse.h"
#include "scenarios/testing/example_tables.h"

namespace fozzy {
namespace {

Scenario Parse(const std::string& source) {
  return ParseScenario("a.json", source, ExampleTables()).scenario.value();
}

TEST(ScenarioTest, LocationsNameThePathOfEveryStep) {
  const Scenario scenario = Parse(R"({"version":1,"name":"x","steps":[
  {"type":"rand_u64"},
  {"type":"assert_throws","steps":[
    {"type":"assert_throws","steps":[]},
    {"type":"assert_throws","steps":[ {"type":"rand_u64"}]}]},
  {"type":"sleep","duration":"1ms"}]})");

  const struct {
    absl::string_view path, type;
    Position position;
  } kExpected[] = {
      {"steps[0]", "rand_u64", {2, 3}},
      {"steps[1]", "assert_throws", {3, 3}},
      {"steps[1].steps[0]", "assert_throws", {4, 5}},
      {"steps[1].steps[1]", "assert_throws", {5, 5}},
      {"steps[1].steps[1].steps[0]", "rand_u64", {5, 39}},
      {"steps[2]", "sleep", {6, 3}},
  };
  ASSERT_EQ(scenario.step_count(), std::size(kExpected));
  for (uint32_t i = 0; i < scenario.step_count(); ++i) {
    const StepLocation location = scenario.LocationOf(i);
    EXPECT_EQ(location.path, kExpected[i].path);
    EXPECT_EQ(location.type, kExpected[i].type);
    EXPECT_EQ(location.position, kExpected[i].position);
  }
}

TEST(ScenarioTest, LocationsOfDistributedStepsSayWhichListTheyAreIn) {
  const Scenario scenario = Parse(
      R"({"version":1,"name":"x","distributed":{"node_count":1,
"steps":[{"type":"tick","duration":"1s"},{"type":"tick","duration":"1s"}],
"invariants":[{"type":"kv_all_equal","key":"k"}]}})");

  EXPECT_EQ(scenario.LocationOf(1).path, "distributed.steps[1]");
  EXPECT_EQ(scenario.LocationOf(1).type, "tick");
  EXPECT_EQ(scenario.LocationOf(2).path, "distributed.invariants[0]");
  EXPECT_EQ(scenario.LocationOf(2).type, "kv_all_equal");
  EXPECT_EQ(scenario.LocationOf(2).position, (Position{3, 15}));
}

TEST(ScenarioTest, PositionsBeyondTheEndAreThatOfTheEnd) {
  EXPECT_EQ(PositionIn("a\nbc", 4), (Position{2, 3}));
  EXPECT_EQ(PositionIn("a\nbc", 100), (Position{2, 3}));
  EXPECT_EQ(PositionIn("", 0), (Position{1, 1}));
}

}  // namespace
}  // namespace fozzy
