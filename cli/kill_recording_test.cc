// What a recording leaves behind that is killed.
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/testing/run_program.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/testing/sample.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;

constexpr uint64_t kSteps = 40'000;
constexpr int kKills = 5;

// Writes a.fozzy.json, of kSteps steps.
void WriteLongScenario() {
  std::string steps;
  for (uint64_t i = 0; i < kSteps; ++i) {
    absl::StrAppend(&steps, i == 0 ? "" : ",\n",
                    "{\"type\":\"rand_u64\",\"key\":\"k", i % 7, "\"}");
  }
  WriteScenario("a.fozzy.json", steps);
}

// Starts `fozzy run a.fozzy.json --det --seed 7 --record NAME`; with `limit`
// the system ends it when a file gets larger.
pid_t StartRecording(std::string name, std::optional<uint64_t> limit) {
  std::vector<std::string> words = {ProgramPath(), "run",    "a.fozzy.json",
                                    "--det",       "--seed", "7",
                                    "--record",    name,     "--json"};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  if (limit) {
    const rlimit file_size = {*limit, *limit};
    setrlimit(RLIMIT_FSIZE, &file_size);
  }
  dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
  execv(argv[0], argv.data());
  _exit(127);
}

// Returns the signal that ended `child`, or 0.
int SignalOf(pid_t child) {
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

uint64_t BytesOf(const std::string& path) {
  struct stat info = {};
  return stat(path.c_str(), &info) == 0 ? static_cast<uint64_t>(info.st_size)
                                        : 0;
}

// Records the whole run as whole.fozzy and returns its bytes.
std::string RecordWhole() {
  EXPECT_EQ(SignalOf(StartRecording("whole.fozzy", std::nullopt)), 0);
  const std::string bytes = *ReadFile("whole.fozzy");
  EXPECT_EQ(unlink("whole.fozzy"), 0);
  EXPECT_EQ(RunProgram("artifacts prune --keep 0").code, kExitOk);
  return bytes;
}

// Expects that killed.fozzy.partial is what `whole` begins with, that it says
// so, and that there is no other litter.
void ExpectSoundBeginning(const std::string& whole) {
  const std::string partial = *ReadFile("killed.fozzy.partial");
  EXPECT_TRUE(partial == whole.substr(0, partial.size()));
  const Outcome outcome =
      RunProgram("trace verify killed.fozzy.partial --json");
  EXPECT_EQ(outcome.code, kExitUsage);
  EXPECT_EQ(Get(outcome.out, ".complete"), "false") << outcome.out;
  EXPECT_EQ(Get(outcome.out, ".checksumValid"), "true") << outcome.out;
  uint64_t events = 0;
  uint64_t last_step = 0;
  ASSERT_TRUE(absl::SimpleAtoi(Get(outcome.out, ".events"), &events));
  if (events > 0) {
    ASSERT_TRUE(absl::SimpleAtoi(Get(outcome.out, ".lastStep"), &last_step));
    EXPECT_EQ(last_step, events - 1) << "each step is one event";
  }
  EXPECT_THAT(
      FilesBelow("."),
      ElementsAre("./.fozzy/.gitignore", "./.fozzy/runs.jsonl", EndsWith("/"),
                  "./a.fozzy.json", "./killed.fozzy.partial"));
  EXPECT_EQ(RunProgram("trace show killed.fozzy.partial --count 1").code,
            kExitOk);
}

// Removes what a killed run left, wherever it was: before its report, within
// it or at its end.
void CleanUp() {
  unlink("killed.fozzy.partial");
  unlink("killed.fozzy");
  std::error_code error;
  std::filesystem::remove_all(".fozzy/runs", error);
  EXPECT_FALSE(error) << error.message();
}

TEST(KillRecordingTest, OneThatDiesAtAnyByteLeavesASoundBeginning) {
  const TempFolder folder;
  WriteLongScenario();
  const std::string whole = RecordWhole();
  const uint64_t records = whole.size() - BytesOf("a.fozzy.json");
  NumberSequence numbers;
  for (int i = 0; i < kKills; ++i) {
    // The first one dies within the scenario, which comes before all records.
    const uint64_t limit =
        i == 0 ? 70'000 : whole.size() - 1 - numbers.Next() % records;
    SCOPED_TRACE(absl::StrCat("killed at byte ", limit));
    EXPECT_EQ(SignalOf(StartRecording("killed.fozzy", limit)), SIGXFSZ);

    EXPECT_EQ(BytesOf("killed.fozzy.partial"), limit);
    ExpectSoundBeginning(whole);
    CleanUp();
  }
}

TEST(KillRecordingTest, OneThatIsKilledLeavesASoundBeginning) {
  const TempFolder folder;
  WriteLongScenario();
  const std::string whole = RecordWhole();
  NumberSequence numbers;
  for (int i = 0; i < kKills; ++i) {
    const uint64_t at_bytes = 1 + numbers.Next() % whole.size();
    SCOPED_TRACE(absl::StrCat("killed after byte ", at_bytes));
    const pid_t child = StartRecording("killed.fozzy", std::nullopt);
    while (BytesOf("killed.fozzy.partial") < at_bytes &&
           !Exists("killed.fozzy")) {
      sched_yield();
    }
    kill(child, SIGKILL);
    SignalOf(child);
    // It may have been faster.
    const bool is_named = Exists("killed.fozzy");
    EXPECT_NE(is_named, Exists("killed.fozzy.partial"));
    const std::string left = is_named ? "killed.fozzy" : "killed.fozzy.partial";
    if (BytesOf(left) == whole.size()) {
      EXPECT_TRUE(*ReadFile(left) == whole);
    } else {
      EXPECT_FALSE(is_named) << "only what is whole gets its name";
      ExpectSoundBeginning(whole);
    }
    CleanUp();
  }
}

TEST(KillRecordingTest, TheNextRecordingTakesItsPlace) {
  const TempFolder folder;
  WriteLongScenario();
  const std::string whole = RecordWhole();
  EXPECT_EQ(SignalOf(StartRecording("killed.fozzy", whole.size() - 1000)),
            SIGXFSZ);

  EXPECT_EQ(SignalOf(StartRecording("killed.fozzy", std::nullopt)), 0);

  EXPECT_FALSE(Exists("killed.fozzy.partial"));
  EXPECT_TRUE(*ReadFile("killed.fozzy") == whole);
}

}  // namespace
}  // namespace fozzy
