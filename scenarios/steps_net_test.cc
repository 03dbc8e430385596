#include "scenarios/steps_net.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/testing/scenario_run.h"
#include "sim/base/drop_threshold.h"
#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

std::string Send(absl::string_view from, absl::string_view to,
                 absl::string_view payload) {
  return absl::StrCat(R"({"type":"net_send","from":")", from, R"(","to":")", to,
                      R"(","payload":")", payload, R"("})");
}

std::string Receive(absl::string_view node, absl::string_view payload) {
  return absl::StrCat(R"({"type":"net_recv_assert","node":")", node,
                      R"(","payload":")", payload, R"("})");
}

constexpr char kDeliver[] = R"({"type":"net_deliver_one"})";
constexpr char kDeliverAny[] =
    R"({"type":"net_deliver_one","strategy":"Random"})";
constexpr char kReorder[] = R"({"type":"net_set_reorder","enabled":true})";
constexpr char kHalf[] = R"({"type":"net_set_drop_rate","rate":0.5})";
constexpr char kCut[] = R"({"type":"net_partition","a":"a","b":"b"})";
constexpr char kHeal[] = R"({"type":"net_heal","a":"b","b":"a"})";

ScenarioRun RunWith(Strategy& strategy, const std::vector<std::string>& steps) {
  ScenarioRunOptions options;
  options.strategy = &strategy;
  return RunAll(steps, options);
}

TEST(NetStepsTest, MessagesArriveInTheOrderTheyWereSent) {
  const ScenarioRun run =
      RunAll({Send("a", "b", "1"), Send("a", "c", "2"), kDeliver, kDeliver,
              Receive("b", "1"), Receive("c", "2")});
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_THAT(
      run.EventsOf(EventKind::kNetDeliver),
      ElementsAre(HeardEvent{EventKind::kNetDeliver, 0, {1}, {"a", "b"}},
                  HeardEvent{EventKind::kNetDeliver, 0, {2}, {"a", "c"}}));
  EXPECT_TRUE(run.heard.decisions.empty());
}

TEST(NetStepsTest, NothingArrivesBeforeItIsDelivered) {
  EXPECT_EQ(OutcomeOf(RunAll({Send("a", "b", "1"), Receive("b", "1")})),
            "fail assertion/net_recv_assert@1: no matching inbox message for "
            R"(node "b" payload "1")");
}

TEST(NetStepsTest, ReceivingTakesTheMessageOutWhateverTheOrder) {
  EXPECT_EQ(OutcomeOf(RunAll({Send("a", "b", "1"), Send("a", "b", "2"),
                              kDeliver, kDeliver, Receive("b", "2"),
                              Receive("b", "1"), Receive("b", "1")})),
            "fail assertion/net_recv_assert@6: no matching inbox message for "
            R"(node "b" payload "1")");
}

TEST(NetStepsTest, TheSenderCanBeExpectedToo) {
  const std::string from_c =
      R"({"type":"net_recv_assert","node":"b","from":"c","payload":"1"})";
  EXPECT_EQ(OutcomeOf(RunAll({Send("a", "b", "1"), kDeliver, from_c})),
            "fail assertion/net_recv_assert@2: no matching inbox message for "
            R"(node "b" payload "1")");
  EXPECT_EQ(OutcomeOf(RunAll({Send("a", "b", "1"), Send("c", "b", "1"),
                              kDeliver, kDeliver, from_c, Receive("b", "1")})),
            "pass");
}

TEST(NetStepsTest, APartitionHoldsMessagesBackBothWaysUntilItIsHealed) {
  EXPECT_EQ(OutcomeOf(RunAll({kCut, Send("b", "a", "1"), Send("b", "c", "2"),
                              kDeliver, Receive("c", "2"), kDeliver})),
            "fail assertion/net_deliver@5: no deliverable network message");
  EXPECT_EQ(OutcomeOf(RunAll({Send("b", "a", "1"), kCut, kCut, kHeal, kDeliver,
                              Receive("a", "1")})),
            "pass");
}

TEST(NetDeliverTest, ReorderingAsksWhichMessage) {
  ScriptedStrategy strategy({2, 1});
  const ScenarioRun run =
      RunWith(strategy, {kReorder, Send("a", "b", "1"), Send("a", "b", "2"),
                         Send("a", "b", "3"), kDeliver, kDeliver, kDeliver});
  std::vector<uint64_t> ids;
  for (const HeardEvent& event : run.EventsOf(EventKind::kNetDeliver)) {
    ids.push_back(event.numbers[0]);
  }
  EXPECT_THAT(ids, ElementsAre(3, 2, 1));
  ASSERT_EQ(strategy.questions().size(), 2u);
  EXPECT_EQ(strategy.questions()[0].kind, ChoiceKind::kDeliver);
  EXPECT_EQ(strategy.questions()[0].last, 2u);
  EXPECT_EQ(strategy.questions()[1].last, 1u);
}

TEST(NetDeliverTest, TheStepsOwnStrategyWinsAndOnlyRandomMeansRandom) {
  ScriptedStrategy strategy({1});
  const std::string oldest =
      R"({"type":"net_deliver_one","strategy":"newest"})";
  const ScenarioRun run =
      RunWith(strategy, {kReorder, Send("a", "b", "1"), Send("a", "b", "2"),
                         oldest, Receive("b", "1")});
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_TRUE(strategy.questions().empty());
}

// A pick that leaves nothing open moves the established stream all the same,
// and nothing else does: the next number of seed 7 is its second.
TEST(NetDeliverTest, ARandomPickOfOneMessageMovesTheStreamWithoutAQuestion) {
  const std::string draw = R"({"type":"rand_u64","key":"r"},
      {"type":"get_kv_assert","key":"r","equals":)";
  const ScenarioRun random = RunAll(
      {Send("a", "b", "1"), kDeliverAny, draw + R"("8489183145130685057"})"});
  EXPECT_EQ(OutcomeOf(random), "pass");
  EXPECT_EQ(random.heard.decisions.size(), 1u);
  EXPECT_EQ(OutcomeOf(RunAll({Send("a", "b", "1"), kDeliver,
                              draw + R"("877555679359244567"})"})),
            "pass");
}

TEST(NetDropTest, ADropIsAQuestionWithTheOddsOfTheRate) {
  ScriptedStrategy strategy({1, 0});
  const ScenarioRun run =
      RunWith(strategy, {kHalf, Send("a", "b", "1"), Send("a", "b", "2"),
                         kDeliver, kDeliver, Receive("b", "2"), kDeliver});
  EXPECT_EQ(OutcomeOf(run),
            "fail assertion/net_deliver@6: no deliverable network message");
  EXPECT_THAT(run.EventsOf(EventKind::kNetDrop),
              ElementsAre(HeardEvent{EventKind::kNetDrop, 0, {1}, {"a", "b"}}));
  ASSERT_EQ(strategy.questions().size(), 2u);
  EXPECT_EQ(strategy.questions()[0].kind, ChoiceKind::kDrop);
  EXPECT_EQ(strategy.questions()[0].weight.threshold, DropThreshold(0.5));
}

TEST(NetDropTest, WithoutARateNothingIsAsked) {
  ScriptedStrategy strategy;
  RunWith(strategy, {R"({"type":"net_set_drop_rate","rate":0})",
                     Send("a", "b", "1"), kDeliver});
  EXPECT_TRUE(strategy.questions().empty());
}

TEST(NetDropTest, RateOneLosesAllButWithTheLargestDraw) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    ScenarioRunOptions options;
    options.config.seed = seed;
    const ScenarioRun run = RunAll({R"({"type":"net_set_drop_rate","rate":1})",
                                    Send("a", "b", "1"), kDeliver},
                                   options);
    EXPECT_EQ(run.EventsOf(EventKind::kNetDrop).size(), 1u) << seed;
  }
}

// D3: known before, a finding when it runs.
TEST(NetDropTest, ARateOutsideZeroToOneIsAMistakeAndAFinding) {
  for (const char* rate : {"1.5", "-0.25", "2"}) {
    const std::string step =
        absl::StrCat(R"({"type":"net_set_drop_rate","rate":)", rate, "}");
    EXPECT_EQ(OutcomeOf(RunAll({step})),
              absl::StrCat("fail checker/net_drop_rate@0: invalid drop rate ",
                           rate, "; expected [0,1]"));
    const ParseOutcome outcome =
        ParseScenario("t.fozzy.json", FileOfSteps(step), ScenarioTables());
    ASSERT_EQ(outcome.problems.size(), 1u);
    EXPECT_EQ(outcome.problems[0].severity, Problem::Severity::kMistake);
  }
}

TEST(NetStepsTest, RollingBackUndoesAllOfTheNetwork) {
  const std::string nested =
      absl::StrCat(R"({"type":"assert_throws","steps":[)", kReorder, ",",
                   R"({"type":"net_set_drop_rate","rate":1},)", kCut, ",",
                   Send("a", "c", "9"), ",", kDeliver,
                   R"(,{"type":"fail","message":"no"}]})");
  const ScenarioRun run =
      RunAll({Send("a", "b", "1"), nested, Send("a", "b", "2"), kDeliver,
              Receive("b", "1"), kDeliver, Receive("b", "2"), kDeliver});
  EXPECT_EQ(OutcomeOf(run),
            "fail assertion/net_deliver@13: no deliverable network message");
  EXPECT_EQ(run.EventsOf(EventKind::kNetSend).back().numbers[0], 2u);
}

}  // namespace
}  // namespace fozzy
