#include "backends/host/host_proc.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/host/fd.h"
#include "backends/host/host_clock.h"
#include "backends/host/host_text.h"
#include "backends/host/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using End = ProcResult::End;

ProcResult Shell(const std::string& script, HostProcOptions options = {},
                 Millis limit = 0) {
  HostProc proc(std::move(options));
  return proc.Spawn({.cmd = "/bin/sh", .args = {"-c", script}, .limit = limit});
}

ProcResult Start(const std::string& cmd, HostProcOptions options = {}) {
  HostProc proc(std::move(options));
  return proc.Spawn({.cmd = cmd, .args = {}, .limit = 0});
}

// A fifo whose writers are processes of a test: when the last one is dead, and
// not before, its reader sees the end.
class Witness {
 public:
  explicit Witness(const TempFolder& temp) : path_(temp.At("witness")) {
    EXPECT_EQ(mkfifo(path_.c_str(), 0600), 0);
    reader_ = Fd(open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  }

  const std::string& path() const { return path_; }

  // Waits until no process has the fifo open, after some had.
  bool SeesNobodyLeft() const {
    pollfd end = {.fd = reader_.get(), .events = 0, .revents = 0};
    return poll(&end, 1, 5000) == 1 && (end.revents & POLLHUP) != 0;
  }

  bool SeesSomebody() const {
    pollfd end = {.fd = reader_.get(), .events = 0, .revents = 0};
    return poll(&end, 1, 0) == 0;
  }

 private:
  std::string path_;
  Fd reader_;
};

int64_t CountDescriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                       std::filesystem::directory_iterator());
}

TEST(HostProcTest, TellsExitAndOutput) {
  const ProcResult result = Shell("echo out; echo err >&2; exit 7");

  EXPECT_EQ(result.end, End::kExited);
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_EQ(result.signal, 0);
  EXPECT_EQ(result.out, "out\n");
  EXPECT_EQ(result.err, "err\n");
  EXPECT_FALSE(result.is_cut);
  EXPECT_EQ(result.reason, "");
}

TEST(HostProcTest, PassesArgumentsAsTheyAre) {
  HostProc proc;

  const ProcResult result =
      proc.Spawn({.cmd = "printf",
                  .args = {"[%s]", "", "a b", "$HOME", "*", "\xff\n"},
                  .limit = 0});

  EXPECT_EQ(result.out, "[][a b][$HOME][*][\xff\n]");
}

TEST(HostProcTest, KeepsAnyBytes) {
  const ProcResult result = Shell("printf 'a\\000\\377\\n'");

  EXPECT_EQ(result.out, std::string("a\0\xff\n", 4));
}

TEST(HostProcTest, NamesTheSignalThatKilled) {
  for (const int signal : {SIGKILL, SIGTERM, SIGSEGV, SIGPIPE, SIGUSR1}) {
    const ProcResult result = Shell("kill -" + std::to_string(signal) + " $$");

    EXPECT_EQ(result.end, End::kSignaled) << signal;
    EXPECT_EQ(result.signal, signal);
    EXPECT_EQ(result.exit_code, -1) << signal;
  }
}

TEST(HostProcTest, SaysWhyNothingStarted) {
  const TempFolder temp;
  temp.AddFile("plain", "no program");
  chmod(temp.At("plain").c_str(), 0644);
  const std::pair<std::string, std::string> cases[] = {
      {"fozzy-no-such-program", ": No such file or directory"},
      {"/nowhere/tool", ": No such file or directory"},
      {"", ": No such file or directory"},
      {temp.At("plain"), ": Permission denied"},
      {temp.path(), ": Permission denied"},
      {temp.At("plain") + "/x", ": Not a directory"},
  };
  for (const auto& [cmd, why] : cases) {
    const ProcResult result = Start(cmd);

    EXPECT_EQ(result.end, End::kNotStarted) << cmd;
    EXPECT_EQ(result.reason, Quoted(cmd) + why);
    EXPECT_EQ(result.exit_code, -1) << cmd;
  }
}

TEST(HostProcTest, StartsNoProgramWhoseFormatIsUnknown) {
  const TempFolder temp;
  temp.AddFile("odd", "neither binary nor script");
  chmod(temp.At("odd").c_str(), 0755);

  const ProcResult result = Start(temp.At("odd"));

  EXPECT_EQ(result.end, End::kNotStarted);
  EXPECT_THAT(result.reason, HasSubstr("Exec format error"));
}

TEST(HostProcTest, RefusesNulBytes) {
  HostProc proc;
  const std::string nul("a\0b", 3);

  EXPECT_EQ(proc.Spawn({.cmd = nul, .args = {}, .limit = 0}).end,
            End::kNotStarted);
  EXPECT_EQ(proc.Spawn({.cmd = "echo", .args = {nul}, .limit = 0}).end,
            End::kNotStarted);
}

TEST(HostProcTest, SearchesThePathOfTheChild) {
  const TempFolder temp;
  temp.AddFile("tool", "#!/bin/sh\necho mine\n");
  chmod(temp.At("tool").c_str(), 0755);

  EXPECT_EQ(Start("tool", {.env = {"PATH=" + temp.path()}}).out, "mine\n");
  EXPECT_EQ(Start("true", {.env = {"PATH=" + temp.path()}}).end,
            End::kNotStarted);
  EXPECT_EQ(Start("true", {.env = {"PATH="}}).reason,
            "\"true\": No such file or directory");
}

TEST(HostProcTest, AddsToTheEnvironmentAndReplaces) {
  ASSERT_EQ(setenv("FOZZY_TEST_A", "1", 1), 0);
  ASSERT_EQ(setenv("FOZZY_TEST_AB", "2", 1), 0);

  const ProcResult result = Shell("env | grep ^FOZZY_TEST | sort",
                                  {.env = {"FOZZY_TEST_A=3", "FOZZY_TEST_B="}});

  EXPECT_EQ(result.out, "FOZZY_TEST_A=3\nFOZZY_TEST_AB=2\nFOZZY_TEST_B=\n");
}

TEST(HostProcTest, RunsInTheFolderAskedFor) {
  const TempFolder temp;
  temp.AddFile("tool", "#!/bin/sh\npwd -P\n");
  chmod(temp.At("tool").c_str(), 0755);

  EXPECT_EQ(Start("./tool", {.cwd = temp.path()}).out, temp.path() + "\n");
  EXPECT_EQ(Start("./tool", {.cwd = temp.At("none")}).reason,
            Quoted(temp.At("none")) + ": No such file or directory");
}

TEST(HostProcTest, GivesNoInput) {
  const ProcResult result = Shell("cat; readlink /proc/self/fd/0");

  EXPECT_EQ(result.out, "/dev/null\n");
}

TEST(HostProcTest, HandsDownNoDescriptors) {
  // Neither close-on-exec nor low: as a careless library opens them.
  const Fd leaky(open("/dev/zero", O_RDONLY));
  const Fd high(fcntl(leaky.get(), F_DUPFD, 200));

  const ProcResult result = Shell("echo /proc/$$/fd/*");

  // The shell itself may hold one for its script, above 2.
  EXPECT_THAT(result.out, testing::Not(HasSubstr("/200")));
  EXPECT_EQ(Shell("readlink /proc/$$/fd/* | grep -c zero").out, "0\n");
}

TEST(HostProcTest, HandsDownNoSignalSettings) {
  signal(SIGTERM, SIG_IGN);
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  sigprocmask(SIG_BLOCK, &blocked, nullptr);

  const ProcResult result = Shell("kill -TERM $$; echo alive");

  EXPECT_EQ(result.end, End::kSignaled);
  EXPECT_EQ(result.signal, SIGTERM);
  sigprocmask(SIG_UNBLOCK, &blocked, nullptr);
  signal(SIGTERM, SIG_DFL);
}

TEST(HostProcTest, LearnsEndsEvenIfTheyWereIgnored) {
  signal(SIGCHLD, SIG_IGN);

  EXPECT_EQ(Shell("exit 5").exit_code, 5);
}

TEST(HostProcTest, LeadsAGroupOfItsOwn) {
  // The fifth field of stat is the group.
  const ProcResult result = Shell("cut -d' ' -f5 /proc/$$/stat; echo $$");

  const size_t line = result.out.find('\n');
  EXPECT_EQ(result.out.substr(0, line) + "\n", result.out.substr(line + 1));
}

TEST(HostProcTest, ReadsBothStreamsAtOnce) {
  // Either stream alone fills a pipe many times.
  const ProcResult result = Shell(
      "(head -c 3000000 /dev/zero >&2) & head -c 3000000 /dev/zero; wait");

  EXPECT_EQ(result.out.size(), 3'000'000u);
  EXPECT_EQ(result.err.size(), 3'000'000u);
  EXPECT_FALSE(result.is_cut);
}

TEST(HostProcTest, CutsLongOutputButLetsTheChildFinish) {
  const ProcResult result =
      Shell("head -c 1000000 /dev/zero; echo done >&2; exit 4",
            {.output_bytes_max = 1000});

  EXPECT_EQ(result.out, std::string(1000, '\0'));
  EXPECT_EQ(result.err, "done\n");
  EXPECT_TRUE(result.is_cut);
  EXPECT_EQ(result.exit_code, 4);
}

TEST(HostProcTest, KeepsOutputThatJustFits) {
  const ProcResult result =
      Shell("printf 1234; printf 12345 >&2", {.output_bytes_max = 5});

  EXPECT_EQ(result.out, "1234");
  EXPECT_EQ(result.err, "12345");
  EXPECT_FALSE(result.is_cut);
}

TEST(HostProcTest, KillsTheWholeGroupAtTheLimit) {
  const TempFolder temp;
  const Witness witness(temp);

  const ProcResult result =
      Shell("exec 9>" + witness.path() +
                "; echo before; sleep 60 & (sleep 60 & sleep 60) & wait",
            {}, /*limit=*/200);

  EXPECT_EQ(result.end, End::kTimedOut);
  EXPECT_EQ(result.exit_code, -1);
  EXPECT_EQ(result.signal, 0);
  EXPECT_EQ(result.out, "before\n");
  EXPECT_GE(result.duration, 200u);
  EXPECT_LT(result.duration, 5000u);
  EXPECT_TRUE(witness.SeesNobodyLeft());
}

TEST(HostProcTest, EndsFloodsAtTheLimit) {
  const ProcResult result =
      Shell("exec cat /dev/zero", {.output_bytes_max = 10}, /*limit=*/100);

  EXPECT_EQ(result.end, End::kTimedOut);
  EXPECT_EQ(result.out.size(), 10u);
  EXPECT_TRUE(result.is_cut);
}

TEST(HostProcTest, LetsNobodyKeepTheOutputOpen) {
  const TempFolder temp;
  const Witness witness(temp);
  HostClock clock;

  const ProcResult result =
      Shell("exec 9>" + witness.path() + "; sleep 60 & echo started; exit 3",
            {.grace = 50});

  EXPECT_EQ(result.end, End::kExited);
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.out, "started\n");
  EXPECT_GE(clock.Elapsed(), 50u);
  EXPECT_LT(clock.Elapsed(), 5000u);
  EXPECT_TRUE(witness.SeesNobodyLeft());
}

TEST(HostProcTest, WaitsNotForThoseWhoLeftTheGroup) {
  const TempFolder temp;
  const Witness witness(temp);

  // The shell ends once the other has a session, and so a group, of its own.
  const ProcResult result =
      Shell("mkfifo " + temp.At("left") + "; setsid sh -c 'exec 9>" +
                witness.path() + "; echo $$; echo >" + temp.At("left") +
                "; exec sleep 60' & read line <" + temp.At("left"),
            {.grace = 50});

  EXPECT_EQ(result.end, End::kExited);
  EXPECT_TRUE(witness.SeesSomebody());
  EXPECT_EQ(kill(std::stoi(result.out), SIGKILL), 0);
  EXPECT_TRUE(witness.SeesNobodyLeft());
}

TEST(HostProcTest, LeavesAloneThoseWhoClosedTheOutput) {
  const TempFolder temp;
  const Witness witness(temp);

  const ProcResult result =
      Shell("exec 9>" + witness.path() +
            "; sleep 60 >/dev/null 2>&1 & echo $!; exit 0");

  EXPECT_TRUE(witness.SeesSomebody());
  EXPECT_EQ(kill(std::stoi(result.out), SIGKILL), 0);
  EXPECT_TRUE(witness.SeesNobodyLeft());
}

TEST(HostProcTest, TakesLateOutputWithinTheGrace) {
  // The child ends first, its descendant prints on.
  const ProcResult result =
      Shell("(sleep 0.05; echo late) & exit 0", {.grace = 5000});

  EXPECT_EQ(result.end, End::kExited);
  EXPECT_EQ(result.out, "late\n");
  EXPECT_LT(result.duration, 5000u);
}

TEST(HostProcTest, AddsNoLatencyOfItsOwn) {
  HostProc proc;
  HostClock clock;
  Millis fastest = 1000;

  for (int i = 0; i < 20; ++i) {
    const Millis begin = clock.Elapsed();
    proc.Spawn({.cmd = "/bin/true", .args = {}, .limit = 0});
    fastest = std::min(fastest, clock.Elapsed() - begin);
  }

  EXPECT_LT(fastest, 10u);
}

TEST(HostProcTest, LeaksNoDescriptors) {
  HostProc proc;
  proc.Spawn({.cmd = "/bin/true", .args = {}, .limit = 0});
  const int64_t before = CountDescriptors();

  for (int i = 0; i < 100; ++i) {
    proc.Spawn({.cmd = "/bin/true", .args = {}, .limit = 0});
    proc.Spawn({.cmd = "/nowhere/true", .args = {}, .limit = 0});
  }

  EXPECT_EQ(CountDescriptors(), before);
}

TEST(HostProcTest, WorksWithoutStandardStreams) {
  std::vector<Fd> kept;
  for (int fd = 0; fd < 3; ++fd) kept.emplace_back(fcntl(fd, F_DUPFD, 10));
  for (int fd = 0; fd < 3; ++fd) close(fd);

  const ProcResult result = Shell("echo out; echo err >&2", {.cwd = "/"});

  for (int fd = 0; fd < 3; ++fd) {
    dup2(kept[static_cast<size_t>(fd)].get(), fd);
  }
  EXPECT_EQ(result.out, "out\n");
  EXPECT_EQ(result.err, "err\n");
}

// ^C reaches us and not the group of the child.
TEST(HostProcTest, ASignalThatEndsUsEndsTheChildFirst) {
  const TempFolder temp;
  const std::string file = temp.At("pid");
  const pid_t us = fork();
  if (us == 0) {
    HostProc().Spawn({"/bin/sh",
                      {"-c",
                       "echo $$ >\"$0.new\"; mv \"$0.new\" \"$0\"; "
                       "exec sleep 30",
                       file},
                      0});
    _exit(0);
  }
  HostClock clock;
  while (access(file.c_str(), F_OK) != 0 && clock.Elapsed() < 5000) {
    clock.Sleep(1);
  }
  ASSERT_EQ(kill(us, SIGTERM), 0);
  int status = 0;
  ASSERT_EQ(waitpid(us, &status, 0), us);

  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGTERM);
  pid_t child = 0;
  std::ifstream(file) >> child;
  ASSERT_GT(child, 0);
  EXPECT_NE(kill(child, 0), 0);
}

}  // namespace
}  // namespace fozzy
