// Programs whose bodies end their process, as a user sees them.
#include <sys/wait.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/testing/run_program.h"
#include "cli/testing/sample_scenarios.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kCrash[] = FOZZY_CRASH;

Outcome Explore(const std::string& test, const std::string& more = "") {
  return RunProgram(absl::StrCat("explore ", kCrash, " --filter Crash.", test,
                                 " --seed 4 --runs 500 --json ", more));
}

TEST(CrashCommandTest, ACrashNamesItsTaskAndItsTraceReplaysIt) {
  for (const auto& [test, what] :
       std::vector<std::pair<std::string, std::string>>{
           {"WritesThroughANullPointer", "SIGSEGV at a null pointer, after "},
           {"Aborts", "reader was ended by SIGABRT, after crash_program.cc:"},
           {"OverflowsItsStack", "stack overflow of reader, whose stack has"},
           {"Exits", "reader ended the process with exit code 3"}}) {
    const TempFolder folder;
    const Outcome found = Explore(test, "--record a.fozzy");
    ASSERT_EQ(found.code, kExitCrash) << found.out << found.err;
    EXPECT_EQ(Get(found.out, ".status"), "crash");
    EXPECT_EQ(Get(found.out, ".findings[0].kind"), "crash");
    EXPECT_THAT(Get(found.out, ".findings[0].message"), HasSubstr(what));
    EXPECT_EQ(Get(found.out, ".reproduce"),
              absl::StrCat("fozzy replay a.fozzy --program ", kCrash));

    for (int i = 0; i < 10; ++i) {
      const Outcome again =
          RunProgram(absl::StrCat("replay a.fozzy --json --program ", kCrash));
      ASSERT_EQ(again.code, kExitCrash) << again.out << again.err;
      EXPECT_EQ(Get(again.out, ".findings[].message"),
                Get(found.out, ".findings[].message"));
    }
    EXPECT_EQ(RunProgram(absl::StrCat("ci a.fozzy --program ", kCrash)).code,
              kExitOk);
  }
}

TEST(CrashCommandTest, ReplayShowsTheScheduleAndWhatWasPrinted) {
  const TempFolder folder;
  Explore("WritesThroughANullPointer", "--record a.fozzy");
  const Outcome replay =
      RunProgram(absl::StrCat("replay a.fozzy --program ", kCrash));
  EXPECT_EQ(replay.code, kExitCrash);
  EXPECT_THAT(replay.out, AllOf(HasSubstr("reader"), HasSubstr("load #"),
                                Not(HasSubstr("replay_drift"))));
  EXPECT_THAT(replay.err, HasSubstr("printed before the crash"));
}

TEST(CrashCommandTest, ShrinkKeepsTheCrashAndExplainSaysWhy) {
  const TempFolder folder;
  Explore("WritesThroughANullPointer", "--record a.fozzy");
  const Outcome shrunk = RunProgram(
      absl::StrCat("shrink a.fozzy --out b.fozzy --json --program ", kCrash));
  EXPECT_EQ(shrunk.code, kExitCrash) << shrunk.out << shrunk.err;
  EXPECT_EQ(Get(shrunk.out, ".status"), "crash");
  EXPECT_EQ(Get(shrunk.out, ".findings[0].kind"), "crash");
  EXPECT_EQ(RunProgram(absl::StrCat("replay b.fozzy --program ", kCrash)).code,
            kExitCrash);
  const Outcome why =
      RunProgram(absl::StrCat("explain b.fozzy --program ", kCrash));
  EXPECT_EQ(why.code, kExitOk) << why.err;
  EXPECT_THAT(why.out, HasSubstr("crash_program.cc:"));
}

TEST(CrashCommandTest, TheRunIsTheSameForAnyJobsAndStrategyMemory) {
  const TempFolder folder;
  for (const std::string more : {"", "--strategy dfs"}) {
    std::vector<std::string> runs;
    for (const int jobs : {1, 3}) {
      const Outcome outcome =
          Explore("Aborts", absl::StrCat("--jobs ", jobs, " ", more));
      EXPECT_EQ(outcome.code, kExitCrash) << outcome.out;
      runs.push_back(Get(outcome.out, ".exploration.findingRun"));
    }
    EXPECT_EQ(runs[0], runs[1]);
  }
}

TEST(CrashCommandTest, ALargerStackIsAnOption) {
  const TempFolder folder;
  const Outcome outcome = Explore("OverflowsItsStack", "--stack-kib 64");
  EXPECT_EQ(outcome.code, kExitCrash);
  EXPECT_THAT(Get(outcome.out, ".findings[0].message"),
              AllOf(HasSubstr("64 KiB"), HasSubstr("--stack-kib")));
  EXPECT_EQ(Explore("OverflowsItsStack", "--stack-kib 1").code, kExitUsage);
}

TEST(CrashCommandTest, ACrashInEveryRunIsFoundInTheFirst) {
  const TempFolder folder;
  const Outcome outcome = Explore("IsThereInEveryRun");
  EXPECT_EQ(outcome.code, kExitCrash) << outcome.out;
  EXPECT_EQ(Get(outcome.out, ".exploration.findingRun"), "0");
}

TEST(CrashCommandTest, ACrashThatAFreshProcessDoesNotHaveIsALeakOfState) {
  const TempFolder folder;
  const Outcome outcome = Explore("DependsOnEarlierRuns", "--strategy random");
  EXPECT_EQ(outcome.code, kExitFinding) << outcome.out;
  EXPECT_EQ(Get(outcome.out, ".findings[0].kind"), "state-leak");
  EXPECT_THAT(Get(outcome.out, ".findings[0].message"),
              HasSubstr("crash/SIGABRT"));
}

TEST(CrashCommandTest, TestGoesOnWithTheNextTest) {
  const TempFolder folder;
  const Outcome outcome =
      RunProgram(absl::StrCat("test ", kCrash, " --seed 4 --runs 500 --json"));
  EXPECT_EQ(outcome.code, kExitCrash) << outcome.out << outcome.err;
  EXPECT_EQ(Get(outcome.out, ".tests.failed"), "6");
}

TEST(CrashCommandTest, AGoogleTestSaysWhatHappenedBeforeItDies) {
  const TempFolder folder;
  const std::string test =
      absl::StrCat(kCrash, " --gtest_filter=Crash.WritesThroughANullPointer");
  const Outcome died = RunShell(test + "; echo code $?");
  EXPECT_THAT(died.out, AllOf(HasSubstr("crash/SIGSEGV, after"),
                              HasSubstr("reader was ended by SIGSEGV"),
                              HasSubstr("load #"), HasSubstr("reproduce: ")));
  EXPECT_THAT(died.out, Not(HasSubstr("code 0")));
  const std::string trace =
      ".fozzy/tests/Crash.WritesThroughANullPointer.fozzy";
  EXPECT_EQ(
      RunProgram(absl::StrCat("replay ", trace, " --program ", kCrash)).code,
      kExitCrash);

  const Outcome again =
      RunShell(absl::StrCat(test, " --fozzy_replay=", trace, "; echo code $?"));
  EXPECT_THAT(again.out, AllOf(HasSubstr("crash/SIGSEGV, after"),
                               Not(HasSubstr("code 0"))));
}

}  // namespace
}  // namespace fozzy
