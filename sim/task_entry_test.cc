#include "sim/task_entry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

// Returns what is being handled.
std::string Current() {
  try {
    throw;
  } catch (const std::exception& error) {
    return error.what();
  }
}

TEST(TaskEntryTest, AnExceptionThatEscapesIsAPanicThatNamesIt) {
  const auto finding = RunOnce([] {
    thread task([] { throw std::out_of_range("too far"); });
    task.join();
  });

  EXPECT_THAT(TextOf(finding),
              HasSubstr("panic/uncaught std::out_of_range: task 1 let an "
                        "exception escape"));
  EXPECT_THAT(TextOf(finding), HasSubstr("too far"));
}

TEST(TaskEntryTest, AnythingCanBeThrown) {
  EXPECT_THAT(TextOf(RunOnce([] { throw 3; })),
              HasSubstr("panic/uncaught int: main let an exception escape"));
}

TEST(TaskEntryTest, TasksSwitchInsideOfHandlers) {
  const Runs runs = RunAll([] {
    const auto work = [](const std::string& name) {
      try {
        throw std::runtime_error(name);
      } catch (const std::exception&) {
        this_thread::yield();
        try {
          throw std::logic_error(name + " again");
        } catch (const std::exception& inner) {
          this_thread::yield();
          FOZZY_ALWAYS(Current() == name + " again", "its own, the inner");
        }
        this_thread::yield();
        FOZZY_ALWAYS(Current() == name, "its own, the outer");
      }
      FOZZY_ALWAYS(std::current_exception() == nullptr, "none is left");
    };
    thread a(work, std::string("a"));
    work("b");
    a.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_GT(runs.count, 5u);
}

TEST(TaskEntryTest, TasksSwitchWhileStacksAreUnwound) {
  const Runs runs = RunAll([] {
    mutex lock;
    std::vector<std::string> log;
    struct Locking {
      mutex& lock;
      std::vector<std::string>& log;
      ~Locking() {
        const lock_guard guard(lock);
        FOZZY_ALWAYS(std::uncaught_exceptions() == 1, "one, of its own");
        this_thread::yield();
        log.push_back("left");
      }
    };
    const auto work = [&](const char* name) {
      try {
        const Locking locking{lock, log};
        throw std::runtime_error(name);
      } catch (const std::runtime_error& error) {
        FOZZY_ALWAYS(std::string(error.what()) == name, "its own");
      }
      FOZZY_ALWAYS(std::uncaught_exceptions() == 0, "none is left");
    };
    thread a(work, "a");
    work("b");
    a.join();
    FOZZY_ALWAYS(log.size() == 2, "both were unwound");
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(TaskEntryTest, ExceptionsAreThrownAgainByOtherTasks) {
  const Runs runs = RunAll([] {
    mutex lock;
    condition_variable changed;
    std::exception_ptr kept;
    thread thrower([&] {
      try {
        throw std::runtime_error("kept");
      } catch (...) {
        const lock_guard guard(lock);
        kept = std::current_exception();
        changed.notify_one();
      }
    });
    std::string what;
    try {
      unique_lock guard(lock);
      changed.wait(guard, [&] { return kept != nullptr; });
      std::rethrow_exception(kept);
    } catch (const std::runtime_error& error) {
      this_thread::yield();
      what = error.what();
    }
    FOZZY_ALWAYS(what == "kept", "it came through");
    thrower.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
}

TEST(TaskEntryTest, LeavingANoexceptFunctionIsAPanic) {
  const auto finding = RunOnce([] {
    const auto fail = [] { throw std::logic_error("but it did"); };
    thread task([&]() noexcept { fail(); });
    task.join();
  });

  EXPECT_THAT(TextOf(finding),
              HasSubstr("panic/std::terminate, std::logic_error: task 1 "
                        "called std::terminate"));
  EXPECT_THAT(TextOf(finding), HasSubstr("but it did"));
}

TEST(TaskEntryTest, ThrowingWhileUnwindingIsAPanic) {
  struct Bad {
    ~Bad() noexcept(false) {
      if (is_bad) throw std::logic_error("the second");
    }
    bool is_bad = true;
  };
  EXPECT_THAT(TextOf(RunOnce([] {
                const Bad bad;
                throw std::runtime_error("the first");
              })),
              HasSubstr("panic/std::terminate"));
}

TEST(TaskEntryTest, CallingTerminateIsAPanic) {
  EXPECT_THAT(TextOf(RunOnce([] { std::terminate(); })),
              HasSubstr("panic/std::terminate: main called std::terminate"));
}

void Custom() {}

TEST(TaskEntryTest, TheHandlerOfTheUserIsBackAfterARun) {
  const std::terminate_handler before = std::set_terminate(&Custom);

  RunOnce([] {});
  RunOnce([] { std::terminate(); });

  EXPECT_EQ(std::set_terminate(before), &Custom);
}

TEST(TaskEntryTest, AnotherRunFollowsAFinding) {
  EXPECT_NE(TextOf(RunOnce([] {
              try {
                throw std::runtime_error("while it is handled");
              } catch (...) {
                FOZZY_ALWAYS(false, "wrong");
              }
            })),
            "none");

  EXPECT_EQ(std::current_exception(), nullptr);
  EXPECT_EQ(TextOf(RunOnce([] {})), "none");
}

}  // namespace
}  // namespace fozzy
