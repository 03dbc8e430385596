// fozzy and programs with tests, as a user sees them.
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
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kTests[] = FOZZY_BODY_TESTS;
constexpr char kOdd[] = FOZZY_ODD;

// Records a failing run of Counter.LosesAnUpdate as a.fozzy.
void RecordFailure() {
  const Outcome outcome =
      RunProgram(absl::StrCat("explore ", kTests,
                              " --filter Counter.LosesAnUpdate --seed 5 "
                              "--record a.fozzy"));
  ASSERT_EQ(outcome.code, kExitFinding) << outcome.out << outcome.err;
}

TEST(ProgramCommandTest, ExploreFindsAndItsLastLineReproduces) {
  const TempFolder folder;
  const Outcome found = RunProgram(absl::StrCat(
      "explore ", kTests, " --filter Counter.LosesAnUpdate --seed 5 --json"));

  EXPECT_EQ(found.code, kExitFinding);
  EXPECT_EQ(Get(found.out, ".findings[0].kind"), "assertion");
  const std::string line = Get(found.out, ".reproduce");
  ASSERT_THAT(line, StartsWith("fozzy replay "));
  const int status = std::system(
      absl::StrCat(FOZZY_PROGRAM, line.substr(5), " >/dev/null 2>&1").c_str());
  EXPECT_EQ(WEXITSTATUS(status), kExitFinding);
}

TEST(ProgramCommandTest, TheReportDoesNotDependOnTheJobs) {
  const TempFolder folder;
  for (const std::string test : {"Memory.IsSeenInOrder", "Counter.LosesNo*"}) {
    std::vector<std::string> reports;
    for (const int jobs : {1, 2, 5}) {
      const Outcome outcome = RunProgram(
          absl::StrCat("explore ", kTests, " --filter ", test,
                       " --seed 9 --runs 2000 --json --jobs ", jobs));
      reports.push_back(
          absl::StrCat(outcome.code, Get(outcome.out, ".exploration.schedules"),
                       "/", Get(outcome.out, ".exploration.distinct"), "/",
                       Get(outcome.out, ".status")));
    }
    EXPECT_EQ(reports[0], reports[1]) << test;
    EXPECT_EQ(reports[0], reports[2]) << test;
  }
}

TEST(ProgramCommandTest, ReplayShowsTheScheduleLogsAndOutputAndTheSameOutcome) {
  const TempFolder folder;
  RecordFailure();
  const std::string replay = absl::StrCat("replay a.fozzy --program ", kTests);
  const Outcome first = RunProgram(replay);

  EXPECT_EQ(first.code, kExitFinding);
  EXPECT_THAT(first.out,
              AllOf(HasSubstr("[preempted]"), HasSubstr("log: both have ended"),
                    Not(HasSubstr("replay_drift"))));
  EXPECT_THAT(first.err, HasSubstr("printed by the body"));
  for (int i = 0; i < 100; ++i) {
    const Outcome again = RunProgram(replay + " --json");
    ASSERT_EQ(again.code, kExitFinding) << i;
    ASSERT_EQ(Get(again.out, ".findings[0].kind"), "assertion") << i;
  }
}

TEST(ProgramCommandTest, AProgramIsNeverTakenFromATrace) {
  const TempFolder folder;
  RecordFailure();
  const Outcome none = RunProgram("replay a.fozzy");
  EXPECT_EQ(none.code, kExitUsage);
  EXPECT_THAT(none.err, HasSubstr("--program PATH"));
  EXPECT_EQ(RunProgram("ci a.fozzy").code, kExitUsage);

  const Outcome ci = RunProgram(absl::StrCat("ci a.fozzy --program ", kTests));
  EXPECT_EQ(ci.code, kExitOk) << ci.out;
  EXPECT_EQ(RunProgram("trace verify a.fozzy").code, kExitOk);
  EXPECT_EQ(RunProgram("trace show a.fozzy").code, kExitOk);
  EXPECT_EQ(RunProgram("trace stat a.fozzy").code, kExitOk);
  EXPECT_EQ(RunProgram("trace diff a.fozzy a.fozzy").code, kExitOk);
}

TEST(ProgramCommandTest, ShrinkAndExplain) {
  const TempFolder folder;
  RecordFailure();
  const Outcome shrunk =
      RunProgram(absl::StrCat("shrink a.fozzy --json --program ", kTests));
  EXPECT_EQ(shrunk.code, kExitFinding) << shrunk.out << shrunk.err;
  EXPECT_EQ(Get(shrunk.out, ".identity.tracePath"), "a.min.fozzy");
  EXPECT_EQ(Get(shrunk.out, ".shrink.after.preemptions"), "1");
  EXPECT_EQ(RunProgram(absl::StrCat("ci a.min.fozzy --program ", kTests)).code,
            kExitOk);

  const Outcome why =
      RunProgram(absl::StrCat("explain a.min.fozzy --program ", kTests));
  EXPECT_EQ(why.code, kExitOk) << why.err;
  EXPECT_THAT(why.out, AllOf(HasSubstr("inevitable after"),
                             HasSubstr("body_tests_program.cc:"),
                             HasSubstr("task 1"), Not(HasSubstr("task 3"))));
}

TEST(ProgramCommandTest, MinimizeSaysWhatMayChange) {
  const TempFolder folder;
  RecordFailure();
  std::vector<std::string> left;
  for (const std::string part : {"schedule", "faults", "input", "all"}) {
    const Outcome outcome = RunProgram(absl::StrCat(
        "shrink a.fozzy --json --minimize ", part, " --program ", kTests));
    EXPECT_EQ(outcome.code, kExitFinding) << outcome.out << outcome.err;
    left.push_back(Get(outcome.out, ".shrink.after.switches"));
    if (part == "faults") {
      EXPECT_EQ(left.back(), Get(outcome.out, ".shrink.before.switches"));
    }
  }
  EXPECT_EQ(left[1], left[2]);
  EXPECT_LT(std::stoi(left[0]), std::stoi(left[1]));
  EXPECT_LE(std::stoi(left[3]), std::stoi(left[1]));
}

// Odd.Passes sees its store and never two.
TEST(ProgramCommandTest, WhatNoRunReachesIsNamedOrAFinding) {
  const TempFolder folder;
  const std::string passes =
      absl::StrCat("explore ", kOdd, " --filter Odd.Passes --seed 1 --json");
  const Outcome named = RunProgram(passes);
  EXPECT_EQ(named.code, kExitOk);
  // What it does not come by is none of its business.
  EXPECT_THAT(Get(named.out, ".exploration.neverReached[]"),
              AllOf(HasSubstr("odd_program.cc:"), HasSubstr("\"two\""),
                    Not(HasSubstr("\n"))));

  const Outcome failed = RunProgram(passes + " --unreached fail");
  EXPECT_EQ(failed.code, kExitFinding);
  EXPECT_EQ(Get(failed.out, ".findings[].kind"), "never_reached");
  EXPECT_EQ(Get(failed.out, ".findings[].title"), "two");

  const Outcome all = RunProgram(
      absl::StrCat("test ", kTests, " --filter '*.Loses*' --seed 1 --json"));
  EXPECT_EQ(Get(all.out, ".exploration.neverReached[]"), "");
}

TEST(ProgramCommandTest, AGoogleTestNamesWhatNoRunReachesAtItsEnd) {
  const TempFolder folder;
  const std::string passes = absl::StrCat(kOdd, " --gtest_filter=Odd.Passes");
  const Outcome named = RunShell(passes);
  EXPECT_EQ(named.code, 0) << named.out;
  EXPECT_THAT(named.out,
              AllOf(ContainsRegex("never reached: odd_program.cc:[0-9]+ "
                                  "\"two\"\n"),
                    Not(HasSubstr("the store is seen"))));
  const Outcome failed = RunShell(passes + " --fozzy_unreached=fail");
  EXPECT_NE(failed.code, 0);
  EXPECT_THAT(failed.out, HasSubstr("never_reached/two: odd_program.cc:"));
  EXPECT_EQ(RunShell(passes + " --fozzy_unreached=maybe").code, 1);
}

TEST(ProgramCommandTest, ShrinkAndExplainAlsoTakeScenarios) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("stale.fozzy.json", kStaleRead).ok());
  ASSERT_EQ(RunProgram("explore stale.fozzy.json --schedule random --seed 7 "
                       "--record s.fozzy")
                .code,
            kExitFinding);
  const Outcome shrunk = RunProgram("shrink s.fozzy --out t.fozzy --json");
  EXPECT_EQ(shrunk.code, kExitFinding) << shrunk.out << shrunk.err;
  EXPECT_EQ(RunProgram("ci t.fozzy").code, kExitOk);
  EXPECT_EQ(RunProgram("explain t.fozzy").code, kExitOk);
}

TEST(ProgramCommandTest, BuiltInBodiesNeedNoProgram) {
  const TempFolder folder;
  const Outcome found = RunProgram(
      "explore builtin:examples/lost_update --seed 3 --record b.fozzy");
  EXPECT_EQ(found.code, kExitFinding) << found.err;
  EXPECT_EQ(RunProgram("replay b.fozzy").code, kExitFinding);
  EXPECT_EQ(RunProgram("ci b.fozzy").code, kExitOk);
  const Outcome sound = RunProgram(
      "explore builtin:examples/lost_update-fixed --strategy dfs --json");
  EXPECT_EQ(sound.code, kExitOk);
  EXPECT_EQ(Get(sound.out, ".exploration.exhaustive"), "true");
}

TEST(ProgramCommandTest, ALeakOfStateIsReportedAsThat) {
  const TempFolder folder;
  const Outcome outcome = RunProgram(
      absl::StrCat("explore ", kTests, " --filter State.* --seed 1 --json"));
  EXPECT_EQ(outcome.code, kExitFinding);
  EXPECT_EQ(Get(outcome.out, ".findings[0].kind"), "state-leak");
}

TEST(ProgramCommandTest, ACrashIsAFindingOfTheSameRunForAnyJobs) {
  const TempFolder folder;
  std::vector<std::string> runs;
  for (const int jobs : {1, 3}) {
    const Outcome outcome =
        RunProgram(absl::StrCat("explore ", kOdd,
                                " --filter Odd.Crashes* --seed 4 --json "
                                "--jobs ",
                                jobs));
    EXPECT_EQ(outcome.code, kExitCrash) << outcome.out;
    EXPECT_THAT(Get(outcome.out, ".findings[0].message"), HasSubstr("SIGSEGV"));
    runs.push_back(Get(outcome.out, ".exploration.findingRun"));
  }
  EXPECT_EQ(runs[0], runs[1]);
}

TEST(ProgramCommandTest, WhatIsNoProgramOfTestsIsSaidSo) {
  const TempFolder folder;
  const Outcome stranger = RunProgram("explore /bin/true");
  EXPECT_EQ(stranger.code, kExitUsage);
  EXPECT_THAT(stranger.err, HasSubstr("linked with fozzy::test"));
  for (const std::string odd : {"garbage", "half", "huge", "killed"}) {
    setenv("ODD", odd.c_str(), 1);
    const Outcome outcome = RunProgram(absl::StrCat("explore ", kOdd));
    EXPECT_EQ(outcome.code, kExitUsage) << odd;
    EXPECT_THAT(outcome.err, HasSubstr("odd_program")) << odd;
  }
  unsetenv("ODD");
  EXPECT_EQ(RunProgram(absl::StrCat("explore ", kTests, " --filter No.*")).code,
            kExitUsage);
  EXPECT_EQ(
      RunProgram(absl::StrCat("explore ", kTests, " --strategy luck")).code,
      kExitUsage);
}

TEST(ProgramCommandTest, AGoogleTestReproducesWithTheCommandItPrints) {
  const TempFolder folder;
  const std::string quiet = " >/dev/null 2>&1";
  const std::string filter = " --gtest_filter=Locks.Deadlock";
  EXPECT_NE(std::system(absl::StrCat(kTests, filter, quiet).c_str()), 0);
  EXPECT_TRUE(Exists(".fozzy/tests/Locks.Deadlock.fozzy"));
  EXPECT_NE(std::system(absl::StrCat(
                            kTests, filter,
                            " --fozzy_replay=.fozzy/tests/Locks.Deadlock.fozzy",
                            quiet)
                            .c_str()),
            0);
  EXPECT_EQ(
      std::system(absl::StrCat("FOZZY_STRATEGY=dfs ", kTests,
                               " --gtest_filter=Counter.LosesNoUpdate", quiet)
                      .c_str()),
      0);
}

}  // namespace
}  // namespace fozzy
