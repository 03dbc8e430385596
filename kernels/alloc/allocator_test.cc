#include "kernels/alloc/allocator.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "kernels/alloc/host/host_memory.h"
#include "kernels/alloc/std_sync.h"
#include "kernels/alloc/testing/fake_clock.h"

namespace fozzy::alloc {
namespace {

using TestedAllocator = Allocator<StdSync, HostMemory, FakeClock>;

// Hidden from the compiler, which would warn of what is done with it.
void* Hidden(void* address) {
  asm volatile("" : "+r"(address));
  return address;
}

class AllocatorTest : public testing::Test {
 protected:
  explicit AllocatorTest(const AllocatorOptions& options = {})
      : allocator_(memory_, clock_, options) {}
  ~AllocatorTest() override { memory_.ReleaseAll(); }

  char* Allocate(size_t size) {
    return static_cast<char*>(allocator_.Allocate(cache_, size));
  }
  void Free(void* block) { allocator_.Free(cache_, block); }
  uint64_t Faults(FaultKind kind) {
    return allocator_.GetStats().faults[static_cast<size_t>(kind)];
  }

  HostMemory memory_;
  FakeClock clock_;
  TestedAllocator allocator_;
  ThreadCache cache_;
};

TEST_F(AllocatorTest, BlocksOfEveryClassHoldWhatTheySay) {
  struct Block {
    char* bytes;
    size_t size;
  };
  std::vector<Block> blocks;
  for (size_t c = 1; c < kClasses; ++c) {
    for (const size_t size : {SizeOfClass(c) - 15, SizeOfClass(c)}) {
      char* bytes = Allocate(size);
      ASSERT_NE(bytes, nullptr);
      EXPECT_EQ(reinterpret_cast<uintptr_t>(bytes) % kGranule, 0u);
      EXPECT_EQ(allocator_.UsableSize(bytes), SizeOfClass(c));
      std::memset(bytes, static_cast<int>(c), size);
      blocks.push_back({bytes, size});
    }
  }
  for (size_t i = 0; i < blocks.size(); ++i) {
    const char mark = static_cast<char>(1 + i / 2);
    ASSERT_EQ(blocks[i].bytes[0], mark);
    ASSERT_EQ(blocks[i].bytes[blocks[i].size - 1], mark);
    Free(blocks[i].bytes);
  }
}

TEST_F(AllocatorTest, TheBlockFreedLastIsGivenOutNext) {
  char* block = Allocate(100);
  Free(block);
  EXPECT_EQ(Allocate(100), block);
}

TEST_F(AllocatorTest, BlocksFreedByAnotherThreadComeBack) {
  ThreadCache other;
  std::vector<char*> blocks;
  for (int i = 0; i < 10'000; ++i) blocks.push_back(Allocate(64));
  const size_t committed = allocator_.GetStats().committed;
  for (int round = 0; round < 20; ++round) {
    for (char* block : blocks) allocator_.Free(other, block);
    for (char*& block : blocks) block = Allocate(64);
  }
  EXPECT_EQ(allocator_.GetStats().committed, committed);
  allocator_.Detach(other);
}

TEST_F(AllocatorTest, DetachingGivesEverythingBack) {
  std::vector<char*> blocks;
  for (size_t size = 1; size < 300'000; size += size / 3 + 1) {
    blocks.push_back(Allocate(size));
  }
  for (char* block : blocks) Free(block);
  EXPECT_NE(allocator_.GetStats().live, 0u);
  allocator_.Detach(cache_);
  ThreadCache other;
  allocator_.Trim(other);
  EXPECT_EQ(allocator_.GetStats().live, 0u);
}

TEST_F(AllocatorTest, ADetachedThreadMayGoOn) {
  Free(Allocate(10));
  allocator_.Detach(cache_);
  char* block = Allocate(10);
  ASSERT_NE(block, nullptr);
  Free(block);
  EXPECT_EQ(allocator_.GetStats().live, 0u);
}

TEST_F(AllocatorTest, TrimmingGivesAllFreeMemoryBack) {
  std::vector<char*> blocks;
  for (int i = 0; i < 1000; ++i) blocks.push_back(Allocate(5000));
  for (char* block : blocks) {
    std::memset(block, 1, 5000);
    Free(block);
  }
  allocator_.Trim(cache_);
  const AllocatorStats stats = allocator_.GetStats();
  EXPECT_EQ(stats.live, 0u);
  EXPECT_EQ(stats.free_dirty, 0u);
  EXPECT_GE(stats.purged, 5'000'000u);
}

TEST_F(AllocatorTest, WhatIsNotUsedDecays) {
  std::vector<char*> blocks;
  for (int i = 0; i < 100; ++i) blocks.push_back(Allocate(1 << 20));
  for (char* block : blocks) Free(block);
  EXPECT_EQ(allocator_.GetStats().purged, 0u);
  // The decay passes, while the thread works on with blocks of another size.
  for (int round = 0; round < 6; ++round) {
    clock_.Advance(AllocatorOptions().decay);
    std::vector<char*> small;
    for (int i = 0; i < 20'000; ++i) small.push_back(Allocate(32));
    for (char* block : small) Free(block);
  }
  const AllocatorStats stats = allocator_.GetStats();
  EXPECT_GE(stats.purged, size_t{100} << 20);
  EXPECT_LE(stats.live, size_t{1} << 20);
}

TEST_F(AllocatorTest, BlocksAboveTheLimitGoBackAtOnce) {
  allocator_.SetRetainMax(size_t{1} << 20);
  char* kept = Allocate(100'000);
  char* gone = Allocate(size_t{3} << 20);
  gone[0] = 1;
  Free(kept);
  EXPECT_EQ(allocator_.GetStats().purged, 0u);
  Free(gone);
  EXPECT_EQ(allocator_.GetStats().purged, size_t{3} << 20);
  char* large = Allocate(2'000'000);
  Free(large);
  EXPECT_GT(allocator_.GetStats().purged, size_t{3} << 20)
      << "those with a class, too";
}

TEST_F(AllocatorTest, HugeBlocksGrowAndShrinkInPlace) {
  char* block = Allocate(size_t{5} << 20);
  block[0] = 'x';
  void* grown = allocator_.Reallocate(cache_, block, size_t{50} << 20);
  EXPECT_EQ(grown, block);
  EXPECT_GE(allocator_.UsableSize(grown), size_t{50} << 20);
  void* shrunk = allocator_.Reallocate(cache_, grown, size_t{3} << 20);
  EXPECT_EQ(shrunk, block);
  EXPECT_EQ(block[0], 'x');
  Free(shrunk);
  EXPECT_EQ(allocator_.GetStats().live, 0u);
}

TEST_F(AllocatorTest, ReallocationKeepsContentsAcrossAllKindsOfBlocks) {
  const size_t sizes[] = {1,     16,        17,        1000,  40'000,
                          3'000, 3'000'000, 5'000'000, 100,   300'000,
                          8,     2'097'152, 2'097'153, 12'345};
  char* block = nullptr;
  size_t before = 0;
  for (const size_t size : sizes) {
    block = static_cast<char*>(allocator_.Reallocate(cache_, block, size));
    ASSERT_NE(block, nullptr);
    const size_t kept = std::min(before, size);
    for (size_t i = 0; i < kept; ++i) {
      ASSERT_EQ(block[i], static_cast<char>(i * 7)) << i << " of " << size;
    }
    for (size_t i = 0; i < size; ++i) block[i] = static_cast<char>(i * 7);
    before = size;
  }
}

TEST_F(AllocatorTest, ZeroedBlocksAreZeroWhoeverHadThem) {
  for (const size_t size : {size_t{24}, size_t{5000}, size_t{4} << 20}) {
    for (int round = 0; round < 3; ++round) {
      auto* block =
          static_cast<char*>(allocator_.AllocateZeroed(cache_, 1, size));
      for (size_t i = 0; i < size; ++i) ASSERT_EQ(block[i], 0) << size;
      std::memset(block, 0xFF, size);
      Free(block);
    }
  }
}

TEST_F(AllocatorTest, SizesThatOverflowGiveNull) {
  const size_t most = std::numeric_limits<size_t>::max();
  for (const size_t size : {most, most - 1, most - 40'000, most / 2}) {
    EXPECT_EQ(allocator_.Allocate(cache_, size), nullptr);
    EXPECT_EQ(allocator_.AllocateAligned(cache_, 4096, size), nullptr);
    EXPECT_EQ(allocator_.AllocateZeroed(cache_, size, 3), nullptr);
  }
  char* block = Allocate(10);
  EXPECT_EQ(allocator_.Reallocate(cache_, block, most), nullptr);
  EXPECT_EQ(allocator_.AllocateAligned(cache_, size_t{1} << 63, 1), nullptr);
  Free(block);
}

TEST_F(AllocatorTest, ForeignPointersAreReported) {
  char* block = Allocate(100);
  int place = 0;
  void* on_stack = Hidden(&place);
  Free(on_stack);
  EXPECT_EQ(Faults(FaultKind::kForeignFree), 1u);
  EXPECT_FALSE(allocator_.Owns(on_stack));
  EXPECT_TRUE(allocator_.Owns(block));
  EXPECT_EQ(allocator_.UsableSize(on_stack), 0u);
  EXPECT_EQ(allocator_.Reallocate(cache_, on_stack, 10), nullptr);
  EXPECT_EQ(Faults(FaultKind::kForeignFree), 2u);
}

TEST_F(AllocatorTest, ABlockFreedTwiceIsNoticedWhenItGoesBack) {
  char* block = Allocate(100);
  Free(block);
  Free(block);
  allocator_.Trim(cache_);
  EXPECT_EQ(Faults(FaultKind::kDoubleFree), 1u);
}

TEST_F(AllocatorTest, AnAddressInsideABlockIsNoticedWhenItGoesBack) {
  char* block = Allocate(100);
  Free(block + 16);
  allocator_.Trim(cache_);
  EXPECT_EQ(Faults(FaultKind::kForeignFree), 1u);
}

// Has no room for a table of the whole address space.
class StingyMemory : public HostMemory {
 public:
  template <class T>
  T* NewTable(size_t count) {
    return count > size_t{1} << 30 ? nullptr : HostMemory::NewTable<T>(count);
  }
};

TEST(AllocatorWithoutFrontTest, WorksAndNoticesForeignPointers) {
  StingyMemory memory;
  FakeClock clock;
  Allocator<StdSync, StingyMemory, FakeClock> allocator(memory, clock, {});
  ThreadCache cache;
  for (size_t size = 1; size < 5'000'000; size += size / 2 + 1) {
    void* block = allocator.Allocate(cache, size);
    ASSERT_NE(block, nullptr);
    EXPECT_GE(allocator.UsableSize(block), size);
    std::memset(block, 1, size);
    allocator.Free(cache, block);
  }
  int on_stack = 0;
  allocator.Free(cache, Hidden(&on_stack));
  const AllocatorStats stats = allocator.GetStats();
  EXPECT_EQ(stats.live, 0u) << "nothing is at hand";
  EXPECT_EQ(stats.faults[static_cast<size_t>(FaultKind::kForeignFree)], 1u);
  memory.ReleaseAll();
}

class AllocatorDebugTest : public AllocatorTest {
 protected:
  AllocatorDebugTest() : AllocatorTest({.is_debug = true}) {}

  uint64_t AllFaults() {
    uint64_t sum = 0;
    for (const uint64_t faults : allocator_.GetStats().faults) sum += faults;
    return sum;
  }
};

TEST_F(AllocatorDebugTest, WhatIsUsedWellIsNotReported) {
  for (size_t size = 0; size < 3'000'000; size += size / 2 + 1) {
    char* block = Allocate(size);
    ASSERT_NE(block, nullptr);
    ASSERT_EQ(allocator_.UsableSize(block), size);
    std::memset(block, 0xFF, size);
    Free(block);
  }
  for (int i = 0; i < 5000; ++i) Free(Allocate(10));
  EXPECT_EQ(AllFaults(), 0u);
}

TEST_F(AllocatorDebugTest, ADoubleFreeIsReportedAtOnce) {
  for (const size_t size : {size_t{0}, size_t{100}, size_t{100'000}}) {
    const uint64_t before = Faults(FaultKind::kDoubleFree);
    char* block = Allocate(size);
    Free(block);
    Free(block);
    EXPECT_EQ(Faults(FaultKind::kDoubleFree), before + 1) << size;
  }
  EXPECT_EQ(AllFaults(), 3u);
}

TEST_F(AllocatorDebugTest, OneByteTooManyIsReported) {
  for (const size_t size : {size_t{1}, size_t{24}, size_t{1000}, size_t{40'000},
                            size_t{5'000'000}}) {
    const uint64_t before = Faults(FaultKind::kOverrun);
    char* block = Allocate(size);
    block[size] = 0;
    Free(block);
    EXPECT_EQ(Faults(FaultKind::kOverrun), before + 1) << size;
  }
}

TEST_F(AllocatorDebugTest, AWriteAfterTheFreeIsReportedLater) {
  char* block = Allocate(100);
  Free(block);
  block[50] = 1;
  for (int i = 0; i < 1100; ++i) Free(Allocate(10));
  EXPECT_EQ(Faults(FaultKind::kUseAfterFree), 1u);
}

TEST_F(AllocatorDebugTest, AnAddressInsideABlockIsReportedAtOnce) {
  Free(Allocate(100) + 16);
  Free(Allocate(100'000) + 4096);
  EXPECT_EQ(Faults(FaultKind::kForeignFree), 2u);
}

TEST_F(AllocatorDebugTest, AFreedBlockIsNotGivenOutForAWhile) {
  char* block = Allocate(100);
  Free(block);
  for (int i = 0; i < 1000; ++i) {
    char* other = Allocate(100);
    ASSERT_NE(other, block) << i;
    Free(other);
  }
}

TEST_F(AllocatorDebugTest, AlignedBlocksAreAlignedAndGuarded) {
  for (size_t alignment = 16; alignment <= 1 << 20; alignment *= 2) {
    auto* block =
        static_cast<char*>(allocator_.AllocateAligned(cache_, alignment, 64));
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % alignment, 0u);
    EXPECT_EQ(allocator_.UsableSize(block), 64u);
    block[64] = 0;
    Free(block);
  }
  EXPECT_EQ(Faults(FaultKind::kOverrun), 17u);
}

}  // namespace
}  // namespace fozzy::alloc
