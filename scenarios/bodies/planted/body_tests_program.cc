// Tests as users write them, sound ones and broken ones.
#include <cstdio>

#include "fozzy/test.h"

namespace {

int leaked_runs = 0;

FOZZY_TEST(Counter, LosesAnUpdate) {
  fozzy::atomic<int> counter = 0;
  const auto add = [&] { counter.store(counter.load() + 1); };
  fozzy::thread a(add);
  fozzy::thread b(add);
  a.join();
  b.join();
  fozzy::Log("both have ended");
  std::printf("printed by the body\n");
  EXPECT_EQ(counter.load(), 2);
}

FOZZY_TEST(Counter, LosesNoUpdate) {
  fozzy::atomic<int> counter = 0;
  const auto add = [&] { ++counter; };
  fozzy::thread a(add);
  fozzy::thread b(add);
  a.join();
  b.join();
  EXPECT_EQ(counter.load(), 2);
}

FOZZY_TEST(Locks, Deadlock) {
  fozzy::mutex x;
  fozzy::mutex y;
  fozzy::thread a([&] {
    x.lock();
    y.lock();
    y.unlock();
    x.unlock();
  });
  fozzy::thread b([&] {
    y.lock();
    x.lock();
    x.unlock();
    y.unlock();
  });
  a.join();
  b.join();
}

FOZZY_TEST(Memory, IsSeenInOrder) {
  fozzy::atomic<int> data = 0;
  fozzy::atomic<int> flag = 0;
  fozzy::thread writer([&] {
    data.store(1, std::memory_order_relaxed);
    flag.store(1, std::memory_order_relaxed);
  });
  fozzy::thread reader([&] {
    if (flag.load(std::memory_order_relaxed) == 1) {
      ASSERT_EQ(data.load(std::memory_order_relaxed), 1);
    }
  });
  writer.join();
  reader.join();
}

FOZZY_TEST(State, LeaksThroughAGlobal) {
  ++leaked_runs;
  ASSERT_LT(leaked_runs, 100);
  fozzy::atomic<int> counter = 0;
  fozzy::thread a([&] { ++counter; });
  ++counter;
  a.join();
}

TEST(Ordinary, IsNoneOfOurs) { EXPECT_EQ(1, 1); }

}  // namespace
