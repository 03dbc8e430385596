// `fozzy replay --gdb`, with a gdb that reads its commands from a pipe.
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "cli/testing/run_program.h"
#include "cli/testing/sample_scenarios.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTests[] = FOZZY_BODY_TESTS;
constexpr char kCrash[] = FOZZY_CRASH;

// Records a failing run of `test` in `program` as a.fozzy.
void Record(const std::string& program, const std::string& test) {
  const Outcome outcome =
      RunProgram(absl::StrCat("explore ", program, " --filter ", test,
                              " --seed 5 --strategy random --record a.fozzy"));
  ASSERT_NE(outcome.code, kExitOk) << outcome.out << outcome.err;
}

// Returns what gdb prints when it is told these commands after it stopped.
std::string Debug(const std::string& program, const std::string& flags,
                  const std::string& commands) {
  const Outcome outcome = RunShell(
      absl::StrCat("printf '", commands, "\\nkill\\n' | fozzy replay a.fozzy ",
                   flags, " --program ", program));
  return outcome.out + outcome.err;
}

// Starting gdb takes its time, so that each stop is asked about all there is.
TEST(GdbCommandTest, StopsBeforeAnOpAndThenAtTheFindingOnTheStackOfTheirTask) {
  const TempFolder folder;
  Record(kTests, "Counter.LosesAnUpdate");
  // The ops of main: it starts, and starts a task, and another one.
  const std::string out =
      Debug(kTests, "--gdb --break-at 3", "bt 16\\ncontinue\\nbt 8");
  const size_t at_finding = out.find("Continuing.");
  ASSERT_NE(at_finding, std::string::npos) << out;
  EXPECT_THAT(
      out.substr(0, at_finding),
      AllOf(HasSubstr("SIGTRAP"), HasSubstr("FozzyBody_Counter_LosesAnUpdate"),
            HasSubstr("body_tests_program.cc:14"),
            Not(HasSubstr("body_tests_program.cc:13"))));
  EXPECT_THAT(out.substr(at_finding),
              AllOf(HasSubstr("Breakpoint 1, "), HasSubstr("fozzy_finding"),
                    HasSubstr("FozzyBody_Counter_LosesAnUpdate"),
                    HasSubstr("body_tests_program.cc:19")));
}

TEST(GdbCommandTest, StopsAtACrashInTheCodeThatCrashed) {
  const TempFolder folder;
  Record(kCrash, "Crash.WritesThroughANullPointer");
  EXPECT_THAT(Debug(kCrash, "--gdb", "bt 4"),
              AllOf(HasSubstr("received signal SIGSEGV"),
                    HasSubstr("crash_program.cc:"),
                    HasSubstr("printed before the crash")));
}

TEST(GdbCommandTest, WithoutAGdbItSaysSo) {
  const TempFolder folder;
  Record(kTests, "Counter.LosesAnUpdate");
  for (const std::string flag : {"--gdb", "--break-at"}) {
    std::vector<std::string> args = {"replay", "a.fozzy", flag};
    if (flag == "--break-at") args.emplace_back("3");
    args.insert(args.end(), {"--program", kTests});
    const Outcome outcome = RunProgram(args, {"PATH=/nowhere"});
    EXPECT_EQ(outcome.code, kExitUsage);
    EXPECT_THAT(outcome.err, HasSubstr("found no gdb in PATH"));
  }
}

TEST(GdbCommandTest, BodiesOfFozzyItselfHaveNoProgramToDebug) {
  const TempFolder folder;
  RunProgram("explore builtin:examples/lost_update --seed 3 --record a.fozzy");
  const Outcome outcome = RunProgram("replay a.fozzy --gdb");
  EXPECT_EQ(outcome.code, kExitUsage);
  EXPECT_THAT(outcome.err, HasSubstr("is part of fozzy"));
}

}  // namespace
}  // namespace fozzy
