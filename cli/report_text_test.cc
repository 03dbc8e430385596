#include "cli/report_text.h"

#include <string>

#include "cli/testing/sample_summary.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Returns the report as it is printed where there is no terminal.
std::string Report(const RunSummaryDoc& summary) {
  const Output output({.out = -1, .err = -1});
  return TextReport(summary, output);
}

TEST(ReportTextTest, AFailureSaysWhatWhereAndHowToRepeatIt) {
  EXPECT_EQ(
      Report(SampleFailure()),
      "fail: tests/a.fozzy.json, seed 18446744073709551615, 10 s of virtual "
      "time\n"
      "  tests/a.fozzy.json:12:5: assertion/assert_eq_int: expected 1 == 2 "
      "(step 3)\n"
      "reproduce: fozzy replay "
      ".fozzy/runs/58f96a8b-4dfa-496f-8632-3b141bf66ae7/trace.fozzy\n");
}

TEST(ReportTextTest, APassIsOneLineAndWhereItWasRecorded) {
  RunSummaryDoc summary = SampleFailure();
  summary.status = "pass";
  summary.findings.clear();
  summary.virtual_time = 0;
  summary.is_recorded = true;
  summary.identity.trace_path = "a.fozzy";

  EXPECT_EQ(Report(summary),
            "pass: tests/a.fozzy.json, seed 18446744073709551615, 10 ms\n"
            "recorded: a.fozzy\n");
}

TEST(ReportTextTest, ShrinkingSaysWhatItMadeOfTheRun) {
  RunSummaryDoc summary = SampleFailure();
  summary.identity.seed = 7;
  summary.virtual_time = 0;
  summary.findings.clear();
  summary.reproduce.clear();
  ShrinkDoc& shrink = summary.shrink.emplace();
  shrink.runs = 420;
  shrink.before = {.decisions = 12, .faults = 2, .values = 6};
  shrink.after = {.decisions = 9, .values = 1};

  EXPECT_EQ(Report(summary),
            "fail: tests/a.fozzy.json, 12 to 9 decisions, 8 to 1 not 0, "
            "420 runs, not the smallest, seed 7, 10 ms\n");
}

TEST(ReportTextTest, ATestNamesEveryScenarioThatFailed) {
  EXPECT_EQ(
      Report(SampleTest()),
      "fail: 1 passed, 2 failed, 100 schedules, 42 distinct, not exhaustive, "
      "1.034 us each, "
      "seed 7, 35 ms\n"
      "  tests/a.fozzy.json:12:5: assertion/assert_eq_int: expected 1 == 2 "
      "(step 3)\n"
      "    reproduce: fozzy run tests/a.fozzy.json --seed 9 --det\n"
      "    trace: .fozzy/runs/c2d0458b/failed-a.fozzy\n"
      "  tests/broken.fozzy.json:1:1: found \"x\", "
      "expected {\n"
      "never reached: fs.eio, x.y\n"
      "report: .fozzy/runs/c2d0458b/junit.xml\n");
}

TEST(ReportTextTest, ALongListIsCutAndCounted) {
  RunSummaryDoc summary = SampleFailure();
  summary.findings.assign(25, summary.findings[0]);
  summary.findings[19].message = "the twentieth";
  summary.findings[20].message = "the next";

  const std::string text = Report(summary);

  EXPECT_THAT(text, HasSubstr("the twentieth"));
  EXPECT_THAT(text, Not(HasSubstr("the next")));
  EXPECT_THAT(text, HasSubstr("  and 5 more\n"));
}

TEST(ReportTextTest, ARuleThatWouldHelpIsThereToPaste) {
  RunSummaryDoc summary = SampleFailure();
  summary.findings[0].place->details =
      R"({"suggestedProcWhen":{"type":"proc_when","cmd":"git"}})";

  EXPECT_THAT(Report(summary),
              HasSubstr("(step 3)\n"
                        "    add: {\"type\":\"proc_when\",\"cmd\":\"git\"}\n"));
}

}  // namespace
}  // namespace fozzy
