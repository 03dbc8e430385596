#include "cli/report_html.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "cli/testing/sample_summary.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReportHtmlTest, NeedsNoOtherFile) {
  for (const RunSummaryDoc& summary : {SampleFailure(), SampleTest()}) {
    const std::string html = HtmlReport(summary);
    for (const char* reference :
         {"http://", "https://", "src=", "href=", "url(", "@import"}) {
      EXPECT_THAT(html, Not(HasSubstr(reference)));
    }
  }
}

TEST(ReportHtmlTest, ShowsFindingsTimelineAndTheLineToRepeatIt) {
  const std::string html = HtmlReport(SampleFailure());

  EXPECT_THAT(html, HasSubstr("assertion/assert_eq_int"));
  EXPECT_THAT(html, HasSubstr("tests/a.fozzy.json:12:5, step 3"));
  EXPECT_THAT(html, HasSubstr("<code class=\"line\">fozzy replay "));
  EXPECT_THAT(html, HasSubstr("<td class=\"number\">10000 ms</td>"));
  EXPECT_THAT(html, HasSubstr("Timeline<small>4</small>"));
}

TEST(ReportHtmlTest, TheRailGoesFromAnEventToTheNext) {
  RunSummaryDoc summary = SampleFailure();
  summary.timeline = {
      {0, "a", "", {}}, {250, "b", "", {}}, {1000, "c", "", {}}};

  const std::string html = HtmlReport(summary);

  EXPECT_THAT(html, HasSubstr("left:min(0.0%,calc(100% - 4px));width:25.0%"));
  EXPECT_THAT(html, HasSubstr("left:min(25.0%,calc(100% - 4px));width:75.0%"));
  EXPECT_THAT(html, HasSubstr("left:min(100.0%,calc(100% - 4px));width:0.0%"));
}

TEST(ReportHtmlTest, TimesAtTheEndOfTimeDoNotOverflow) {
  RunSummaryDoc summary = SampleFailure();
  summary.timeline = {{~uint64_t{0} / 2, "a", "", {}},
                      {~uint64_t{0}, "b", "", {}}};

  EXPECT_THAT(HtmlReport(summary), HasSubstr("left:min(50.0%"));
}

TEST(ReportHtmlTest, TextIsNotTakenForHtml) {
  RunSummaryDoc summary = SampleFailure();
  summary.scenario = "<script>alert(1)</script>";
  summary.findings[0].message = "<img>";
  summary.timeline[0].text = "<b>";
  summary.reproduce = "fozzy run '<i>'";

  const std::string html = HtmlReport(summary);

  for (const char* tag : {"<script>", "<img>", "<b></td>", "'<i>'"}) {
    EXPECT_THAT(html, Not(HasSubstr(tag)));
  }
}

TEST(ReportHtmlTest, ALongTimelineIsCutAndSaysSo) {
  RunSummaryDoc summary = SampleFailure();
  summary.timeline.assign(kHtmlRowsMax + 1, {1, "step", "", {}});
  summary.timeline.back().text = "the last";

  const std::string html = HtmlReport(summary);

  EXPECT_THAT(html, HasSubstr(absl::StrCat("the first ", kHtmlRowsMax, " of ",
                                           kHtmlRowsMax + 1)));
  EXPECT_THAT(html, Not(HasSubstr("the last")));
}

TEST(ReportHtmlTest, AScenarioThatFailedSaysHowToRepeatIt) {
  const std::string html = HtmlReport(SampleTest());

  EXPECT_THAT(html, HasSubstr("<br><code>reproduce: fozzy run "
                              "tests/a.fozzy.json --seed 9 --det</code>"));
  EXPECT_THAT(html, HasSubstr("<br><code>trace: "
                              ".fozzy/runs/c2d0458b/failed-a.fozzy</code>"));
}

}  // namespace
}  // namespace fozzy
