#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

// Returns whether `call` throws a future_error of that kind.
template <class F>
bool Throws(future_errc code, const F& call) {
  try {
    call();
  } catch (const future_error& error) {
    return error.code() == std::make_error_code(code);
  }
  return false;
}

TEST(CallOnceTest, DoesItOnceBeforeAnybodyGoesOn) {
  const Runs runs = RunAll([] {
    once_flag flag;
    int count = 0;
    const auto work = [&] {
      call_once(flag, [&] {
        this_thread::yield();
        ++count;
      });
      FOZZY_ALWAYS(count == 1, "once");
    };
    thread other(work);
    work();
    call_once(
        flag, [](int) {}, 3);
    other.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(CallOnceTest, ACallThatThrowsDoesNotCount) {
  const Runs runs = RunAll([] {
    once_flag flag;
    int tries = 0;
    int caught = 0;
    const auto work = [&] {
      try {
        call_once(flag, [&] {
          if (++tries == 1) throw std::runtime_error("not yet");
        });
      } catch (const std::runtime_error&) {
        ++caught;
      }
    };
    thread other(work);
    work();
    other.join();
    FOZZY_ALWAYS(tries == 2 && caught == 1, "the second try counts");
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(CallOnceTest, ATaskThatCallsItInsideOfItselfIsADeadlock) {
  const auto finding = RunOnce([] {
    once_flag flag;
    call_once(flag, [&] { call_once(flag, [] {}); });
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kDeadlock);
  EXPECT_THAT(finding->message, HasSubstr("once flag 1, begun by main since"));
}

TEST(FutureTest, BringsAValueInEverySchedule) {
  const Runs runs = RunAll([] {
    promise<std::string> sender;
    future<std::string> receiver = sender.get_future();
    thread other([&] { sender.set_value("news"); });
    FOZZY_ALWAYS(receiver.get() == "news", "it came");
    FOZZY_ALWAYS(!receiver.valid(), "and is gone");
    other.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(FutureTest, BringsNothingAndReferences) {
  const Runs runs = RunAll([] {
    promise<void> nothing;
    promise<int&> reference;
    int number = 3;
    thread other([&] {
      reference.set_value(number);
      nothing.set_value();
    });
    nothing.get_future().get();
    FOZZY_ALWAYS(&reference.get_future().get() == &number, "the same");
    other.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
}

TEST(FutureTest, BringsExceptions) {
  EXPECT_EQ(TextOf(RunOnce([] {
              promise<int> sender;
              future<int> receiver = sender.get_future();
              thread other([&] {
                try {
                  throw std::runtime_error("bad news");
                } catch (...) {
                  sender.set_exception(std::current_exception());
                }
              });
              bool is_caught = false;
              try {
                receiver.get();
              } catch (const std::runtime_error& error) {
                is_caught = std::string(error.what()) == "bad news";
              }
              FOZZY_ALWAYS(is_caught, "it came through");
              other.join();
            })),
            "none");
}

TEST(FutureTest, APromiseThatIsDroppedIsBroken) {
  EXPECT_EQ(TextOf(RunOnce([] {
              future<int> receiver;
              thread other([&, sender = promise<int>()]() mutable {
                receiver = sender.get_future();
              });
              other.join();
              FOZZY_ALWAYS(
                  Throws(future_errc::broken_promise, [&] { receiver.get(); }),
                  "broken");
            })),
            "none");
}

TEST(FutureTest, MisuseThrowsWhatItDoesInStd) {
  EXPECT_EQ(TextOf(RunOnce([] {
              promise<int> sender;
              sender.set_value(1);
              FOZZY_ALWAYS(Throws(future_errc::promise_already_satisfied,
                                  [&] { sender.set_value(2); }),
                           "set twice");
              future<int> receiver = sender.get_future();
              FOZZY_ALWAYS(Throws(future_errc::future_already_retrieved,
                                  [&] { sender.get_future(); }),
                           "got twice");
              FOZZY_ALWAYS(receiver.get() == 1, "the first");
              FOZZY_ALWAYS(
                  Throws(future_errc::no_state, [&] { receiver.get(); }),
                  "taken twice");
              const promise<int> moved = std::move(sender);
              FOZZY_ALWAYS(
                  Throws(future_errc::no_state, [&] { sender.set_value(3); }),
                  "moved from");
            })),
            "none");
}

TEST(FutureTest, OfTwoThatSetAPromiseOneThrows) {
  const Runs runs = RunAll([] {
    promise<int> sender;
    int losers = 0;
    const auto set = [&](int value) {
      if (Throws(future_errc::promise_already_satisfied,
                 [&] { sender.set_value(value); })) {
        ++losers;
      }
    };
    thread other(set, 1);
    set(2);
    other.join();
    FOZZY_ALWAYS(losers == 1, "one loses");
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

TEST(FutureTest, WaitsForAWhile) {
  EXPECT_EQ(
      TextOf(RunOnce([] {
        promise<int> sender;
        future<int> receiver = sender.get_future();
        FOZZY_ALWAYS(
            receiver.wait_for(milliseconds(2)) == future_status::timeout,
            "nobody sends");
        FOZZY_ALWAYS(
            receiver.wait_until(steady_clock::now()) == future_status::timeout,
            "at once");
        sender.set_value(1);
        FOZZY_ALWAYS(receiver.wait_for(milliseconds(0)) == future_status::ready,
                     "it is there");
      })),
      "none");
}

TEST(SharedFutureTest, GivesTheValueToAll) {
  const Runs runs = RunAll([] {
    promise<std::vector<int>> sender;
    const shared_future<std::vector<int>> shared = sender.get_future().share();
    const auto read = [shared] {
      FOZZY_ALWAYS(shared.get().size() == 2, "both see it");
    };
    thread a(read);
    thread b(read);
    sender.set_value({1, 2});
    a.join();
    b.join();
    FOZZY_ALWAYS(shared.get()[1] == 2, "it stays");
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
}

TEST(PackagedTaskTest, RunsWhereItIsCalled) {
  EXPECT_EQ(TextOf(RunOnce([] {
              packaged_task<int(int)> task([](int n) { return n + 1; });
              future<int> result = task.get_future();
              thread other(std::move(task), 4);
              FOZZY_ALWAYS(result.get() == 5, "it ran");
              other.join();
              packaged_task<void()> fails([] { throw std::logic_error("no"); });
              future<void> failed = fails.get_future();
              fails();
              bool is_caught = false;
              try {
                failed.get();
              } catch (const std::logic_error&) {
                is_caught = true;
              }
              FOZZY_ALWAYS(is_caught, "what it threw");
              FOZZY_ALWAYS(Throws(future_errc::promise_already_satisfied,
                                  [&] { fails(); }),
                           "called twice");
              fails.reset();
              fails();
            })),
            "none");
}

TEST(AsyncTest, StartsATaskOrWaitsUntilItIsAsked) {
  const Runs runs = RunAll([] {
    bool is_done = false;
    {
      const future<void> running =
          async(launch::async, [&] { is_done = true; });
    }
    FOZZY_ALWAYS(is_done, "its future waits for it");
    int calls = 0;
    future<int> later = async(
        launch::deferred, [&](int n) { return calls += n; }, 2);
    FOZZY_ALWAYS(later.wait_for(milliseconds(1)) == future_status::deferred,
                 "nobody asked");
    FOZZY_ALWAYS(calls == 0, "nobody asked");
    FOZZY_ALWAYS(later.get() == 2, "now it ran");
    future<int> plain = async([] { return 7; });
    FOZZY_ALWAYS(plain.get() == 7, "it ran");
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
}

TEST(AsyncTest, DeferredCallsRunOnceForAllThatShareThem) {
  const Runs runs = RunAll([] {
    int calls = 0;
    const shared_future<int> shared =
        async(launch::deferred, [&] { return ++calls; }).share();
    thread other([&] { FOZZY_ALWAYS(shared.get() == 1, "once"); });
    FOZZY_ALWAYS(shared.get() == 1, "once");
    other.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
}

TEST(FutureTest, IsReadyWhenTheTaskEnds) {
  const Runs runs = RunAll([] {
    promise<int> sender;
    future<int> receiver = sender.get_future();
    bool is_working = true;
    thread other([&] {
      sender.set_value_at_thread_exit(3);
      this_thread::yield();
      is_working = false;
    });
    FOZZY_ALWAYS(receiver.get() == 3 && !is_working, "then");
    other.join();
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_TRUE(runs.is_all);
}

}  // namespace
}  // namespace fozzy
