#include "cli/doctor_report.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using testing::HasSubstr;
using testing::Not;

AuditReport Consistent() {
  AuditReport report;
  report.scenario = "tests/example.fozzy.json";
  report.seed = 7;
  report.audit.cause.digests = {"11", "11", "11"};
  return report;
}

AuditReport Differing(Cause::Verdict verdict, PinSet pins) {
  AuditReport report = Consistent();
  report.audit.cause.digests = {"11", "22", "11"};
  report.audit.cause.verdict = verdict;
  report.audit.cause.pins = pins;
  report.audit.difference = TraceDifference{4, 2, "left text", "right text"};
  report.audit.differing_run = 1;
  return report;
}

PinSet ClockAndPid() {
  PinSet pins(Pin::kClock);
  pins.Add(Pin::kPid);
  return pins;
}

std::string Text(const AuditReport& report) {
  const Output output({});
  return AuditText(report, output);
}

TEST(DoctorReportTest, AgreementIsTheEstablishedDocument) {
  EXPECT_EQ(AuditJson(Consistent()), R"({
  "ok": true,
  "issues": [],
  "determinism_audit": {
    "scenario": "tests/example.fozzy.json",
    "runs": 3,
    "seed": 7,
    "consistent": true,
    "signatures": [
      "11",
      "11",
      "11"
    ],
    "working_directory": "empty"
  }
})");
}

TEST(DoctorReportTest, AgreementIsOneLineOfText) {
  EXPECT_EQ(Text(Consistent()),
            "deterministic: tests/example.fozzy.json, seed 7: 3 runs in unlike "
            "processes agree\n");
}

TEST(DoctorReportTest, EachSourceOfACauseIsASignal) {
  const std::string json =
      AuditJson(Differing(Cause::Verdict::kAll, ClockAndPid()));

  EXPECT_THAT(json, HasSubstr("1 of 3 runs differ from the first, cause: clock "
                              "and pid"));
  EXPECT_THAT(json, HasSubstr(R"("source": "clock")"));
  EXPECT_THAT(json, HasSubstr(R"("source": "pid")"));
  EXPECT_THAT(json, Not(HasSubstr(R"("source": "random")")));
  EXPECT_THAT(json, HasSubstr(R"("first_difference": {
    "record": 4,
    "step": 2,
    "left": "left text",
    "right": "right text"
  })"));
}

TEST(DoctorReportTest, CuresThatStandForEachOtherAreToldFromThoseNeeded) {
  EXPECT_THAT(Text(Differing(Cause::Verdict::kAny, ClockAndPid())),
              HasSubstr("cause: clock or pid\n"));
  EXPECT_THAT(Text(Differing(Cause::Verdict::kAll, ClockAndPid())),
              HasSubstr("cause: clock and pid\n"));
}

TEST(DoctorReportTest, AnUnknownCauseSaysWhy) {
  AuditReport report = Differing(Cause::Verdict::kUnknown, {});
  EXPECT_THAT(Text(report), HasSubstr("holding every source fixed"));
  EXPECT_THAT(AuditJson(report), HasSubstr(R"("source": "unknown")"));

  report.audit.cause.untested = ClockAndPid();
  EXPECT_THAT(Text(report), HasSubstr("could not be held fixed: clock, pid"));
  EXPECT_THAT(AuditJson(report), HasSubstr(R"("untested": "clock, pid")"));

  report.audit.cause.is_rare = true;
  EXPECT_THAT(Text(report), HasSubstr("too seldom"));
  EXPECT_THAT(Text(report), HasSubstr("--runs"));
}

TEST(DoctorReportTest, TheFirstDifferenceIsShownOnBothSides) {
  AuditReport report =
      Differing(Cause::Verdict::kAll, PinSet(Pin::kEnvironment));
  report.place = "a.fozzy.json:3:1, proc_spawn";
  report.audit.parts = {"locale", "umask"};

  const std::string text = Text(report);

  EXPECT_THAT(text, HasSubstr("cause: environment (locale, umask)\n"));
  EXPECT_THAT(text, HasSubstr("first difference: record 4, step 2, "
                              "a.fozzy.json:3:1, proc_spawn\n"
                              "  run 0: left text\n"
                              "  run 1: right text\n"));
}

TEST(DoctorReportTest, OnlyWhatIsBrokenIsAnIssue) {
  using Outcome = DoctorCheck::Outcome;
  const DoctorCheck fine = {"config", Outcome::kOk, "fozzy.toml", ""};
  const DoctorCheck absent = {"libcurl", Outcome::kAbsent, "none", "install"};
  const DoctorCheck broken = {"base_dir", Outcome::kBroken, "a file", "move"};

  EXPECT_THAT(ChecksJson({fine, absent}), HasSubstr(R"("ok": true,
  "issues": [])"));
  EXPECT_THAT(ChecksJson({fine, absent, broken}), HasSubstr(R"("ok": false,
  "issues": [
    {
      "code": "base_dir",
      "message": "a file",
      "hint": "move"
    }
  ])"));
  const Output output({});
  EXPECT_EQ(ChecksText({fine, absent}, output),
            "ok config: fozzy.toml\nabsent libcurl: none\n  hint: install\n");
}

}  // namespace
}  // namespace fozzy
