// ^C, as a user presses it.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <set>
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

using ::testing::HasSubstr;

constexpr char kOdd[] = FOZZY_ODD;
constexpr int kInterrupted = 130;

// Starts `fozzy LINE` in a group of its own, with its output in the file "out".
pid_t Start(const std::string& line) {
  std::vector<std::string> words = SplitWords(line);
  words.insert(words.begin(), ProgramPath());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  setpgid(0, 0);
  const int out = open("out", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  execv(argv[0], argv.data());
  _exit(127);
}

// Whether the process has a handler for ^C, as the kernel knows.
bool MindsInterrupts(pid_t child) {
  const std::string status =
      ReadFile(absl::StrCat("/proc/", child, "/status")).value_or("");
  const size_t at = status.find("SigCgt:");
  if (at == std::string::npos) return false;
  return (std::stoull(status.substr(at + 7), nullptr, 16) >> (SIGINT - 1)) & 1;
}

// Waits until the process minds ^C and `has_come`, or it has ended.
void Await(pid_t child, const std::function<bool()>& has_come) {
  siginfo_t info = {};
  while (info.si_pid == 0 &&
         !(MindsInterrupts(child) && (has_come == nullptr || has_come()))) {
    waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
    poll(nullptr, 0, 2);
  }
}

// Runs `fozzy LINE`, presses ^C once `has_come`, and returns the exit code.
int Interrupt(const std::string& line, const std::function<bool()>& has_come) {
  const pid_t child = Start(line);
  Await(child, has_come);
  kill(-child, SIGINT);
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << line;
  return WEXITSTATUS(status);
}

std::string Printed() { return ReadFile("out").value_or(""); }

bool HasRunFolder() {
  std::error_code error;
  return std::filesystem::directory_iterator(".fozzy/runs", error) !=
         std::filesystem::directory_iterator();
}

// What the doctor and others would leave in memory.
std::set<std::string> FilesInMemory() {
  std::set<std::string> files;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator("/dev/shm", error)) {
    files.insert(entry.path().string());
  }
  return files;
}

// Whether the process whose number the file "pid" holds runs; one that nobody
// has waited for does not.
bool IsWorkerRunning() {
  const std::string pid = ReadFile("pid").value_or("");
  const std::string stat =
      ReadFile(absl::StrCat("/proc/", pid, "/stat")).value_or("");
  const size_t name_end = stat.rfind(')');
  return name_end != std::string::npos && stat.substr(name_end, 3) != ") Z";
}

// Whether it still does a while later: it was killed, and dies when it can.
bool IsWorkerAlive() {
  for (int i = 0; i < 5'000 && IsWorkerRunning(); ++i) poll(nullptr, 0, 1);
  return IsWorkerRunning();
}

TEST(InterruptCommandTest, ProgramsAreEndedAndNoFolderIsLeft) {
  for (const std::string& line :
       {absl::StrCat("explore ", kOdd, " --filter Odd.NeverEnds"),
        absl::StrCat("test ", kOdd, " --filter Odd.NeverEnds --jobs 2")}) {
    const TempFolder folder;
    EXPECT_EQ(Interrupt(line, [] { return Exists("pid"); }), kInterrupted);
    EXPECT_THAT(Printed(), HasSubstr("interrupted"));
    EXPECT_FALSE(IsWorkerAlive());
    EXPECT_FALSE(HasRunFolder());
  }
}

TEST(InterruptCommandTest, WithJsonThereIsOneDocument) {
  const TempFolder folder;
  EXPECT_EQ(Interrupt(absl::StrCat("explore ", kOdd,
                                   " --filter Odd.NeverEnds --json"),
                      [] { return Exists("pid"); }),
            kInterrupted);
  EXPECT_EQ(Get(Printed(), ".message"), "interrupted");
}

TEST(InterruptCommandTest, WhatRepeatsARunOfAProgramIsEnded) {
  for (const std::string command : {"replay", "shrink", "explain"}) {
    const TempFolder folder;
    ASSERT_EQ(RunProgram(absl::StrCat("explore ", kOdd,
                                      " --filter Odd.HangsIfToldTo --seed 1 "
                                      "--record a.fozzy"))
                  .code,
              kExitFinding);
    ASSERT_TRUE(WriteFile("hang", "").ok());
    const size_t files = FilesBelow(".fozzy").size();
    EXPECT_EQ(Interrupt(absl::StrCat(command, " a.fozzy --program ", kOdd),
                        [] { return Exists("pid"); }),
              kInterrupted)
        << command << Printed();
    EXPECT_FALSE(IsWorkerAlive()) << command;
    EXPECT_EQ(FilesBelow(".fozzy").size(), files) << command;
    EXPECT_FALSE(Exists("a.min.fozzy"));
  }
}

TEST(InterruptCommandTest, AnExplorationIsGoneOnWith) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("kv.fozzy.json", kReplicas).ok());
  // Its state is there as soon as it can be gone on with.
  EXPECT_EQ(Interrupt("explore kv.fozzy.json --time 10m --seed 3 --jobs 2",
                      [] { return HasRunFolder(); }),
            kInterrupted);
  EXPECT_THAT(Printed(), HasSubstr("interrupted; to go on: fozzy explore "
                                   "kv.fozzy.json"));
  const Outcome more =
      RunProgram("explore kv.fozzy.json --time 50ms --seed 3 --resume latest");
  EXPECT_EQ(more.code, kExitOk) << more.out << more.err;
}

TEST(InterruptCommandTest, ASuiteLeavesNoFolder) {
  const TempFolder folder;
  WriteScenario("tests/a.fozzy.json",
                R"({"type":"proc_spawn","cmd":"/bin/sh",
                    "args":["-c","echo $$ > pid; exec sleep 600"]})");
  EXPECT_EQ(Interrupt("test --proc-backend host --jobs 2",
                      [] { return Exists("pid"); }),
            kInterrupted);
  EXPECT_FALSE(HasRunFolder());
}

TEST(InterruptCommandTest, TheDoctorLeavesNoProcessAndNothingInMemory) {
  const std::set<std::string> before = FilesInMemory();
  const TempFolder folder;
  const std::string pid =
      absl::StrCat(std::filesystem::current_path().string(), "/pid");
  WriteScenario("a.fozzy.json",
                absl::StrCat(R"({"type":"proc_spawn","cmd":"/bin/sh",
                    "args":["-c","echo $$ > )",
                             pid, R"(; exec sleep 600"]})"));
  EXPECT_EQ(Interrupt("doctor --deep --scenario a.fozzy.json --proc-backend "
                      "host",
                      [] { return Exists("pid"); }),
            kInterrupted);
  EXPECT_THAT(Printed(), HasSubstr("interrupted"));
  EXPECT_FALSE(IsWorkerAlive());
  for (const std::string& file : FilesInMemory()) {
    EXPECT_TRUE(before.contains(file) ||
                file.find("fozzy-doctor") == std::string::npos)
        << file;
  }
}

TEST(InterruptCommandTest, ShrinkingKeepsTheSmallestSoFar) {
  const TempFolder folder;
  // Long enough that it is never through before it is interrupted.
  std::string steps;
  for (int i = 0; i < 3'000; ++i) {
    steps += R"({"type":"rand_u64","key":"k"},)";
  }
  WriteScenario("a.fozzy.json", steps + kFailing);
  ASSERT_EQ(RunProgram("run a.fozzy.json --det --seed 7 --record a.fozzy").code,
            kExitFinding);
  EXPECT_EQ(Interrupt("shrink a.fozzy", nullptr), kInterrupted);
  EXPECT_THAT(Printed(), HasSubstr("interrupted"));
  const bool is_kept =
      Printed().find("the smallest so far") != std::string::npos;
  EXPECT_EQ(Exists("a.min.fozzy"), is_kept);
  if (is_kept) {
    EXPECT_EQ(RunProgram("replay a.min.fozzy").code, kExitFinding);
  }
}

}  // namespace
}  // namespace fozzy
