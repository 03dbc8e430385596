// Recording many runs at the same time into the same folder.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/testing/run_program.h"
#include "cli/testing/sample_scenarios.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/verify.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;

constexpr int kRuns = 40;

// Starts the program `kRuns` times at once; returns the exit codes, sorted.
std::vector<int> RunAtOnce(const std::string& line) {
  std::vector<std::string> words = SplitWords(line);
  words.insert(words.begin(), ProgramPath());
  words.insert(words.end(), {"--json"});
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  for (int i = 0; i < kRuns; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
      execv(argv[0], argv.data());
      _exit(127);
    }
  }
  std::vector<int> codes;
  int status = 0;
  while (wait(&status) > 0) {
    codes.push_back(WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  }
  std::sort(codes.begin(), codes.end());
  return codes;
}

// Returns the names of all files that are traces, whole or not.
std::vector<std::string> Traces() {
  std::vector<std::string> traces;
  const auto files = ListFiles(".");
  for (const FileInfo& file : *files) {
    if (file.name.find(".fozzy") != std::string::npos &&
        file.name.find(".json") == std::string::npos) {
      traces.push_back(file.name);
    }
  }
  return traces;
}

// Expects `kRuns` sound traces of different runs and no other.
void ExpectAllSound() {
  const std::vector<std::string> traces = Traces();
  EXPECT_EQ(traces.size(), static_cast<size_t>(kRuns));
  for (const std::string& trace : traces) {
    const auto report = VerifyTrace(trace);
    ASSERT_TRUE(report.ok()) << trace;
    EXPECT_TRUE(report->ok) << trace << report->problem;
  }
}

TEST(RecordCommandTest, FortyRunsAtOnceLeaveFortyLinesAndFolders) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", kPassing);

  EXPECT_EQ(RunAtOnce("run a.fozzy.json --det"), std::vector<int>(kRuns, 0));

  std::vector<std::string> lines =
      absl::StrSplit(*ReadFile(".fozzy/runs.jsonl"), '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), static_cast<size_t>(kRuns));
  for (const std::string& line : lines) {
    const std::string run = ".fozzy/runs/" + Get(line, ".runId");
    EXPECT_EQ(Get(*ReadFile(run + "/report.json"), ".status"), "pass") << line;
  }
}

TEST(RecordCommandTest, FortyRunsIntoOneNameAreFortyTraces) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", kPassing);

  EXPECT_EQ(RunAtOnce("run a.fozzy.json --det --record same.fozzy"),
            std::vector<int>(kRuns, 0));

  ExpectAllSound();
  EXPECT_TRUE(Exists("same.fozzy"));
  EXPECT_TRUE(Exists(absl::StrCat("same.", kRuns - 1, ".fozzy")))
      << "numbers have gaps";
}

TEST(RecordCommandTest, FortyLongRunsIntoOneNameAreFortyTraces) {
  const TempFolder folder;
  std::string steps(kPassing);
  // Longer than a chunk: the partial files are open while others run.
  for (int i = 0; i < 3000; ++i) {
    absl::StrAppend(&steps, ",\n{\"type\":\"trace_event\",\"name\":\"event ", i,
                    "\"}");
  }
  WriteScenario("a.fozzy.json", steps);

  EXPECT_EQ(RunAtOnce("run a.fozzy.json --det --record same.fozzy"),
            std::vector<int>(kRuns, 0));

  ExpectAllSound();
}

TEST(RecordCommandTest, OfFortyRunsThatMustNotCollideOneWins) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", kPassing);

  std::vector<int> expected(kRuns, kExitUsage);
  expected[0] = kExitOk;
  EXPECT_EQ(RunAtOnce("run a.fozzy.json --det --record same.fozzy "
                      "--record-collision error"),
            expected);

  EXPECT_THAT(Traces(), ElementsAre("same.fozzy"));
  EXPECT_TRUE(VerifyTrace("same.fozzy")->ok);
}

TEST(RecordCommandTest, ThePathReportedIsTheOneWritten) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", kFailing);
  for (const std::string path : {"a.fozzy", "a.1.fozzy", "a.2.fozzy"}) {
    const Outcome outcome =
        RunProgram("run a.fozzy.json --det --record a.fozzy --json");
    EXPECT_EQ(Get(outcome.out, ".identity.tracePath"), path);
    EXPECT_TRUE(Exists(path));
  }
  const Outcome over = RunProgram(
      "run a.fozzy.json --det --seed 5 --record a.fozzy --json "
      "--record-collision overwrite");
  EXPECT_EQ(Get(over.out, ".identity.tracePath"), "a.fozzy");
  EXPECT_THAT(Traces(), ElementsAre("a.1.fozzy", "a.2.fozzy", "a.fozzy"));
  EXPECT_EQ(Get(RunProgram("replay a.fozzy --json").out, ".identity.seed"),
            "5");
}

TEST(RecordCommandTest, ATraceBesideTheOneAskedForIsAWarning) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", kPassing);
  const std::string line = "run a.fozzy.json --det --record a.fozzy";
  EXPECT_EQ(RunProgram(line).err, "");
  EXPECT_EQ(RunProgram(line).err,
            "warning: a.fozzy exists; recorded a.1.fozzy instead (see "
            "--record-collision)\n");
  EXPECT_EQ(Get(RunProgram(line + " --json").out, ".warnings[]"),
            "a.fozzy exists; recorded a.2.fozzy instead (see "
            "--record-collision)");
}

}  // namespace
}  // namespace fozzy
