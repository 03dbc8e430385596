// Many reactors, each on a thread of its own.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "kernels/reactive/event.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/reactor.h"
#include "kernels/reactive/statements.h"

namespace fozzy::reactive {
namespace {

Process Tell(Reactor&, Event<int>& signal, int times) {
  for (int i = 1; i <= times; ++i) {
    co_await Emit(signal, i);
    co_await Pause();
  }
}

Process Add(Reactor&, Event<int>& signal, int times, int& sum) {
  for (int i = 0; i < times; ++i) sum += co_await Await(signal);
}

Process Main(Reactor& r, int times, int& sum) {
  Event<int> signal(r);
  co_await Parallel(Tell(r, signal, times), Add(r, signal, times, sum));
}

TEST(ReactorsStressTest, EachRunsOnAThreadOfItsOwn) {
  constexpr int kTimes = 1000;
  std::vector<int> sums(8);
  std::vector<std::thread> threads;
  for (int& sum : sums) {
    threads.emplace_back([&sum] {
      Reactor reactor;
      reactor.Run(Main(reactor, kTimes, sum));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int sum : sums) EXPECT_EQ(sum, kTimes * (kTimes + 1) / 2);
}

}  // namespace
}  // namespace fozzy::reactive
