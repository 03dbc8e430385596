#include "scenarios/parse_distributed.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scenarios/parse.h"
#include "scenarios/testing/example_tables.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ParseOutcome Parse(absl::string_view distributed) {
  return ParseScenario("a.json",
                       absl::StrCat(R"({"version":1,"name":"x","distributed":)",
                                    distributed, "}"),
                       ExampleTables());
}

std::vector<absl::string_view> NodesOf(const ParseOutcome& outcome) {
  if (outcome.scenario.has_value()) {
    return outcome.scenario->distributed().nodes;
  }
  ADD_FAILURE() << outcome.problems[0].Text("a.json");
  return {};
}

TEST(ParseDistributedTest, NodesAreNamedOrCounted) {
  EXPECT_THAT(NodesOf(Parse(R"({"nodes":["b","a"],"steps":[]})")),
              ElementsAre("b", "a"));
  EXPECT_THAT(NodesOf(Parse(R"({"node_count":3,"steps":[]})")),
              ElementsAre("n0", "n1", "n2"));
  EXPECT_THAT(NodesOf(Parse(R"({"nodes":null,"node_count":1,"steps":[]})")),
              ElementsAre("n0"));
}

TEST(ParseDistributedTest, NamesWinOverTheCount) {
  EXPECT_THAT(NodesOf(Parse(R"({"nodes":["a"],"node_count":0,"steps":[]})")),
              ElementsAre("a"));
}

TEST(ParseDistributedTest, EqualNamesAreOneNode) {
  EXPECT_THAT(NodesOf(Parse(R"({"nodes":["b","a","b","c","a"],"steps":[]})")),
              ElementsAre("b", "a", "c"));
}

TEST(ParseDistributedTest, InvariantsAreNumberedAfterSteps) {
  const ParseOutcome outcome = Parse(
      R"({"invariants":[{"type":"kv_all_equal","key":"k"}],"node_count":2,)"
      R"("steps":[{"type":"tick","duration":"1s"},)"
      R"({"type":"client_put","node":"n1","key":"k","value":"v"}]})");

  ASSERT_TRUE(outcome.scenario.has_value());
  EXPECT_EQ(outcome.variant, ScenarioVariant::kDistributed);
  const Distributed& distributed = outcome.scenario->distributed();
  ASSERT_EQ(distributed.steps.size(), 2U);
  EXPECT_EQ(distributed.steps[1].number, 1U);
  EXPECT_EQ(distributed.steps[1].text(2), "v");
  ASSERT_EQ(distributed.invariants.size(), 1U);
  EXPECT_EQ(distributed.invariants[0].number, 2U);
  EXPECT_EQ(outcome.scenario->step_count(), 3U);
}

TEST(ParseDistributedTest, TheSystemIsTheCorrectOneUnlessTheFileSaysSo) {
  const auto system_of = [](absl::string_view members) {
    return Parse(absl::StrCat(R"({"node_count":1,"steps":[])", members, "}"))
        .scenario->distributed()
        .system;
  };
  EXPECT_EQ(system_of(""), ClusterSystem::kKv);
  EXPECT_EQ(system_of(R"(,"system":null)"), ClusterSystem::kKv);
  EXPECT_EQ(system_of(R"(,"system":"kv")"), ClusterSystem::kKv);
  EXPECT_EQ(system_of(R"(,"system":"kv-lww-bug")"), ClusterSystem::kKvLwwBug);
}

TEST(ParseDistributedTest, AnUnknownSystemIsRefusedAndTheKnownOnesAreNamed) {
  const ParseOutcome outcome =
      Parse(R"({"node_count":1,"steps":[],"system":"raft"})");
  ASSERT_EQ(outcome.problems.size(), 1U);
  EXPECT_EQ(outcome.problems[0].Message(),
            R"(field "distributed.system": found "raft", an unknown system, )"
            R"(expected one of kv, kv-lww-bug)");
  EXPECT_EQ(
      Parse(R"({"node_count":1,"steps":[],"system":1})").problems[0].expected,
      "a string");
  EXPECT_FALSE(Parse(R"({"node_count":1,"steps":[],"system":"kv",)"
                     R"("system":"kv"})")
                   .scenario.has_value());
}

TEST(ParseDistributedTest, UnknownFieldsAreWarnings) {
  const ParseOutcome outcome =
      Parse(R"({"node_count":1,"steps":[],"invariant":[],"invariant":1})");
  ASSERT_TRUE(outcome.scenario.has_value());
  ASSERT_EQ(outcome.problems.size(), 2U);
  EXPECT_THAT(outcome.problems[0].expected,
              HasSubstr("did you mean \"invariants\"?"));
}

TEST(ParseDistributedTest, EveryUnknownNodeIsTold) {
  const ParseOutcome outcome = Parse(
      R"({"nodes":["a"],"steps":[{"type":"partition","a":"x","b":"\u0079"}],)"
      R"("invariants":[{"type":"kv_node_equals","node":"z","key":"k",)"
      R"("equals":"v"}]})");

  ASSERT_EQ(outcome.problems.size(), 3U);
  EXPECT_EQ(outcome.problems[0].found, "\"y\", an unknown node");
  EXPECT_EQ(outcome.problems[1].found, "\"x\", an unknown node");
  EXPECT_EQ(outcome.problems[2].found, "\"z\", an unknown node");
  EXPECT_EQ(outcome.variant, ScenarioVariant::kDistributed);
}

TEST(ParseDistributedTest, NoNodesHideNoOtherProblem) {
  const ParseOutcome outcome =
      Parse(R"({"nodes":[],"steps":[{"type":"tick","duration":"x"}]})");
  ASSERT_EQ(outcome.problems.size(), 2U);
  EXPECT_EQ(outcome.problems[0].field, "distributed.nodes");
  EXPECT_EQ(outcome.problems[1].field, "duration");
}

}  // namespace
}  // namespace fozzy
