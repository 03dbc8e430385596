#include "backends/host/interrupts.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <functional>

namespace fozzy {
namespace {

// Returns how a copy of this process ends that does this.
int StatusOf(const std::function<int()>& action) {
  const pid_t child = fork();
  if (child == 0) _exit(action());
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

TEST(InterruptsTest, TheFirstIsNotedAndTheSecondEnds) {
  EXPECT_FALSE(Interrupts::HaveCome());
  const int noted = StatusOf([] {
    const Interrupts interrupts;
    std::raise(SIGINT);
    return Interrupts::HaveCome() ? Interrupts::ExitCode() : 0;
  });
  EXPECT_EQ(WEXITSTATUS(noted), 130);
  const int ended = StatusOf([] {
    const Interrupts interrupts;
    std::raise(SIGTERM);
    std::raise(SIGTERM);
    return 0;
  });
  EXPECT_TRUE(WIFSIGNALED(ended));
  EXPECT_EQ(WTERMSIG(ended), SIGTERM);
}

TEST(InterruptsTest, OneWithinAnotherHoldsNothingBackAfterASignal) {
  const int ended = StatusOf([] {
    const Interrupts outer;
    std::raise(SIGINT);
    const Interrupts inner;
    std::raise(SIGINT);
    return 0;
  });
  EXPECT_TRUE(WIFSIGNALED(ended));
}

TEST(InterruptsTest, WaitingEndsWithASignalThatCameBeforeIt) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const int status = StatusOf([&] {
    const Interrupts interrupts;
    pollfd file = {ends[0], POLLIN, 0};
    if (Interrupts::Poll({&file, 1}, 0) != 0) return 1;
    std::raise(SIGINT);
    if (Interrupts::Poll({&file, 1}, -1) != -1 || errno != EINTR) return 2;
    return Interrupts::ExitCode();
  });
  EXPECT_EQ(WEXITSTATUS(status), 130);
}

TEST(InterruptsTest, WaitingEndsWithWhatItWaitsFor) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  ASSERT_EQ(write(ends[1], "x", 1), 1);
  pollfd file = {ends[0], POLLIN, 0};
  EXPECT_EQ(Interrupts::Poll({&file, 1}, -1), 1);
}

TEST(InterruptsTest, AfterItsLifeSignalsDoWhatTheyDid) {
  const int ended = StatusOf([] {
    { const Interrupts interrupts; }
    std::raise(SIGINT);
    return 0;
  });
  EXPECT_TRUE(WIFSIGNALED(ended));
  const int ignored = StatusOf([] {
    std::signal(SIGHUP, SIG_IGN);
    const Interrupts interrupts;
    std::raise(SIGHUP);
    return Interrupts::HaveCome() ? 1 : 5;
  });
  EXPECT_EQ(WEXITSTATUS(ignored), 5);
}

}  // namespace
}  // namespace fozzy
