// Real threads that hand blocks to one another.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <functional>
#include <thread>
#include <vector>

#include "kernels/alloc/host/native_allocator.h"

namespace fozzy::alloc {
namespace {

constexpr int kThreads = 4;
constexpr size_t kPlaces = 512;

// Blocks say how long they are, and end with a byte that says so again.
void Mark(char* block, uint32_t size) {
  std::memcpy(block, &size, sizeof(size));
  block[size - 1] = static_cast<char>(size * 31);
}
bool IsMarked(const char* block) {
  uint32_t size = 0;
  std::memcpy(&size, block, sizeof(size));
  return block[size - 1] == static_cast<char>(size * 31);
}

struct Exchange {
  NativeAllocator& allocator;
  std::atomic<char*> places[kPlaces] = {};
  std::atomic<uint64_t> torn = 0;
};

// Swaps fresh blocks for those of whoever was there before.
void Swap(Exchange& exchange, uint32_t seed, int count) {
  ThreadCache cache;
  uint32_t random = seed;
  for (int i = 0; i < count; ++i) {
    random = random * 1664525 + 1013904223;
    const uint32_t size = 8 + ((random >> 8) & (random >> 20) & 0xFFFF);
    auto* block = static_cast<char*>(exchange.allocator.Allocate(cache, size));
    if (block == nullptr) {
      ++exchange.torn;
      continue;
    }
    Mark(block, size);
    char* old = exchange.places[random % kPlaces].exchange(
        block, std::memory_order_acq_rel);
    if (old == nullptr) continue;
    if (!IsMarked(old)) ++exchange.torn;
    exchange.allocator.Free(cache, old);
  }
  exchange.allocator.Detach(cache);
}

TEST(AllocatorStressTest, NoBlockIsLostOrGivenOutTwice) {
  HostMemory memory;
  HostClock clock;
  NativeAllocator allocator(memory, clock, {.decay = 1'000'000});
  ThreadCache mine;
  allocator.Free(mine, allocator.Allocate(mine, 1));
  Exchange exchange{allocator};
  for (uint32_t round = 0; round < 5; ++round) {
    std::vector<std::thread> threads;
    for (uint32_t i = 0; i < kThreads; ++i) {
      threads.emplace_back(Swap, std::ref(exchange), round * kThreads + i,
                           30'000);
    }
    for (std::thread& thread : threads) thread.join();
  }
  for (std::atomic<char*>& place : exchange.places) {
    char* block = place.load();
    if (block == nullptr) continue;
    EXPECT_TRUE(IsMarked(block));
    allocator.Free(mine, block);
  }
  allocator.Trim(mine);
  const AllocatorStats stats = allocator.GetStats();
  EXPECT_EQ(exchange.torn, 0u);
  EXPECT_EQ(stats.live, 0u);
  for (const uint64_t faults : stats.faults) EXPECT_EQ(faults, 0u);
  memory.ReleaseAll();
}

}  // namespace
}  // namespace fozzy::alloc
