#include "kernels/channels/host/fence.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace fozzy::channels::host {
namespace {

// Two threads that each write and then look at what the other writes, over and
// over: with the fences, one of them at least sees the other.
TEST(FenceTest, OfTwoThatWriteAndThenLookOneSeesTheOther) {
  constexpr int kRounds = 20'000;
  std::atomic<int> written[2] = {0, 0};
  std::atomic<int> arrived[2] = {0, 0};
  int seen[2] = {0, 0};
  const auto run = [&](int me, const auto& fence, const auto& check) {
    for (int round = 1; round <= kRounds; ++round) {
      arrived[me].store(round);
      while (arrived[1 - me].load() < round) std::this_thread::yield();
      written[me].store(round, std::memory_order_relaxed);
      fence();
      seen[me] = written[1 - me].load(std::memory_order_relaxed);
      check(round);
    }
  };
  std::atomic<int> checked = 0;
  int missed = 0;
  std::thread rare([&] {
    run(
        0, [] { HeavyFence(); }, [&](int round) { checked.store(round); });
  });
  run(
      1, [] { LightFence(); },
      [&](int round) {
        while (checked.load() < round) std::this_thread::yield();
        missed += seen[0] < round && seen[1] < round;
      });
  rare.join();

  EXPECT_EQ(missed, 0);
}

}  // namespace
}  // namespace fozzy::channels::host
