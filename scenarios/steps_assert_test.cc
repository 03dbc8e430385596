#include "scenarios/steps_assert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

std::string Outcome(absl::string_view steps) {
  return OutcomeOf(RunSteps(steps));
}

TEST(AssertOkTest, PassesIfTrueAndFailsIfFalse) {
  EXPECT_EQ(Outcome(R"({"type":"assert_ok","value":true})"), "pass");
  EXPECT_EQ(Outcome(R"({"type":"assert_ok","value":false})"),
            "fail assertion/assert_ok@0: assert_ok failed");
}

TEST(AssertOkTest, TheMessageOfTheStepReplacesTheDefaultOne) {
  EXPECT_EQ(Outcome(R"({"type":"assert_ok","value":false,"msg":"cold"})"),
            "fail assertion/assert_ok@0: cold");
  EXPECT_EQ(Outcome(R"({"type":"assert_ok","value":false,"msg":""})"),
            "fail assertion/assert_ok@0: ");
}

TEST(AssertIntsTest, ComparesOverTheWholeRangeOf64Bits) {
  const std::string lowest = "-9223372036854775808";
  const std::string highest = "9223372036854775807";
  const auto compare = [](absl::string_view type, absl::string_view a,
                          absl::string_view b) {
    return Outcome(
        absl::StrCat(R"({"type":")", type, R"(","a":)", a, R"(,"b":)", b, "}"));
  };

  EXPECT_EQ(compare("assert_eq_int", lowest, lowest), "pass");
  EXPECT_EQ(compare("assert_ne_int", lowest, highest), "pass");
  EXPECT_EQ(compare("assert_eq_int", "9223372036854775806", highest),
            "fail assertion/assert_eq_int@0: expected 9223372036854775806 == "
            "9223372036854775807");
  EXPECT_EQ(compare("assert_ne_int", "-1", "-1"),
            "fail assertion/assert_ne_int@0: expected -1 != -1");
}

TEST(AssertStrsTest, ComparesBytesAndQuotesThem) {
  EXPECT_EQ(Outcome(R"({"type":"assert_eq_str","a":"x","b":"\u0078"})"),
            "pass");
  EXPECT_EQ(Outcome(R"({"type":"assert_ne_str","a":"x","b":"X"})"), "pass");
  EXPECT_EQ(Outcome(R"({"type":"assert_eq_str","a":"a\n","b":"a\u0000"})"),
            R"(fail assertion/assert_eq_str@0: expected "a\n" == "a\0")");
  EXPECT_EQ(Outcome(R"({"type":"assert_ne_str","a":"x","b":"x","msg":"m"})"),
            "fail assertion/assert_ne_str@0: m");
}

TEST(FailStepTest, FailsWithItsMessageAndEndsTheRun) {
  const ScenarioRun run = RunSteps(R"({"type":"fail","message":"no"},
                                      {"type":"assert_ok","value":true})");
  EXPECT_EQ(OutcomeOf(run), "fail assertion/fail@0: no");
  EXPECT_EQ(run.report.steps, 1u);
}

TEST(PanicStepTest, IsAPanicAndStillAPlainFailure) {
  const ScenarioRun run = RunSteps(R"({"type":"panic","message":"boom"})");
  EXPECT_EQ(OutcomeOf(run), "fail panic/panic@0: boom");
  EXPECT_EQ(ExitCodeOf(run.report.status), 1);
}

// Returns assert_throws, or assert_rejects, around `steps`.
std::string Around(absl::string_view type, absl::string_view steps) {
  return absl::StrCat(R"({"type":")", type, R"(","steps":[)", steps, "]}");
}

TEST(AssertFailsTest, PassesOnAnyFailureOfANestedStep) {
  for (const char* failing :
       {R"({"type":"assert_ok","value":false})",
        R"({"type":"panic","message":"boom"})",
        R"({"type":"fs_restore","name":"never taken"})"}) {
    EXPECT_EQ(Outcome(Around("assert_throws", failing)), "pass") << failing;
    EXPECT_EQ(Outcome(Around("assert_rejects", failing)), "pass") << failing;
  }
}

TEST(AssertFailsTest, FailsUnderItsOwnNameIfAllNestedStepsPass) {
  const char* passing = R"({"type":"assert_ok","value":true})";
  EXPECT_EQ(Outcome(Around("assert_throws", passing)),
            "fail assertion/assert_throws@0: assert_throws expected failure "
            "but nested steps passed");
  EXPECT_EQ(Outcome(Around("assert_rejects", "")),
            "fail assertion/assert_rejects@0: assert_rejects expected failure "
            "but nested steps passed");
}

TEST(AssertFailsTest, NestedStepsRunUntilTheFirstFailure) {
  const ScenarioRun run =
      RunSteps(Around("assert_throws", R"({"type":"trace_event","name":"a"},
                                          {"type":"fail","message":"no"},
                                          {"type":"trace_event","name":"b"})"));
  const auto events = run.EventsOf(EventKind::kUser);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_THAT(events[0].texts, ElementsAre("a"));
}

TEST(AssertFailsTest, ATwiceNestedPassIsAFailureThatTheOuterOneExpects) {
  const std::string inner =
      Around("assert_throws", R"({"type":"assert_ok","value":true})");
  EXPECT_EQ(Outcome(Around("assert_rejects", inner)), "pass");
}

// D11: what happened inside is part of the record, though it was undone.
TEST(AssertFailsTest, KeepsTheEventsAndFindingsOfWhatItRollsBack) {
  const ScenarioRun run = RunSteps(
      Around("assert_throws", R"({"type":"trace_event","name":"inside"},
                                 {"type":"fail","message":"no"})"));
  ASSERT_EQ(OutcomeOf(run), "pass");
  std::vector<EventKind> kinds;
  for (const HeardEvent& event : run.heard.events) kinds.push_back(event.kind);
  EXPECT_THAT(kinds, ElementsAre(EventKind::kStep, EventKind::kStep,
                                 EventKind::kUser, EventKind::kStep,
                                 EventKind::kFinding, EventKind::kRollback));
}

}  // namespace
}  // namespace fozzy
