#include "sim/search/crash_watch.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

namespace fozzy {
namespace {

// A note that a copy of this process shares with it.
class SharedNote {
 public:
  SharedNote()
      : note_(::new (mmap(nullptr, sizeof(CrashNote), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0)) CrashNote) {}
  ~SharedNote() { munmap(note_, sizeof(CrashNote)); }
  CrashNote& get() { return *note_; }

 private:
  CrashNote* note_;
};

// Returns how a copy of this process ends that does this.
int StatusOf(const std::function<void()>& action) {
  const pid_t child = fork();
  if (child == 0) {
    for (const int signal : {SIGSEGV, SIGABRT}) std::signal(signal, SIG_DFL);
    action();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

TEST(CrashWatchTest, TheProcessEndsByItsSignalAndLeavesANote) {
  SharedNote note;
  const int status = StatusOf([&] {
    const CrashWatch watch(note.get());
    std::raise(SIGABRT);
  });

  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGABRT);
  EXPECT_EQ(note.get().signal, SIGABRT);
  EXPECT_FALSE(note.get().is_null);
  EXPECT_STREQ(note.get().task, "");
}

TEST(CrashWatchTest, AFaultIsToldFromASignalThatWasSent) {
  SharedNote note;
  const int status = StatusOf([&] {
    const CrashWatch watch(note.get());
    volatile int* volatile nothing = nullptr;
    *nothing = 1;
  });

  EXPECT_NE(status, 0);
  EXPECT_EQ(note.get().signal, SIGSEGV);
  EXPECT_TRUE(note.get().is_null);
}

TEST(CrashWatchTest, AfterItsLifeSignalsDoWhatTheyDid) {
  SharedNote note;
  const int status = StatusOf([&] {
    std::signal(SIGABRT, [](int) { _exit(7); });
    { const CrashWatch watch(note.get()); }
    std::raise(SIGABRT);
  });

  EXPECT_EQ(WEXITSTATUS(status), 7);
  EXPECT_EQ(note.get().signal, 0);
}

TEST(CrashWatchTest, WhoWatchedBeforeIsAskedAfterwards) {
  SharedNote note;
  const int status = StatusOf([&] {
    std::signal(SIGABRT, [](int) { _exit(7); });
    const CrashWatch watch(note.get());
    std::raise(SIGABRT);
  });

  EXPECT_EQ(WEXITSTATUS(status), 7);
  EXPECT_EQ(note.get().signal, SIGABRT);
}

TEST(CrashWatchTest, ACrashThatIsLookedForWritesNoCoreFile) {
  const int status = StatusOf([] {
    CrashWatch::LeaveNoCore();
    std::raise(SIGABRT);
  });
  EXPECT_EQ(WTERMSIG(status), SIGABRT);
  EXPECT_FALSE(WCOREDUMP(status));
}

TEST(CrashWatchTest, TheInnermostNotesAndCalls) {
  SharedNote outer;
  SharedNote inner;
  const int status = StatusOf([&] {
    const CrashWatch first(outer.get());
    const CrashWatch second(
        inner.get(), [](void* code) { _exit(*static_cast<int*>(code)); },
        [] {
          static int code = 5;
          return &code;
        }());
    std::raise(SIGSEGV);
  });

  EXPECT_EQ(WEXITSTATUS(status), 5);
  EXPECT_EQ(outer.get().signal, 0);
  EXPECT_EQ(inner.get().signal, SIGSEGV);
}

}  // namespace
}  // namespace fozzy
