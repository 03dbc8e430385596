#include "scenarios/cluster_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "backends/testing/fake_host.h"
#include "scenarios/testing/scenario_run.h"
#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string Put(absl::string_view node, absl::string_view value) {
  return absl::StrCat(R"({"type":"client_put","node":")", node,
                      R"(","key":"k","value":")", value, R"("})");
}

std::string Get(absl::string_view node, absl::string_view value) {
  return absl::StrCat(R"({"type":"client_get_assert","node":")", node,
                      R"(","key":"k","equals":")", value, R"("})");
}

std::string On(absl::string_view type, absl::string_view node) {
  return absl::StrCat(R"({"type":")", type, R"(","node":")", node, R"("})");
}

constexpr char kCut[] = R"({"type":"partition","a":"n0","b":"n1"})";
constexpr char kHeal[] = R"({"type":"heal","a":"n1","b":"n0"})";
constexpr char kAllEqual[] = R"({"type":"kv_all_equal","key":"k"})";
constexpr char kOnAll[] = R"({"type":"kv_present_on_all","key":"k"})";

std::string NodeEquals(absl::string_view node, absl::string_view value) {
  return absl::StrCat(R"({"type":"kv_node_equals","node":")", node,
                      R"(","key":"k","equals":")", value, R"("})");
}

// A script, what must hold after it, and how it is run.
struct Cluster {
  std::vector<std::string> steps;
  std::vector<std::string> invariants = {};
  std::vector<uint64_t> answers = {};
  uint64_t nodes = 2;
  RunConfig config = DetConfig();
  FakeWall* wall = nullptr;
};

std::string SourceOf(const Cluster& cluster) {
  return FileOfCluster(
      absl::StrCat(R"("node_count":)", cluster.nodes, R"(,"steps":[)",
                   absl::StrJoin(cluster.steps, ","), R"(],"invariants":[)",
                   absl::StrJoin(cluster.invariants, ","), "]"));
}

ScenarioRun RunOf(const Cluster& cluster) {
  ScriptedStrategy strategy(cluster.answers);
  ScenarioRunOptions options;
  options.config = cluster.config;
  options.strategy = &strategy;
  options.host.wall = cluster.wall;
  ScenarioRun run = RunText(SourceOf(cluster), options);
  EXPECT_TRUE(strategy.is_done()) << "fewer questions than answers";
  return run;
}

Cluster Script(std::vector<std::string> steps,
               std::vector<std::string> invariants = {},
               std::vector<uint64_t> answers = {}) {
  Cluster cluster;
  cluster.steps = std::move(steps);
  cluster.invariants = std::move(invariants);
  cluster.answers = std::move(answers);
  return cluster;
}

std::string OutcomeOf(const Cluster& cluster) {
  return OutcomeOf(RunOf(cluster));
}

// Runs `cluster` with every list of answers there is.
void ForEveryRun(const Cluster& cluster,
                 absl::FunctionRef<void(const ScenarioRun&)> see) {
  const Scenario scenario = ParseOrDie(SourceOf(cluster));
  std::vector<uint64_t> answers;
  while (true) {
    ScriptedStrategy strategy(answers);
    ScenarioRunOptions options;
    options.strategy = &strategy;
    see(RunParsed(scenario, options));
    const ScriptedStrategy::Questions& asked = strategy.questions();
    answers.resize(asked.size());
    while (!answers.empty() &&
           answers.back() == asked[answers.size() - 1].last) {
      answers.pop_back();
    }
    if (answers.empty()) return;
    ++answers.back();
  }
}

// D9: faults, client steps and deliveries interleave, and each order is a
// choice.
TEST(ClusterRunTest, WhetherAWriteArrivesBeforeThePartitionIsAChoice) {
  const std::vector<std::string> steps = {Put("n0", "v"), kCut, Get("n1", "v"),
                                          kHeal};
  EXPECT_EQ(OutcomeOf(Script(steps, {}, {1})), "pass");
  EXPECT_EQ(OutcomeOf(Script(steps, {}, {0})),
            R"(fail assertion/client_get_assert@2: expected "k" on n1 to be )"
            R"(Some("v"), got None)");
}

TEST(ClusterRunTest, AHealBetweenDeliveriesLetsThoseThatWaitedGoOn) {
  const ScenarioRun run = RunOf(
      Script({kCut, Put("n0", "v"), kHeal, Get("n1", "v")}, {kAllEqual}, {1}));
  EXPECT_EQ(OutcomeOf(run), "pass");
  std::vector<EventKind> kinds;
  for (const HeardEvent& event : run.heard.events) kinds.push_back(event.kind);
  EXPECT_THAT(kinds, ElementsAre(EventKind::kPartition, EventKind::kClientPut,
                                 EventKind::kHeal, EventKind::kReplicate,
                                 EventKind::kClientGet));
}

TEST(ClusterRunTest, TheCalmestRunFinishesTheScriptAndTakesTheOldestMessage) {
  const ScenarioRun run = RunOf(Script({Put("n0", "a"), Put("n0", "b")}));
  std::vector<uint64_t> messages;
  for (const HeardEvent& event : run.EventsOf(EventKind::kReplicate)) {
    messages.push_back(event.numbers[0]);
  }
  EXPECT_THAT(messages, ElementsAre(1, 2));
  EXPECT_THAT(run.heard.decisions,
              ElementsAre(Decision{ChoiceKind::kProgress, {}, 0},
                          Decision{ChoiceKind::kDeliver, {}, 0}));
}

// Concurrent writes are decided by (version, node), so replicas agree whatever
// the order; which value wins depends on what the second writer had heard.
TEST(ClusterRunTest, ReplicasConvergeInEveryOrder) {
  Cluster cluster = Script({Put("n1", "a"), Put("n0", "b")},
                           {kAllEqual, kOnAll, NodeEquals("n0", "b")});
  cluster.nodes = 3;
  uint64_t runs = 0;
  uint64_t others = 0;
  ForEveryRun(cluster, [&](const ScenarioRun& run) {
    ++runs;
    if (OutcomeOf(run) == "pass") return;
    ++others;
    EXPECT_EQ(OutcomeOf(run),
              R"(fail invariant/kv_node_equals: expected "k" on n0 to be "b", )"
              R"(got Some("a"))");
  });
  EXPECT_GT(runs, 24u);  // 4 messages alone can arrive in 24 orders
  EXPECT_GT(others, 0u);
  EXPECT_LT(others, runs);
}

TEST(ClusterRunTest, DifferentOrdersHaveDifferentDigests) {
  std::set<std::pair<uint64_t, uint64_t>> digests;
  uint64_t runs = 0;
  ForEveryRun(Script({Put("n0", "a"), kCut, Put("n0", "b"), kHeal}),
              [&](const ScenarioRun& run) {
                ++runs;
                const Digest& digest = run.report.digest;
                digests.insert({digest.low(), digest.high()});
              });
  EXPECT_EQ(digests.size(), runs);
}

// D8
TEST(InvariantTest, AreTestedWhenNothingCanBeDeliveredAnyMore) {
  Cluster cluster =
      Script({Put("n0", "v")}, {kOnAll, kAllEqual, NodeEquals("n2", "v")});
  cluster.nodes = 3;
  EXPECT_EQ(OutcomeOf(cluster), "pass");
}

TEST(InvariantTest, PresentOnAllNamesTheNodeThatMissesTheKey) {
  EXPECT_EQ(OutcomeOf(Script({kCut, Put("n0", "v")}, {kOnAll})),
            R"(fail invariant/kv_present_on_all: key "k" is missing on n1)");
}

TEST(InvariantTest, AllEqualCountsAnAbsentReplicaWhereverItIs) {
  EXPECT_EQ(OutcomeOf(Script({kCut, Put("n0", "v")}, {kAllEqual})),
            R"(fail invariant/kv_all_equal: key "k" is Some("v") on n0 and )"
            "None on n1");
  EXPECT_EQ(OutcomeOf(Script({kCut, Put("n1", "v")}, {kAllEqual})),
            R"(fail invariant/kv_all_equal: key "k" is None on n0 and )"
            R"(Some("v") on n1)");
  EXPECT_EQ(OutcomeOf(Script({}, {kAllEqual})), "pass");
}

TEST(InvariantTest, NodeEqualsComparesOneNode) {
  EXPECT_EQ(OutcomeOf(Script({Put("n0", "v")}, {NodeEquals("n1", "w")})),
            R"(fail invariant/kv_node_equals: expected "k" on n1 to be "w", )"
            R"(got Some("v"))");
  EXPECT_EQ(OutcomeOf(Script({}, {NodeEquals("n1", "w")})),
            R"(fail invariant/kv_node_equals: expected "k" on n1 to be "w", )"
            "got None");
}

TEST(InvariantTest, ACrashedNodeIsNotAsked) {
  EXPECT_EQ(OutcomeOf(Script({On("crash", "n1"), Put("n0", "v")},
                             {kOnAll, kAllEqual, NodeEquals("n1", "v")})),
            "pass");
}

TEST(InvariantTest, TheFirstThatIsViolatedIsTheFinding) {
  const ScenarioRun run = RunOf(Script(
      {kCut, Put("n0", "v")}, {NodeEquals("n0", "v"), kOnAll, kAllEqual}));
  ASSERT_EQ(run.report.findings.size(), 1u);
  EXPECT_EQ(run.report.findings[0].title, "kv_present_on_all");
}

TEST(ClusterRunTest, MessagesBehindAPartitionAreToldButAreNoFailure) {
  const ScenarioRun run = RunOf(Script({kCut, Put("n0", "v"), Put("n0", "w")}));
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_THAT(run.EventsOf(EventKind::kStarvation),
              ElementsAre(HeardEvent{EventKind::kStarvation, 0, {2}, {}}));
  EXPECT_THAT(RunOf(Script({Put("n0", "v")})).EventsOf(EventKind::kStarvation),
              IsEmpty());
}

TEST(ClusterRunTest, ACrashedNodeIgnoresClientsAndKeepsItsData) {
  const ScenarioRun run =
      RunOf(Script({Put("n0", "v"), On("crash", "n0"), Put("n0", "w"),
                    Get("n0", "x"), On("restart", "n0"), Get("n0", "v")}));
  EXPECT_EQ(OutcomeOf(run), "pass");
}

TEST(ClusterRunTest, MessagesWaitForACrashedNode) {
  EXPECT_EQ(
      OutcomeOf(Script({On("crash", "n1"), Put("n0", "v"), On("restart", "n1")},
                       {kOnAll})),
      "pass");
}

// D10
TEST(ClientGetTest, AMismatchIsAFindingOfItsStep) {
  EXPECT_EQ(OutcomeOf(Script({Get("n0", "v")})),
            R"(fail assertion/client_get_assert@0: expected "k" on n0 to be )"
            R"(Some("v"), got None)");
  EXPECT_EQ(OutcomeOf(Script(
                {R"({"type":"client_get_assert","node":"n0","key":"k"})"})),
            R"(fail assertion/client_get_assert@0: expected "k" on n0 to be )"
            "some value, got None");
  EXPECT_EQ(OutcomeOf(Script(
                {Put("n0", "v"), R"({"type":"client_get_assert","node":"n0",)"
                                 R"("key":"k","is_null":true})"},
                {}, {0})),
            R"(fail assertion/client_get_assert@1: expected "k" on n0 to be )"
            R"(None, got Some("v"))");
}

TEST(ClusterTimeTest, TicksAndDeliveriesTakeTime) {
  const ScenarioRun run =
      RunOf(Script({Put("n0", "v"), R"({"type":"tick","duration":"5s"})"}));
  EXPECT_EQ(run.report.virtual_time, 5001u);
  EXPECT_EQ(run.report.steps, 2u);
}

TEST(DeliveriesMaxTest, EndsTheRunWithoutTestingInvariants) {
  Cluster cluster = Script({Put("n0", "v")}, {kOnAll});
  cluster.nodes = 3;
  cluster.config.deliveries_max = 1;
  const ScenarioRun run = RunOf(cluster);
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_EQ(run.EventsOf(EventKind::kReplicate).size(), 1u);
}

TEST(DeliveriesMaxTest, CountsDeliveriesInTheMiddleOfTheScriptToo) {
  Cluster cluster =
      Script({Put("n0", "a"), Put("n0", "b"), Put("n0", "c")}, {}, {1});
  cluster.config.deliveries_max = 1;
  const ScenarioRun run = RunOf(cluster);
  EXPECT_EQ(run.heard.decisions.size(), 1u);
  EXPECT_EQ(run.EventsOf(EventKind::kReplicate).size(), 1u);
  EXPECT_EQ(run.report.steps, 3u);
}

TEST(DeliveriesMaxTest, ALimitThatIsNotReachedChangesNothing) {
  Cluster cluster = Script({Put("n0", "v")}, {kOnAll});
  cluster.config.deliveries_max = 1;
  EXPECT_EQ(OutcomeOf(cluster), "pass");
  cluster.invariants = {NodeEquals("n1", "w")};
  EXPECT_THAT(OutcomeOf(cluster),
              testing::StartsWith("fail invariant/kv_node_equals: "));
}

TEST(ClusterTimeTest, TheTimeLimitIsOneOfWallTime) {
  FakeWall wall;
  wall.per_look = 60;
  Cluster cluster = Script({Put("n0", "v"), Put("n0", "w"), Put("n0", "x")});
  cluster.config.timeout = 100;
  cluster.wall = &wall;
  const ScenarioRun run = RunOf(cluster);
  EXPECT_EQ(OutcomeOf(run), "timeout hang/timeout: scenario timed out");
  EXPECT_EQ(run.report.steps, 3u);
  EXPECT_THAT(run.heard.observations,
              ElementsAre(Observation{ObservationKind::kTimeout, {}, {}}));
}

TEST(ClusterTimeTest, AFindingInTheLastMomentIsNotATimeOut) {
  FakeWall wall;
  wall.now = 100;
  Cluster cluster = Script({Get("n0", "v")});
  cluster.config.timeout = 100;
  cluster.wall = &wall;
  const ScenarioRun run = RunOf(cluster);
  EXPECT_EQ(run.report.status, RunStatus::kFail);
  EXPECT_EQ(run.report.findings.size(), 1u);
}

}  // namespace
}  // namespace fozzy
