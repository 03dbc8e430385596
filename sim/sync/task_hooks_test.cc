#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <vector>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

TEST(ThreadTest, CallsAnythingWithCopiesOfItsArguments) {
  EXPECT_EQ(
      TextOf(RunOnce([] {
        struct Counter {
          int count = 0;
          void Add(int by) { count += by; }
        };
        Counter counter;
        thread member(&Counter::Add, &counter, 3);
        member.join();
        auto moved = std::make_unique<int>(4);
        thread taker(
            [&](std::unique_ptr<int> number, const int& more, int last,
                int least) { counter.count += *number + more + last + least; },
            std::move(moved), 1, 1, 1);
        taker.join();
        FOZZY_ALWAYS(counter.count == 10, "both were called");
      })),
      "none");
}

TEST(ThreadTest, HasIdsInTheOrderOfTheirStart) {
  EXPECT_EQ(TextOf(RunOnce([] {
              const thread::id main = this_thread::get_id();
              std::vector<thread> started;
              for (int i = 0; i < 2; ++i) started.emplace_back([] {});
              FOZZY_ALWAYS(main < started[0].get_id(), "in order");
              FOZZY_ALWAYS(started[0].get_id() < started[1].get_id(), "order");
              const std::set<thread::id> all = {main, started[0].get_id(),
                                                started[1].get_id()};
              FOZZY_ALWAYS(all.size() == 3, "all differ");
              for (thread& one : started) one.join();
              FOZZY_ALWAYS(started[0].get_id() == thread::id(), "none");
            })),
            "none");
}

TEST(ThreadTest, MisuseThrowsOrPanics) {
  EXPECT_EQ(TextOf(RunOnce([] {
              thread none;
              bool has_thrown = false;
              try {
                none.join();
              } catch (const std::system_error&) {
                has_thrown = true;
              }
              FOZZY_ALWAYS(has_thrown, "nothing to join");
            })),
            "none");
  EXPECT_THAT(TextOf(RunOnce([] { const thread left([] {}); })),
              HasSubstr("panic/destruction of a thread that is joinable: main "
                        "at task_hooks_test.cc:"));
  EXPECT_THAT(TextOf(RunOnce([] {
                thread left([] {});
                left = thread();
              })),
              HasSubstr("panic/assignment to a thread that is joinable"));
}

TEST(ThreadTest, DetachedTasksRunToTheirEnd) {
  bool is_done = false;

  EXPECT_EQ(TextOf(RunOnce([&] { thread([&] { is_done = true; }).detach(); })),
            "none");

  EXPECT_TRUE(is_done);
}

TEST(ThisThreadTest, SleepsInVirtualTime) {
  EXPECT_EQ(TextOf(RunOnce([] {
              const auto start = steady_clock::now();
              const auto date = system_clock::now();
              thread other([] { this_thread::sleep_for(seconds(3600)); });
              this_thread::sleep_until(start + milliseconds(5));
              FOZZY_ALWAYS(steady_clock::now() - start == milliseconds(5),
                           "to the nanosecond");
              other.join();
              FOZZY_ALWAYS(system_clock::now() - date == seconds(3600),
                           "an hour later");
            })),
            "none");
}

TEST(ThisThreadTest, GivesTasksNames) {
  EXPECT_THAT(TextOf(RunOnce([] {
                thread writer([] {
                  this_thread::set_name("writer");
                  FOZZY_ALWAYS(false, "wrong");
                });
                writer.join();
              })),
              HasSubstr("writer at task_hooks_test.cc:"));
}

TEST(JThreadTest, StopsAndJoinsAtTheEndOfItsScope) {
  const Runs runs = RunAll([] {
    int rounds = 0;
    bool has_ended = false;
    {
      const jthread worker([&](const stop_token& token) {
        while (!token.stop_requested()) ++rounds;
        has_ended = true;
      });
    }
    FOZZY_ALWAYS(has_ended, "joined");
    jthread plain([&](int n) { rounds = n; }, 3);
    plain.join();
    FOZZY_ALWAYS(rounds == 3, "without a token");
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
}

TEST(StopTokenTest, CallsEachCallbackOnce) {
  const Runs runs = RunAll([] {
    stop_source source;
    int calls = 0;
    thread stopper([&] { source.request_stop(); });
    {
      const stop_callback call(source.get_token(), [&] { ++calls; });
      source.request_stop();
      FOZZY_ALWAYS(source.stop_requested(), "stopped");
    }
    FOZZY_ALWAYS(calls == 1, "called once, and not running any more");
    stopper.join();
    const stop_callback late(source.get_token(), [&] { ++calls; });
    FOZZY_ALWAYS(calls == 2, "at once");
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
}

TEST(StopTokenTest, TheEndOfACallbackWaitsWhileItRuns) {
  const Runs runs = RunAll([] {
    stop_source source;
    bool is_running = false;
    thread stopper([&] { source.request_stop(); });
    {
      const stop_callback slow(source.get_token(), [&] {
        is_running = true;
        this_thread::yield();
        is_running = false;
      });
    }
    FOZZY_ALWAYS(!is_running, "it has run, or never will");
    stopper.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(StopTokenTest, ACallbackMayEndItself) {
  EXPECT_EQ(TextOf(RunOnce([] {
              stop_source source;
              int calls = 0;
              std::optional<stop_callback<std::function<void()>>> call;
              call.emplace(source.get_token(), [&] {
                ++calls;
                call.reset();
              });
              FOZZY_ALWAYS(source.request_stop(), "the first");
              FOZZY_ALWAYS(calls == 1 && !source.request_stop(), "once");
            })),
            "none");
}

TEST(StopTokenTest, KnowsWhetherAStopIsPossible) {
  stop_token token;
  EXPECT_FALSE(token.stop_possible());
  {
    const stop_source source;
    token = source.get_token();
    EXPECT_TRUE(token.stop_possible());
    EXPECT_EQ(token, source.get_token());
  }
  EXPECT_FALSE(token.stop_possible());
  EXPECT_FALSE(stop_source(nostopstate).stop_possible());
}

}  // namespace
}  // namespace fozzy
