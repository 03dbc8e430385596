#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <mutex>

#include "fozzy/explore.h"
#include "fozzy/sync.h"
#include "fozzy/var.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

void AddTwice(bool is_mended) {
  atomic<int> counter = 0;
  const auto add = [&] {
    if (is_mended) {
      counter.fetch_add(1);
    } else {
      counter = counter + 1;
    }
  };
  thread a(add);
  thread b(add);
  a.join();
  b.join();
  FOZZY_ALWAYS(counter == 2, "no update is lost");
}

void LockTwo(bool is_mended) {
  mutex a;
  mutex b;
  thread first([&] {
    const std::scoped_lock<mutex> lock_a(a);
    const std::scoped_lock<mutex> lock_b(b);
  });
  thread second([&] {
    const std::scoped_lock<mutex> outer(is_mended ? a : b);
    const std::scoped_lock<mutex> inner(is_mended ? b : a);
  });
  first.join();
  second.join();
}

void Signal(bool is_mended) {
  mutex lock;
  condition_variable told;
  bool is_ready = false;
  thread waiter([&] {
    unique_lock<mutex> hold(lock);
    if (is_mended) {
      told.wait(hold, [&] { return is_ready; });
    } else {
      told.wait(hold);
    }
  });
  {
    const std::scoped_lock<mutex> hold(lock);
    is_ready = true;
  }
  told.notify_one();
  waiter.join();
}

void Publish(bool is_mended) {
  var<int> data = 0;
  atomic<bool> is_ready = false;
  thread writer([&] {
    data = 1;
    is_ready.store(true,
                   is_mended ? memory_order_release : memory_order_relaxed);
  });
  if (is_ready.load(memory_order_acquire)) {
    FOZZY_ALWAYS(data == 1, "what was published is there");
  }
  writer.join();
}

void StoreBuffers(bool is_mended) {
  const memory_order store =
      is_mended ? memory_order_seq_cst : memory_order_release;
  const memory_order load =
      is_mended ? memory_order_seq_cst : memory_order_acquire;
  atomic<int> x = 0;
  atomic<int> y = 0;
  int seen_x = 0;
  int seen_y = 0;
  thread a([&] {
    x.store(1, store);
    seen_y = y.load(load);
  });
  thread b([&] {
    y.store(1, store);
    seen_x = x.load(load);
  });
  a.join();
  b.join();
  FOZZY_ALWAYS(seen_x + seen_y > 0, "one of them is seen");
}

void CheckThenAct(bool is_mended) {
  mutex lock;
  int money = 10;
  const auto take = [&] {
    unique_lock<mutex> hold(lock);
    const bool is_enough = money >= 10;
    if (!is_mended) {
      hold.unlock();
      hold.lock();
    }
    if (is_enough) money -= 10;
  };
  thread a(take);
  thread b(take);
  a.join();
  b.join();
  FOZZY_ALWAYS(money >= 0, "nobody takes what is not there");
}

struct Bug {
  const char* name;
  void (*body)(bool is_mended);
  const char* signature;
};

constexpr Bug kBugs[] = {
    {"lost update", AddTwice, "assertion/no update is lost"},
    {"ABBA", LockTwo, "deadlock/"},
    {"missed signal", Signal, ""},
    {"unpublished", Publish, "data_race/"},
    {"store buffers", StoreBuffers, "assertion/one of them is seen"},
    {"check then act", CheckThenAct,
     "assertion/nobody takes what is not there"},
};

TEST(ExploreTest, FindsClassicBugsWithEveryKindOfStrategy) {
  for (const Bug& bug : kBugs) {
    for (const char* strategy :
         {"portfolio", "random", "pct", "pos", "surw", "dfs", "dfs:2"}) {
      const ExploreReport report =
          Explore({.name = bug.name, .runs = 5'000, .strategy = strategy},
                  [&] { bug.body(false); });

      ASSERT_TRUE(report.finding) << strategy << "\n" << report.ToText();
      EXPECT_THAT(Signature(*report.finding), HasSubstr(bug.signature));
      EXPECT_TRUE(report.is_confirmed) << strategy << "\n" << report.ToText();
      EXPECT_NE(report.schedule, "");
    }
  }
}

TEST(ExploreTest, FindsNothingInTheirMendedTwins) {
  for (const Bug& bug : kBugs) {
    const ExploreReport all =
        Explore({.name = bug.name, .runs = 100'000, .strategy = "dfs"},
                [&] { bug.body(true); });
    const ExploreReport some =
        Explore({.name = bug.name, .runs = 500, .run_twice = true},
                [&] { bug.body(true); });

    EXPECT_FALSE(all.finding) << all.ToText();
    EXPECT_TRUE(all.is_exhaustive) << all.ToText();
    EXPECT_FALSE(some.finding) << some.ToText();
    EXPECT_EQ(some.runs, 500u);
    EXPECT_GT(some.distinct, 1u) << bug.name;
  }
}

TEST(ExploreTest, ShowsTheScheduleWithPlacesTimesAndLines) {
  const ExploreReport report = Explore({.strategy = "dfs"}, [] {
    mutex lock;
    thread sleeper([&] {
      fozzy::this_thread::sleep_for(std::chrono::milliseconds(5));
      Log("awake");
      lock.lock();
    });
    sleeper.join();
    FOZZY_UNREACHABLE("the end");
  });

  ASSERT_TRUE(report.finding);
  EXPECT_THAT(report.schedule, HasSubstr("main"));
  EXPECT_THAT(report.schedule, HasSubstr("task 1"));
  EXPECT_THAT(report.schedule, HasSubstr("deadline passes"));
  EXPECT_THAT(report.schedule, HasSubstr("log: awake (5000000 ns)"));
  EXPECT_THAT(report.schedule, HasSubstr("lock #"));
  EXPECT_THAT(report.schedule, HasSubstr("explore_body_test.cc:"));
}

TEST(ExploreTest, MarksStaleReads) {
  const ExploreReport report =
      Explore({.strategy = "dfs"}, [] { StoreBuffers(false); });

  EXPECT_THAT(report.schedule, HasSubstr("[reads an older value, 1 back]"));
}

TEST(ExploreTest, EndsWhenThereIsNoOtherRun) {
  const ExploreReport report = Explore({}, [] {
    atomic<int> alone = 0;
    alone = 1;
  });

  EXPECT_EQ(report.runs, 1u);
  EXPECT_TRUE(report.is_exhaustive);
}

TEST(ExploreTest, EndsWhenTheTimeIsUpAndGoesOnFromThere) {
  const auto body = [] {
    atomic<int> counter = 0;
    const auto add = [&] { counter.fetch_add(1); };
    thread a(add);
    thread b(add);
    thread c(add);
    a.join();
    b.join();
    c.join();
  };
  for (const char* strategy : {"portfolio", "dfs"}) {
    const ExploreReport whole =
        Explore({.runs = 150, .strategy = strategy}, body);
    int asked = 0;
    const ExploreReport begun =
        Explore({.runs = 150,
                 .strategy = strategy,
                 .is_time_up = [&] { return ++asked > 3; }},
                body);
    ASSERT_TRUE(begun.is_time_up);
    EXPECT_LT(begun.runs, whole.runs);

    const ExploreReport rest = Explore(
        {.runs = 150, .strategy = strategy, .state = begun.state}, body);

    EXPECT_EQ(rest.ToText(), whole.ToText());
    EXPECT_EQ(rest.distinct, whole.distinct);
    EXPECT_EQ(rest.points, whole.points);
  }
}

TEST(ExploreTest, SumsPropertiesAndMissesWhatNeverHeld) {
  const ExploreReport report = Explore({.runs = 100}, [] {
    atomic<int> counter = 0;
    thread a([&] { counter.fetch_add(1); });
    FOZZY_SOMETIMES(counter == 1, "the other is first");
    a.join();
    FOZZY_SOMETIMES(counter == 2, "it is counted twice");
  });

  ASSERT_TRUE(report.finding);
  EXPECT_EQ(Signature(*report.finding), "never_reached/it is counted twice");
  ASSERT_EQ(report.properties.size(), 2u);
  EXPECT_EQ(report.properties[0].text, "the other is first");
  EXPECT_EQ(report.properties[0].reached, 100u);
  EXPECT_GT(report.properties[0].held, 0u);
  EXPECT_EQ(report.properties[1].held, 0u);
}

TEST(ExploreTest, SaysWhatIsWrongWithItsOptions) {
  const auto body = [] {};
  EXPECT_EQ(Explore({.strategy = "luck"}, body).error,
            "strategy \"luck\": there is no strategy of that name");
  EXPECT_EQ(Explore({.strategy = "dfs:x"}, body).error,
            "strategy \"dfs:x\": expected a number of preemptions after "
            "\"dfs:\"");
  EXPECT_EQ(Explore({.memory_model = "tso"}, body).error,
            "memory model \"tso\": expected \"cpp20\" or \"sc\"");
  EXPECT_EQ(
      Explore({.strategy = "dfs", .isolation = Isolation::kFork}, body).error,
      "strategy \"dfs\" depends on earlier runs: expected another isolation "
      "than fork");
  EXPECT_NE(Explore({.seed = 2, .state = Explore({}, body).state}, body).error,
            "");
}

TEST(ExploreTest, ACrashIsConfirmedWhereProcessesAreItsOwn) {
  const ExploreReport report = Explore({.isolation = Isolation::kFork}, [] {
    atomic<int> first = 0;
    thread a([&] { first.store(1); });
    if (first.load() == 1) std::raise(SIGSEGV);
    a.join();
  });

  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->kind, FindingKind::kCrash);
  EXPECT_THAT(report.finding->message, HasSubstr("main was ended by SIGSEGV"));
  EXPECT_TRUE(report.is_confirmed);
  EXPECT_FALSE(report.decisions.empty());
  EXPECT_THAT(report.schedule, HasSubstr("load #1 explore_body_test.cc:"));
}

TEST(ExploreTest, SequentialConsistencyHasFewerRuns) {
  const auto body = [] { StoreBuffers(false); };
  const ExploreReport sc =
      Explore({.strategy = "dfs", .memory_model = "sc"}, body);

  EXPECT_FALSE(sc.finding);
  EXPECT_TRUE(sc.is_exhaustive);
}

}  // namespace
}  // namespace fozzy
