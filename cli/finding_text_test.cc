#include "cli/finding_text.h"

#include "cli/testing/sample_summary.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(FindingTextTest, SaysAllThatIsKnown) {
  FindingDoc finding = SampleFailure().findings[0];

  EXPECT_EQ(PlaceText(finding), "tests/a.fozzy.json:12:5");
  EXPECT_EQ(FindingText(finding),
            "tests/a.fozzy.json:12:5: assertion/assert_eq_int: expected 1 == 2 "
            "(step 3)");
}

TEST(FindingTextTest, LeavesOutWhatIsNot) {
  FindingDoc finding = SampleFailure().findings[0];
  finding.place->column = 0;
  EXPECT_EQ(PlaceText(finding), "tests/a.fozzy.json:12");
  finding.place->line = 0;
  EXPECT_EQ(PlaceText(finding), "tests/a.fozzy.json");
  finding.place.reset();
  EXPECT_EQ(PlaceText(finding), "");
  EXPECT_EQ(FindingText(finding), "assertion/assert_eq_int: expected 1 == 2");
}

TEST(FindingTextTest, OnlySomeDetailsSuggestAStep) {
  FindingDoc finding = SampleFailure().findings[0];
  EXPECT_EQ(SuggestionText(finding), "");
  finding.place->details = R"({"suggestedProcWhen":{"cmd":"a"}})";
  EXPECT_EQ(SuggestionText(finding), R"({"cmd":"a"})");
  finding.place->details = "{";
  EXPECT_EQ(SuggestionText(finding), "");
  finding.place.reset();
  EXPECT_EQ(SuggestionText(finding), "");
}

}  // namespace
}  // namespace fozzy
