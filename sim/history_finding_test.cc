#include "sim/history_finding.h"

#include <gtest/gtest.h>

#include "fozzy/history_models.h"

namespace fozzy {
namespace {

using Register = RegisterModel<int>;

TEST(HistoryFindingTest, AHistoryThatIsExplainedIsNone) {
  EXPECT_EQ(HistoryFinding({}), std::nullopt);
}

TEST(HistoryFindingTest, TitlesTellWhatWasCheckedAndHowItEnded) {
  HistoryReport report;
  const auto signature = [&](Verdict verdict, Consistency consistency) {
    report.verdict = verdict;
    report.consistency = consistency;
    return Signature(*HistoryFinding(report));
  };

  EXPECT_EQ(signature(Verdict::kFails, Consistency::kLinearizable),
            "checker/linearizability");
  EXPECT_EQ(signature(Verdict::kUndecided, Consistency::kLinearizable),
            "checker/linearizability_undecided");
  EXPECT_EQ(signature(Verdict::kFails, Consistency::kSequential),
            "checker/sequential_consistency");
  EXPECT_EQ(signature(Verdict::kUndecided, Consistency::kSequential),
            "checker/sequential_consistency_undecided");
}

TEST(HistoryFindingTest, DetailsAreTheCallsAndTheStory) {
  HistoryReport report;
  report.verdict = Verdict::kFails;
  report.message = "not linearizable";
  report.nodes = 7;
  report.partition = "\"k\\\"";
  report.explanation = "a\nb";
  report.calls = {
      {{.task = 1, .invoked = 0, .returned = 2}, "put(\"x\")", "done"},
      {{.task = 0, .invoked = 1}, "get()", ""},
  };

  const std::optional<Finding> finding = HistoryFinding(report);

  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->message, "not linearizable");
  EXPECT_EQ(finding->step, std::nullopt);
  EXPECT_EQ(finding->details,
            "{\"calls\":["
            "{\"invoked\":0,\"op\":\"put(\\\"x\\\")\",\"result\":\"done\","
            "\"returned\":2,\"task\":1},"
            "{\"invoked\":1,\"op\":\"get()\",\"task\":0}],"
            "\"explanation\":\"a\\nb\",\"nodes\":7,"
            "\"partition\":\"\\\"k\\\\\\\"\"}");
}

TEST(HistoryFindingTest, IsMadeOfAReport) {
  HistoryOf<Register> history;
  history.Record(0, Register::Read{}, [] { return 3; });

  const auto finding = HistoryFinding(CheckHistory<Register>(history));

  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->kind, FindingKind::kChecker);
  EXPECT_EQ(finding->message,
            "not linearizable: no order of the calls so far explains task 0: "
            "read() -> 3");
}

}  // namespace
}  // namespace fozzy
