#include "scenarios/distributed_table.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

// Whether `members` make a cluster that nothing is to be said about.
bool IsUnderstood(absl::string_view members) {
  const ParseOutcome outcome =
      ParseScenario("t.fozzy.json", FileOfCluster(members), ScenarioTables());
  return outcome.scenario && outcome.problems.empty();
}

TEST(DistributedTableTest, EveryExampleOfAStepIsUnderstood) {
  ASSERT_EQ(DistributedSteps().size(), 7u);
  for (const StepSpec& spec : DistributedSteps()) {
    EXPECT_TRUE(IsUnderstood(
        absl::StrCat(R"("node_count":2,"steps":[)", spec.example, "]")))
        << std::string(spec.name);
  }
}

TEST(DistributedTableTest, EveryExampleOfAnInvariantIsUnderstood) {
  ASSERT_EQ(Invariants().size(), 3u);
  for (const StepSpec& spec : Invariants()) {
    EXPECT_TRUE(IsUnderstood(absl::StrCat(
        R"("node_count":2,"steps":[],"invariants":[)", spec.example, "]")))
        << std::string(spec.name);
  }
}

// The plan of a cluster reads nodes, keys and values by these numbers.
TEST(DistributedTableTest, FieldNumbersNameTheFieldsOfTheTable) {
  const auto field = [](StepTable table, size_t type, size_t index) {
    return std::string(table[type].fields[index].name);
  };
  EXPECT_EQ(field(DistributedSteps(), 0, ClientGetFields::kIsNull), "is_null");
  EXPECT_EQ(field(DistributedSteps(), 1, ClientPutFields::kValue), "value");
  EXPECT_EQ(field(DistributedSteps(), 2, NodeFields::kNode), "node");
  EXPECT_EQ(field(DistributedSteps(), 3, PairFields::kB), "b");
  EXPECT_EQ(field(DistributedSteps(), 6, TickFields::kDuration), "duration");
  EXPECT_EQ(field(Invariants(), 0, KeyFields::kKey), "key");
  EXPECT_EQ(field(Invariants(), 1, NodeEqualsFields::kEquals), "equals");
}

}  // namespace
}  // namespace fozzy
