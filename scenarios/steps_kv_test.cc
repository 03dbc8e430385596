#include "scenarios/steps_kv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/testing/scenario_run.h"
#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

constexpr char kSet[] = R"({"type":"set_kv","key":"k","value":"v"})";

// Returns what setting "k" to "v" and then `get_kv_assert` come to.
std::string Get(absl::string_view fields) {
  return OutcomeOf(RunSteps(
      absl::StrCat(kSet, R"(,{"type":"get_kv_assert",)", fields, "}")));
}

TEST(GetKvAssertTest, ComparesTheValue) {
  EXPECT_EQ(Get(R"("key":"k","equals":"v")"), "pass");
  EXPECT_EQ(Get(R"("key":"k","equals":"w")"),
            R"(fail assertion/get_kv_assert@1: expected "k" == "w", got )"
            R"(Some("v"))");
  EXPECT_EQ(Get(R"("key":"other","equals":"w")"),
            R"(fail assertion/get_kv_assert@1: expected "other" == "w", got )"
            "None");
}

TEST(GetKvAssertTest, WithoutAValueTheKeyMustExist) {
  EXPECT_EQ(Get(R"("key":"k")"), "pass");
  EXPECT_EQ(Get(R"("key":"k","is_null":false)"), "pass");
  EXPECT_EQ(Get(R"("key":"other")"),
            R"(fail assertion/get_kv_assert@1: expected "other" to exist)");
}

TEST(GetKvAssertTest, CanExpectAKeyToBeAbsent) {
  EXPECT_EQ(Get(R"("key":"other","is_null":true)"), "pass");
  EXPECT_EQ(Get(R"("key":"k","is_null":true)"),
            R"(fail assertion/get_kv_assert@1: expected "k" to be null)");
}

TEST(GetKvAssertTest, AValueAndItsAbsenceCannotBothBeExpected) {
  const ParseOutcome outcome = ParseScenario(
      "t.fozzy.json",
      FileOfSteps(
          R"({"type":"get_kv_assert","key":"k","equals":"","is_null":true})"),
      ScenarioTables());
  EXPECT_FALSE(outcome.scenario.has_value());
  ASSERT_EQ(outcome.problems.size(), 1u);
  EXPECT_EQ(outcome.problems[0].field, "is_null");
}

TEST(SetKvTest, TheLastValueWins) {
  EXPECT_EQ(OutcomeOf(RunSteps(
                absl::StrCat(kSet, R"(,{"type":"set_kv","key":"k","value":"w"},
                          {"type":"get_kv_assert","key":"k","equals":"w"})"))),
            "pass");
}

// The stream is that of the established tool: its values for seed 7.
TEST(RandU64Test, DrawsTheEstablishedStreamAndKeepsItAsADecimalText) {
  EXPECT_EQ(OutcomeOf(RunSteps(
                R"({"type":"rand_u64"},{"type":"rand_u64","key":"r"},
                   {"type":"get_kv_assert","key":"r",
                    "equals":"8489183145130685057"})")),
            "pass");
}

TEST(RandU64Test, TheNumberIsTheAnswerOfTheStrategy) {
  ScriptedStrategy strategy({~uint64_t{0}});
  ScenarioRunOptions options;
  options.strategy = &strategy;
  const ScenarioRun run = RunSteps(
      R"({"type":"rand_u64","key":"r"},
         {"type":"get_kv_assert","key":"r","equals":"18446744073709551615"})",
      options);
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_THAT(run.heard.decisions,
              ElementsAre(Decision{ChoiceKind::kRandom, {}, ~uint64_t{0}}));
}

TEST(RandU64Test, RollingBackPutsTheStreamBack) {
  EXPECT_EQ(OutcomeOf(RunSteps(
                R"({"type":"assert_throws","steps":[{"type":"rand_u64"},
                {"type":"rand_u64"},{"type":"fail","message":"no"}]},
             {"type":"rand_u64","key":"r"},
             {"type":"get_kv_assert","key":"r",
              "equals":"877555679359244567"})")),
            "pass");
}

TEST(TraceEventTest, TellsItsNameAndStepAtTheCurrentTime) {
  const ScenarioRun run = RunSteps(R"({"type":"sleep","duration":"4ms"},
                  {"type":"trace_event","name":"warm","fields":{"n":1}})");
  EXPECT_THAT(run.EventsOf(EventKind::kUser),
              ElementsAre(HeardEvent{EventKind::kUser, 4, {1}, {"warm"}}));
}

}  // namespace
}  // namespace fozzy
