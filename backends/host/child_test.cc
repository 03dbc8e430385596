#include "backends/host/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "backends/host/fd.h"
#include "backends/host/testing/temp_folder.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

ChildPlan Shell(const std::string& script) {
  ChildPlan plan;
  plan.path = "/bin/sh";
  plan.argv = {"sh", "-c", script};
  plan.out = 1;
  plan.err = 2;
  return plan;
}

TEST(ChildTest, TellsItsEndThroughItsDescriptor) {
  Child child;
  ASSERT_EQ(child.Start(Shell("exit 3")), 0);

  pollfd end = {.fd = child.pidfd(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(poll(&end, 1, 5000), 1);
  const int status = child.Reap();

  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 3);
}

TEST(ChildTest, IsKilledAndReapedAtTheEndOfItsLife) {
  {
    Child child;
    ASSERT_EQ(child.Start(Shell("exec sleep 60")), 0);
  }

  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(ChildTest, IsKilledEvenIfItLeftItsGroup) {
  // A child can join a group of its session: ours, if we lead one.
  setpgid(0, 0);
  int ends[2] = {-1, -1};
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  const Fd read_end(ends[0]);
  Fd write_end(ends[1]);
  ChildPlan plan = Shell(
      "exec python3 -c 'import os,time; os.setpgid(0, os.getppid());"
      " os.write(1, b\"x\"); time.sleep(60)'");
  plan.env = {std::string("PATH=") + getenv("PATH")};
  plan.out = write_end.get();
  Child child;
  ASSERT_EQ(child.Start(plan), 0);
  write_end.Close();
  char moved = 0;
  ASSERT_EQ(read(read_end.get(), &moved, 1), 1);

  child.KillGroup();
  const int status = child.Reap();

  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGKILL);
}

TEST(ChildTest, SaysWhyItDidNotStart) {
  ChildPlan plan = Shell("true");
  plan.path = "/nowhere/sh";
  Child child;

  EXPECT_EQ(child.Start(plan), ENOENT);
}

TEST(FindProgramTest, TakesThePathAsItIsIfThereIsASlash) {
  std::string path;

  EXPECT_EQ(FindProgram("./x", "/bin", -1, path), 0);

  EXPECT_EQ(path, "./x");
}

TEST(FindProgramTest, TakesTheFirstExecutableFile) {
  const TempFolder temp;
  for (const char* folder : {"a", "b", "c", "d"}) temp.AddFolder(folder);
  temp.AddFolder("a/tool");
  temp.AddFile("b/tool", "not executable");
  chmod(temp.At("b/tool").c_str(), 0644);
  for (const char* tool : {"c/tool", "d/tool"}) {
    temp.AddFile(tool, "#!/bin/sh\n");
    chmod(temp.At(tool).c_str(), 0755);
  }
  const Fd cwd(open(temp.path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  std::string path;

  EXPECT_EQ(FindProgram("tool", "none:a::b:c:d", cwd.get(), path), 0);

  EXPECT_EQ(path, "c/tool");
}

TEST(FindProgramTest, TellsForbiddenFromMissing) {
  const TempFolder temp;
  temp.AddFile("tool", "not executable");
  chmod(temp.At("tool").c_str(), 0644);
  std::string path;

  EXPECT_EQ(FindProgram("tool", temp.path(), -1, path), EACCES);
  EXPECT_EQ(FindProgram("other", temp.path(), -1, path), ENOENT);
  EXPECT_EQ(FindProgram("tool", "", -1, path), ENOENT);
  EXPECT_EQ(FindProgram("", temp.path(), -1, path), ENOENT);
  EXPECT_EQ(path, "");
}

}  // namespace
}  // namespace fozzy
