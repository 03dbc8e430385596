#include "cli/report_junit.h"

#include <string>

#include "cli/testing/sample_summary.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

TEST(ReportJunitTest, EveryScenarioIsATestcase) {
  EXPECT_EQ(JunitReport(SampleTest()),
            R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1" errors="1" skipped="0" time="0.035000">
  <testsuite name="fozzy test" tests="3" failures="1" errors="1" skipped="0" time="0.035000" timestamp="2026-11-21T06:26:13.495830229Z">
    <testcase classname="tests/pass.fozzy.json" name="pass &amp; &lt;co&gt;" file="tests/pass.fozzy.json" time="0.001500"/>
    <testcase classname="tests/a.fozzy.json" name="a" file="tests/a.fozzy.json" time="0.000000">
      <failure type="assertion/assert_eq_int" message="expected 1 == 2">tests/a.fozzy.json:12:5: assertion/assert_eq_int: expected 1 == 2 (step 3)&#10;reproduce: fozzy run tests/a.fozzy.json --seed 9 --det&#10;trace: .fozzy/runs/c2d0458b/failed-a.fozzy&#10;</failure>
    </testcase>
    <testcase classname="tests/broken.fozzy.json" name="tests/broken.fozzy.json" file="tests/broken.fozzy.json" time="0.000000">
      <error type="error" message="tests/broken.fozzy.json:1:1: found &quot;x&quot;, expected {">tests/broken.fozzy.json:1:1: found &quot;x&quot;, expected {&#10;</error>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST(ReportJunitTest, ARunIsATestOfOneScenario) {
  const std::string xml = JunitReport(SampleFailure());

  EXPECT_THAT(xml, HasSubstr("tests=\"1\" failures=\"1\" errors=\"0\""));
  EXPECT_THAT(xml, HasSubstr("name=\"tests/a.fozzy.json\""));
  EXPECT_THAT(xml, HasSubstr("reproduce: fozzy replay .fozzy/runs/58f96a8b"));
  EXPECT_THAT(xml, HasSubstr("trace: .fozzy/runs/58f96a8b"));
}

TEST(ReportJunitTest, ATimeoutWithoutAFindingIsAFailure) {
  RunSummaryDoc summary = SampleFailure();
  summary.status = "timeout";
  summary.findings.clear();

  EXPECT_THAT(JunitReport(summary),
              HasSubstr("<failure type=\"timeout/timeout\""));
}

TEST(ReportJunitTest, MessagesMayHoldAnyBytes) {
  RunSummaryDoc summary = SampleFailure();
  summary.findings[0].message = "]]> \x1b[31m \"quoted\" <tag>\n";

  EXPECT_THAT(JunitReport(summary),
              HasSubstr("message=\"]]&gt; \xef\xbf\xbd[31m &quot;quoted&quot; "
                        "&lt;tag&gt;&#10;\""));
}

}  // namespace
}  // namespace fozzy
