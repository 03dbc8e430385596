#include "scenarios/cluster_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

absl::StatusOr<ClusterPlan> Plan(absl::string_view members,
                                 const RunConfig& config = DetConfig()) {
  return PlanCluster(ParseOrDie(FileOfCluster(members)), config);
}

constexpr char kTwoNodes[] = R"("nodes":["b","a"],"steps":[)"
                             R"({"type":"crash","node":"a"}],)"
                             R"("invariants":[{"type":"kv_all_equal",)"
                             R"("key":"k"}])";

std::string ErrorOf(absl::string_view members, const RunConfig& config) {
  const auto plan = Plan(members, config);
  EXPECT_EQ(plan.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(plan.status().message());
}

TEST(ClusterPlanTest, NodesKeepTheOrderOfTheFile) {
  EXPECT_THAT(Plan(kTwoNodes)->nodes, ElementsAre("b", "a"));
  EXPECT_THAT(Plan(R"("node_count":3,"steps":[])")->nodes,
              ElementsAre("n0", "n1", "n2"));
}

TEST(ClusterPlanTest, EveryStepIsReadWithItsNodesAsIndices) {
  const auto plan = Plan(R"("nodes":["x","y"],"steps":[
      {"type":"client_put","node":"y","key":"k","value":"v"},
      {"type":"client_get_assert","node":"x","key":"k","equals":"w"},
      {"type":"client_get_assert","node":"x","key":"k","is_null":true},
      {"type":"partition","a":"y","b":"x"},{"type":"heal","a":"x","b":"y"},
      {"type":"crash","node":"y"},{"type":"restart","node":"y"},
      {"type":"tick","duration":"2s"}])");
  ASSERT_TRUE(plan.ok());
  const std::vector<std::string>& texts = plan->texts;
  const std::vector<ClusterStep>& steps = plan->steps;
  ASSERT_EQ(steps.size(), 8u);
  using Kind = ClusterStep::Kind;
  EXPECT_EQ(steps[0].kind, Kind::kClientPut);
  EXPECT_EQ(steps[0].a, 1u);
  EXPECT_EQ(texts[steps[0].key], "k");
  EXPECT_EQ(texts[*steps[0].value], "v");
  EXPECT_EQ(steps[1].kind, Kind::kClientGet);
  EXPECT_EQ(steps[1].a, 0u);
  EXPECT_EQ(texts[*steps[1].value], "w");
  EXPECT_EQ(steps[1].key, steps[0].key);
  EXPECT_FALSE(steps[1].expects_null);
  EXPECT_TRUE(steps[2].expects_null);
  EXPECT_EQ(steps[3].kind, Kind::kPartition);
  EXPECT_EQ(steps[3].a, 1u);
  EXPECT_EQ(steps[3].b, 0u);
  EXPECT_EQ(steps[4].kind, Kind::kHeal);
  EXPECT_EQ(steps[5].kind, Kind::kCrash);
  EXPECT_EQ(steps[6].kind, Kind::kRestart);
  EXPECT_EQ(steps[7].kind, Kind::kTick);
  EXPECT_EQ(steps[7].duration, 2000u);
  EXPECT_EQ(steps[7].number, 7u);
}

TEST(ClusterPlanTest, EveryInvariantIsRead) {
  const auto plan = Plan(R"("node_count":2,"steps":[],"invariants":[
      {"type":"kv_all_equal","key":"a"},{"type":"kv_present_on_all","key":"b"},
      {"type":"kv_node_equals","node":"n1","key":"c","equals":"v"}])");
  ASSERT_TRUE(plan.ok());
  using Kind = ClusterInvariant::Kind;
  ASSERT_EQ(plan->invariants.size(), 3u);
  EXPECT_EQ(plan->invariants[0].kind, Kind::kAllEqual);
  const std::vector<std::string>& texts = plan->texts;
  EXPECT_EQ(texts[plan->invariants[0].key], "a");
  EXPECT_EQ(plan->invariants[1].kind, Kind::kPresentOnAll);
  EXPECT_EQ(texts[plan->invariants[1].key], "b");
  EXPECT_EQ(plan->invariants[2].kind, Kind::kNodeEquals);
  EXPECT_EQ(plan->invariants[2].node, 1u);
  EXPECT_EQ(texts[plan->invariants[2].key], "c");
  EXPECT_EQ(texts[plan->invariants[2].value], "v");
}

TEST(ClusterPlanTest, AnotherNumberOfNodesReplacesThoseOfTheFile) {
  RunConfig config = DetConfig();
  config.node_count = 4;
  EXPECT_EQ(Plan(R"("node_count":2,"steps":[])", config)->nodes.size(), 4u);
  EXPECT_EQ(ErrorOf(kTwoNodes, config),
            R"(unknown node "a"; expected one of n0, n1, n2, n3)");
  config.node_count = 0;
  EXPECT_EQ(ErrorOf(R"("node_count":2,"steps":[])", config),
            "expected at least one node, got none");
}

TEST(ClusterPlanTest, PresetsComeFirstInTheirOrderAndHaveNoPlaceInTheFile) {
  RunConfig config = DetConfig();
  config.presets = {"none", "partition-first-two", "heal-first-two",
                    "crash-first", "restart-first"};
  const auto plan = Plan(kTwoNodes, config);
  ASSERT_TRUE(plan.ok());
  std::vector<ClusterStep::Kind> kinds;
  for (const ClusterStep& step : plan->steps) kinds.push_back(step.kind);
  using Kind = ClusterStep::Kind;
  EXPECT_THAT(kinds, ElementsAre(Kind::kPartition, Kind::kHeal, Kind::kCrash,
                                 Kind::kRestart, Kind::kCrash));
  EXPECT_EQ(plan->steps[0].a, 0u);
  EXPECT_EQ(plan->steps[0].b, 1u);
  EXPECT_FALSE(plan->steps[0].number.has_value());
  EXPECT_EQ(plan->steps[4].number, 0u);
}

TEST(ClusterPlanTest, PresetsThatCannotBeAreRefused) {
  RunConfig config = DetConfig();
  config.presets = {"partition-first-two"};
  EXPECT_EQ(ErrorOf(R"("node_count":1,"steps":[])", config),
            "fault preset partition-first-two needs 2 nodes, the scenario has "
            "1");
  config.presets = {"crash-all"};
  EXPECT_EQ(ErrorOf(kTwoNodes, config), R"(unknown fault preset "crash-all")");
}

TEST(ClusterPlanTest, CheckersReplaceTheInvariantsOfTheFile) {
  RunConfig config = DetConfig();
  config.checkers = {"kv_present_on_all:x", "kv_node_equals:a:y:z",
                     "kv_all_equal:"};
  const auto plan = Plan(kTwoNodes, config);
  ASSERT_TRUE(plan.ok());
  using Kind = ClusterInvariant::Kind;
  ASSERT_EQ(plan->invariants.size(), 3u);
  EXPECT_EQ(plan->invariants[0].kind, Kind::kPresentOnAll);
  EXPECT_EQ(plan->texts[plan->invariants[0].key], "x");
  EXPECT_EQ(plan->invariants[1].kind, Kind::kNodeEquals);
  EXPECT_EQ(plan->invariants[1].node, 1u);
  EXPECT_EQ(plan->texts[plan->invariants[1].value], "z");
  EXPECT_EQ(plan->texts[plan->invariants[2].key], "");
}

TEST(ClusterPlanTest, CheckersThatAreNoneAreRefused) {
  RunConfig config = DetConfig();
  for (const char* checker : {"", "kv_all_equal", "kv_all_equal:a:b",
                              "kv_node_equals:a:k", "all_equal:k"}) {
    config.checkers = {checker};
    EXPECT_THAT(ErrorOf(kTwoNodes, config),
                testing::HasSubstr(" is not known; expected kv_all_equal:KEY"))
        << checker;
  }
  config.checkers = {"kv_node_equals:c:k:v"};
  EXPECT_EQ(ErrorOf(kTwoNodes, config),
            R"(unknown node "c"; expected one of b, a)");
}

}  // namespace
}  // namespace fozzy
