// What fozzy prints where: terminals, pipes, closed files.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "backends/host/fd.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/testing/run_program.h"
#include "cli/testing/sample_scenarios.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kEscape[] = "\x1b[";

// Runs `line` with stdout and stderr on a terminal; returns what it shows.
std::string ShownOnTerminal(const std::string& line, const char* no_color) {
  const Fd master(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  EXPECT_EQ(grantpt(master.get()), 0);
  EXPECT_EQ(unlockpt(master.get()), 0);
  char name[64];
  EXPECT_EQ(ptsname_r(master.get(), name, sizeof name), 0);
  std::vector<std::string> words = SplitWords(line);
  words.insert(words.begin(), ProgramPath());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const int terminal = open(name, O_RDWR | O_NOCTTY);
    dup2(terminal, STDOUT_FILENO);
    dup2(terminal, STDERR_FILENO);
    close(terminal);
    if (no_color == nullptr) {
      unsetenv("NO_COLOR");
    } else {
      setenv("NO_COLOR", no_color, 1);
    }
    execv(argv[0], argv.data());
    _exit(127);
  }
  std::string shown;
  char bytes[4096];
  // Reading fails once nobody has the terminal open any longer.
  while (true) {
    const ssize_t count = read(master.get(), bytes, sizeof bytes);
    if (count <= 0) break;
    shown.append(bytes, static_cast<size_t>(count));
  }
  EXPECT_EQ(waitpid(child, nullptr, 0), child);
  return shown;
}

TEST(TerminalTest, ATerminalIsColouredUnlessItMustNotBe) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", kFailing);
  const std::string line = "run a.fozzy.json --det";

  EXPECT_THAT(ShownOnTerminal(line, nullptr), HasSubstr(kEscape));
  EXPECT_THAT(ShownOnTerminal(line, ""), HasSubstr(kEscape))
      << "an empty NO_COLOR is none";
  EXPECT_THAT(ShownOnTerminal(line, "1"), Not(HasSubstr(kEscape)));
  EXPECT_THAT(ShownOnTerminal(line + " --no-color", nullptr),
              Not(HasSubstr(kEscape)));
  EXPECT_THAT(ShownOnTerminal(line + " --json", nullptr),
              Not(HasSubstr(kEscape)));
  EXPECT_THAT(ShownOnTerminal(line, "1"), HasSubstr("get_kv_assert"));
}

TEST(TerminalTest, ALongExplorationShowsHowFarItIs) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("a.fozzy.json", kReplicas).ok());
  const std::string shown = ShownOnTerminal(
      "explore a.fozzy.json --runs 100000000 --time 400ms", "1");

  EXPECT_THAT(shown, HasSubstr("/100000000 schedules, "));
  EXPECT_THAT(shown, HasSubstr("/s, 0 findings, "));
  EXPECT_THAT(shown, HasSubstr(" left"));
  EXPECT_THAT(shown, HasSubstr("pass: a.fozzy.json, "));
}

TEST(TerminalTest, WithoutATerminalThereAreNoEscapeCodes) {
  const TempFolder folder;
  WriteScenario("tests/a.fozzy.json", kFailing);
  WriteScenario("tests/b.fozzy.json", kPassing);
  RunProgram("run tests/a.fozzy.json --det --record a.fozzy");
  for (const std::string line :
       {"run tests/a.fozzy.json --det", "run none", "test --det --jobs 2",
        "replay a.fozzy --step", "ci a.fozzy", "trace verify a.fozzy",
        "report show latest", "doctor", "--help"}) {
    const Outcome outcome = RunProgram(line);
    EXPECT_NE(outcome.out + outcome.err, "") << line;
    EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr("\x1b"))) << line;
    EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr("\r"))) << line;
  }
}

TEST(TerminalTest, AReaderThatLeavesEndsNothing) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", kFailing);
  std::string steps(kPassing);
  for (int i = 0; i < 5000; ++i) {
    steps += ",\n{\"type\":\"trace_event\",\"name\":\"e\"}";
  }
  WriteScenario("long.fozzy.json", steps);
  RunProgram("run long.fozzy.json --det --record long.fozzy");

  for (const std::string line :
       {"run a.fozzy.json --det", "run a.fozzy.json --det --json",
        "trace show long.fozzy", "trace show long.fozzy --json",
        "replay long.fozzy --step"}) {
    const Outcome outcome =
        RunShell("{ fozzy " + line + "; echo code $? >&2; } | head -c 0; wait");
    const int code = line[2] == 'n' ? kExitFinding : kExitOk;
    EXPECT_EQ(outcome.err, "code " + std::to_string(code) + "\n") << line;
  }
}

TEST(TerminalTest, ClosedFilesDoNotChangeTheVerdict) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", kFailing);
  WriteScenario("b.fozzy.json", kPassing);

  EXPECT_EQ(RunShell("fozzy run a.fozzy.json --det >&- 2>&-").code,
            kExitFinding);
  EXPECT_EQ(RunShell("fozzy run b.fozzy.json --det 2>&-").code, kExitOk);
  EXPECT_EQ(RunShell("fozzy run b.fozzy.json --det <&-").code, kExitOk);
  const Outcome full = RunShell("fozzy run b.fozzy.json --det >/dev/full");
  EXPECT_EQ(full.code, kExitUsage);
  EXPECT_THAT(full.err, HasSubstr("cannot write to stdout"));
}

TEST(TerminalTest, ATraceIsWholeWhateverIsClosed) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", kFailing);
  // What is opened next gets the numbers of the closed files.
  RunShell("fozzy run a.fozzy.json --det --record a.fozzy >&- 2>&- <&-");

  EXPECT_EQ(RunProgram("report query latest --path .findings[].title").out,
            "get_kv_assert\n")
      << "it was confirmed";
  EXPECT_EQ(RunProgram("trace verify a.fozzy").code, kExitOk);
  EXPECT_EQ(RunProgram("replay a.fozzy").code, kExitFinding);
}

}  // namespace
}  // namespace fozzy
