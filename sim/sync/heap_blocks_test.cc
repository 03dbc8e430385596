#include "sim/sync/heap_blocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace fozzy {
namespace {

TEST(HeapBlocksTest, EachRunGetsTheSameAddresses) {
  HeapBlocks heap;
  void* first = heap.Allocate(40, 16);
  void* second = heap.Allocate(1, 1);
  EXPECT_NE(first, second);

  heap.Reset();

  EXPECT_FALSE(heap.is_used());
  EXPECT_EQ(heap.Find(first), nullptr);
  EXPECT_EQ(heap.Allocate(40, 16), first);
  EXPECT_EQ(heap.Allocate(1, 1), second);
}

TEST(HeapBlocksTest, AnotherHeapStartsWhereTheFirstOneDidOnceThatIsGone) {
  void* first = nullptr;
  {
    HeapBlocks heap;
    first = heap.Allocate(8, 8);
    HeapBlocks other;
    EXPECT_NE(other.Allocate(8, 8), first);
  }
  HeapBlocks heap;

  EXPECT_EQ(heap.Allocate(8, 8), first);
}

TEST(HeapBlocksTest, FindsTheBlockOfEveryAddressAndNoOther) {
  HeapBlocks heap;
  constexpr size_t kSizes[] = {0, 1, 15, 16, 17, 4096, 100'000};
  for (const size_t bytes : kSizes) {
    auto* start = static_cast<std::byte*>(heap.Allocate(bytes, 16));
    const HeapBlocks::Block* block = heap.Find(start);
    ASSERT_NE(block, nullptr) << bytes;
    EXPECT_TRUE(heap.IsStart(*block, start)) << bytes;
    EXPECT_EQ(heap.NumberOf(*block), heap.blocks().size()) << bytes;
    if (bytes > 0) {
      EXPECT_EQ(heap.Find(start + bytes - 1), block) << bytes;
    }
    EXPECT_EQ(heap.Find(start + bytes + 16), nullptr) << bytes;
    EXPECT_EQ(heap.Find(start - 1), nullptr) << bytes;
    EXPECT_TRUE(HeapBlocks::IsHeap(start)) << bytes;
  }
  int local = 0;
  EXPECT_EQ(heap.Find(&local), nullptr);
  EXPECT_EQ(heap.Find(nullptr), nullptr);
  EXPECT_FALSE(HeapBlocks::IsHeap(&local));
}

TEST(HeapBlocksTest, MemoryIsAlignedAndLooksTheSameInEveryRun) {
  HeapBlocks heap;
  for (int run = 0; run < 2; ++run) {
    heap.Reset();
    void* odd = heap.Allocate(3, 1);
    void* memory = heap.Allocate(64, 4096);
    size_t space = 4096 + 64;
    void* aligned = memory;
    EXPECT_EQ(std::align(4096, 64, aligned, space), memory) << run;
    const auto* bytes = static_cast<unsigned char*>(memory);
    EXPECT_EQ(std::count(bytes, bytes + 64, 0xa5), 64) << run;
    std::memset(memory, 0, 64);
    std::memset(odd, 0, 3);
  }
}

TEST(HeapBlocksTest, ThereIsNoRoomForMoreThanTheRegion) {
  HeapBlocks heap;
  EXPECT_EQ(heap.Allocate(size_t{5} << 30, 16), nullptr);
  EXPECT_NE(heap.Allocate(16, 16), nullptr);
}

}  // namespace
}  // namespace fozzy
