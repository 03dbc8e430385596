// `fozzy test` as a user sees it.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/json_document.h"
#include "cli/testing/run_program.h"
#include "cli/testing/sample_scenarios.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/base/seeds.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// One file of each sort, in tests/.
void WriteMixedFolder() {
  WriteScenario("tests/a_pass.fozzy.json", kPassing);
  WriteScenario("tests/b_fail.fozzy.json", kFailing);
  ASSERT_TRUE(WriteFile("tests/c_broken.fozzy.json", "{\"version\":").ok());
  WriteScenario("tests/d_invalid.fozzy.json", kInvalid);
  ASSERT_TRUE(WriteFile("tests/e_replicas.fozzy.json", kReplicas).ok());
  ASSERT_TRUE(WriteFile("tests/f_stale.fozzy.json", kStaleRead).ok());
  ASSERT_EQ(RunProgram("run tests/b_fail.fozzy.json --det --record "
                       "tests/g_kept.fozzy")
                .code,
            kExitFinding);
  std::string damaged = *ReadFile("tests/g_kept.fozzy");
  damaged[damaged.size() / 2] ^= 4;
  ASSERT_TRUE(WriteFile("tests/h_damaged.fozzy", damaged).ok());
  WriteScenario("tests/i_last.fozzy.json", kPassing);
}

std::vector<std::string> ResultsOf(const Outcome& outcome,
                                   const std::string& member) {
  return absl::StrSplit(Get(outcome.out, ".tests.results[]." + member), '\n');
}

TEST(TestCommandTest, EachFileOfAMixedFolderHasItsOwnResult) {
  const TempFolder folder;
  WriteMixedFolder();
  const Outcome outcome = RunProgram("test tests --det --json");

  EXPECT_EQ(outcome.code, kExitFinding);
  EXPECT_EQ(Get(outcome.out, ".status"), "fail");
  EXPECT_THAT(
      ResultsOf(outcome, "scenario"),
      ElementsAre("tests/a_pass.fozzy.json", "tests/b_fail.fozzy.json",
                  "tests/c_broken.fozzy.json", "tests/d_invalid.fozzy.json",
                  "tests/e_replicas.fozzy.json", "tests/f_stale.fozzy.json",
                  "tests/g_kept.fozzy", "tests/h_damaged.fozzy",
                  "tests/i_last.fozzy.json"));
  EXPECT_THAT(ResultsOf(outcome, "status"),
              ElementsAre("pass", "fail", "error", "error", "pass", "fail",
                          "pass", "error", "pass"));
  EXPECT_EQ(Get(outcome.out, ".tests.passed"), "4");
  EXPECT_EQ(Get(outcome.out, ".tests.failed"), "5");
  EXPECT_THAT(Get(outcome.out, ".tests.results[2].error"),
              HasSubstr("tests/c_broken.fozzy.json:1:"));
  EXPECT_EQ(Get(outcome.out, ".tests.results[5].findings[0].title"),
            "client_get_assert");
  EXPECT_EQ(outcome.err, "") << "what went wrong is in the document";
}

// Returns `json` without what differs between two runs of the same.
std::string WithoutTimes(const std::string& json) {
  std::string kept;
  for (const absl::string_view line : absl::StrSplit(json, '\n')) {
    bool is_time = false;
    for (const absl::string_view name :
         {"\"runId\"", "\"reportPath\"", "\"artifactsDir\"",
          "At\":", "tracePath", "duration", "\"wallNs\""}) {
      is_time = is_time || line.find(name) != absl::string_view::npos;
    }
    if (!is_time) absl::StrAppend(&kept, line, "\n");
  }
  return kept;
}

TEST(TestCommandTest, JobsChangeNothing) {
  const TempFolder folder;
  WriteMixedFolder();
  const Outcome one = RunProgram("test tests --det --seed 9 --json");
  for (const std::string jobs : {"2", "4", "256"}) {
    const Outcome many =
        RunProgram("test tests --det --seed 9 --json --jobs " + jobs);
    EXPECT_EQ(many.code, one.code);
    EXPECT_EQ(WithoutTimes(many.out), WithoutTimes(one.out)) << jobs;
  }
  EXPECT_THAT(WithoutTimes(one.out), HasSubstr("\"results\""));
}

TEST(TestCommandTest, SeedsFollowTheEstablishedRule) {
  const TempFolder folder;
  WriteScenario("tests/a.fozzy.json", kPassing);
  WriteScenario("tests/s/b.fozzy.json", kPassing);
  const Outcome outcome = RunProgram("test --det --seed 9 --json --jobs 2");

  EXPECT_THAT(
      ResultsOf(outcome, "seed"),
      ElementsAre(absl::StrCat(SuiteSeed(9, {2, 0, "tests/a.fozzy.json"})),
                  absl::StrCat(SuiteSeed(9, {2, 1, "tests/s/b.fozzy.json"}))));
}

TEST(TestCommandTest, AFileWithItsSeedIsTheSameRunAlone) {
  const TempFolder folder;
  WriteScenario("tests/a.fozzy.json", kFailing);
  WriteScenario("tests/b.fozzy.json", kFailing);
  const Outcome all = RunProgram("test --det --json");
  const Outcome alone =
      RunProgram(absl::StrCat("run tests/b.fozzy.json --det --json --seed ",
                              Get(all.out, ".tests.results[1].seed")));

  EXPECT_EQ(Get(alone.out, ".findings[0].message"),
            Get(all.out, ".tests.results[1].findings[0].message"));
}

TEST(TestCommandTest, FilesAreFoundByDefaultGlobAndFilter) {
  const TempFolder folder;
  WriteMixedFolder();
  WriteScenario("elsewhere.fozzy.json", kFailing);

  EXPECT_EQ(ResultsOf(RunProgram("test --det --json"), "status").size(), 7u)
      << "the default takes no traces";
  EXPECT_THAT(
      ResultsOf(RunProgram("test --det --json --filter pass"), "scenario"),
      ElementsAre("tests/a_pass.fozzy.json"));
  EXPECT_THAT(
      ResultsOf(RunProgram("test --det --json 'tests/?_p*.json' "
                           "tests/i_last.fozzy.json elsewhere.fozzy.json"),
                "status"),
      ElementsAre("fail", "pass", "pass"));
  for (const std::string line :
       {"test --filter nothing", "test none", "test tests/*.none",
        "test --jobs 0", "test --jobs 257"}) {
    EXPECT_EQ(RunProgram(line).code, kExitUsage) << line;
  }
}

TEST(TestCommandTest, FailFastSkipsTheRest) {
  const TempFolder folder;
  WriteScenario("tests/a.fozzy.json", kPassing);
  WriteScenario("tests/b.fozzy.json", kFailing);
  WriteScenario("tests/c.fozzy.json", kPassing);
  WriteScenario("tests/d.fozzy.json", kFailing);
  for (const std::string jobs : {"1", "4"}) {
    const Outcome outcome =
        RunProgram("test --det --fail-fast --json --jobs " + jobs);
    EXPECT_THAT(ResultsOf(outcome, "status"),
                ElementsAre("pass", "fail", "skip", "skip"));
    EXPECT_EQ(Get(outcome.out, ".tests.skipped"), "2");
  }
}

TEST(TestCommandTest, TheExitCodeIsThatOfTheWorst) {
  const TempFolder folder;
  WriteScenario("tests/a.fozzy.json", kPassing);
  EXPECT_EQ(RunProgram("test --det").code, kExitOk);
  WriteScenario("tests/b.fozzy.json", kFailing);
  EXPECT_EQ(RunProgram("test --det").code, kExitFinding);
  WriteScenario("tests/c.fozzy.json", kSlow);
  EXPECT_EQ(RunProgram("test --det --timeout 30s").code, kExitTimeout);
}

TEST(TestCommandTest, RecordingGivesEachFileItsNumber) {
  const TempFolder folder;
  WriteScenario("tests/a.fozzy.json", kPassing);
  WriteScenario("tests/b.fozzy.json", kFailing);
  EXPECT_EQ(RunProgram("test --det --record kept.fozzy --jobs 2").code,
            kExitFinding);

  EXPECT_EQ(RunProgram("replay kept.1.fozzy").code, kExitOk);
  EXPECT_EQ(RunProgram("replay kept.2.fozzy").code, kExitFinding);
  EXPECT_FALSE(Exists("kept.fozzy"));

  const std::string before = *ReadFile("kept.1.fozzy");
  EXPECT_EQ(RunProgram("test --det --record kept.fozzy --record-collision "
                       "error")
                .code,
            kExitUsage);
  RunProgram("test --det --record kept.fozzy");
  EXPECT_EQ(*ReadFile("kept.1.fozzy"), before) << "nothing was replaced";
  EXPECT_TRUE(Exists("kept.1.1.fozzy"));
  RunProgram("test --det --record kept.fozzy --record-collision overwrite");
  EXPECT_NE(*ReadFile("kept.1.fozzy"), before);
}

TEST(TestCommandTest, AFolderOfTracesIsARegressionSuite) {
  const TempFolder folder;
  WriteScenario("pass.fozzy.json", kPassing);
  WriteScenario("fail.fozzy.json", kFailing);
  ASSERT_TRUE(MakeFolders("traces").ok());
  RunProgram("run pass.fozzy.json --det --record traces/a.fozzy");
  RunProgram("run fail.fozzy.json --det --record traces/b.fozzy");
  const Outcome good = RunProgram("test traces/ --json");
  EXPECT_EQ(good.code, kExitOk) << good.out;
  EXPECT_EQ(Get(good.out, ".tests.passed"), "2");

  const std::string whole = *ReadFile("traces/b.fozzy");
  // A bit in every part of the file, and an end too soon.
  for (size_t at = 0; at < whole.size(); at += whole.size() / 40) {
    std::string damaged = whole;
    damaged[at] ^= 0x20;
    ASSERT_TRUE(WriteFile("traces/b.fozzy", damaged).ok());
    const Outcome bad = RunProgram("test traces/ --json");
    EXPECT_EQ(bad.code, kExitFinding) << at;
    EXPECT_THAT(ResultsOf(bad, "status"), ElementsAre("pass", "error")) << at;
    EXPECT_THAT(Get(bad.out, ".tests.results[1].error"),
                StartsWith("traces/b.fozzy"))
        << at;
  }
  for (const size_t size : {whole.size() - 1, whole.size() / 2, size_t{0}}) {
    ASSERT_TRUE(WriteFile("traces/b.fozzy", whole.substr(0, size)).ok());
    EXPECT_THAT(ResultsOf(RunProgram("test traces/ --json"), "status"),
                ElementsAre("pass", "error"))
        << size;
  }
}

TEST(TestCommandTest, JunitHasOneTestcasePerScenarioAndIsWellFormed) {
  const TempFolder folder;
  WriteMixedFolder();
  WriteScenario("tests/j <&\"'>.fozzy.json",
                R"({"type":"fail","message":"<&\"'>]]>\u0001é"})");
  const Outcome outcome =
      RunProgram("test tests --det --json --reporter junit");
  const std::string path =
      Get(outcome.out, ".identity.artifactsDir") + "/junit.xml";
  ASSERT_TRUE(WriteFile("count.py", R"(
import sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
cases = root.findall(".//testcase")
print(len(cases), len({case.get("classname") for case in cases}),
      len(root.findall(".//failure")), len(root.findall(".//error")),
      root.get("tests"), root.get("failures"), root.get("errors"))
)")
                  .ok());

  const Outcome counts = RunShell("python3 count.py " + path);
  EXPECT_EQ(counts.out, "10 10 3 3 10 3 3\n") << counts.err;
}

TEST(TestCommandTest, TheTraceOfAFailureHasItsName) {
  const TempFolder folder;
  WriteScenario("tests/a.fozzy.json", kFailing);
  WriteScenario("tests/b.fozzy.json", kPassing);
  WriteScenario("tests/s/a.fozzy.json", kFailing);
  const Outcome outcome = RunProgram("test --det --json --jobs 2");
  const std::string runs = Get(outcome.out, ".identity.artifactsDir");

  EXPECT_EQ(Get(outcome.out, ".tests.results[0].tracePath"),
            runs + "/failed-a.fozzy");
  EXPECT_EQ(Get(outcome.out, ".tests.results[2].tracePath"),
            runs + "/failed-a-2.fozzy");
  EXPECT_EQ(RunProgram("replay " + runs + "/failed-a-2.fozzy").code,
            kExitFinding);
  RunProgram("test --det");
  for (const std::string format : {"pretty", "json", "junit", "html"}) {
    const std::string shown =
        RunProgram("report show latest --format " + format).out;
    EXPECT_THAT(shown, HasSubstr("fozzy run tests/s/a.fozzy.json --seed "));
    EXPECT_THAT(shown, HasSubstr("/failed-a-2.fozzy"));
  }
}

TEST(TestCommandTest, FindingsThatSayTheSameAreOneWithItsFiles) {
  const TempFolder folder;
  constexpr char kFail[] = R"({"type":"fail","message":"no"})";
  for (const std::string name : {"a", "b", "c", "d", "e", "f"}) {
    WriteScenario("tests/" + name + ".fozzy.json", kFail);
  }
  const Outcome six = RunProgram("test --det --json");
  EXPECT_THAT(Get(six.out, ".findings[].message"),
              EndsWith("no (repeated 6 times); also in tests/b.fozzy.json, "
                       "tests/c.fozzy.json, tests/d.fozzy.json and 2 more"));
  EXPECT_EQ(Get(six.out, ".findings[0].location.file"), "tests/a.fozzy.json");

  const Outcome two =
      RunProgram("test --det --json tests/c.fozzy.json tests/d.fozzy.json");
  EXPECT_THAT(Get(two.out, ".findings[].message"),
              EndsWith("no (repeated 2 times); also in tests/d.fozzy.json"));
}

TEST(TestCommandTest, TheReportIsNamed) {
  const TempFolder folder;
  WriteScenario("tests/a.fozzy.json", kPassing);
  const Outcome json = RunProgram("test --det --json --reporter junit");
  const std::string path = Get(json.out, ".reporterPath");
  EXPECT_EQ(path, Get(json.out, ".identity.artifactsDir") + "/junit.xml");
  EXPECT_TRUE(Exists(path));
  EXPECT_THAT(RunProgram("test --det --reporter html").out,
              HasSubstr("\nreport: .fozzy/runs/"));
  EXPECT_EQ(Get(RunProgram("test --det --json").out, ".reporterPath"), "");
}

TEST(TestCommandTest, FaultsInALineToRepeatAreThoseOfItsScenario) {
  const TempFolder folder;
  WriteScenario("tests/a.fozzy.json", kFailing);
  ASSERT_TRUE(WriteFile("tests/b.fozzy.json", kStaleRead).ok());
  const Outcome outcome =
      RunProgram("test --det --json --faults restart-first,net.drop=1/9");
  for (const std::string& line : ResultsOf(outcome, "reproduce")) {
    EXPECT_EQ(RunShell(line).code, kExitFinding) << line;
  }
  EXPECT_THAT(Get(outcome.out, ".tests.results[0].reproduce"),
              EndsWith("--faults net.drop=1/9"));
  EXPECT_THAT(Get(outcome.out, ".tests.results[1].reproduce"),
              EndsWith("--faults restart-first"));
}

}  // namespace
}  // namespace fozzy
