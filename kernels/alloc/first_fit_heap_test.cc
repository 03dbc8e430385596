#include "kernels/alloc/first_fit_heap.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "kernels/alloc/host/host_memory.h"
#include "kernels/alloc/std_sync.h"

namespace fozzy::alloc {
namespace {

constexpr size_t kBytes = 1 << 20;

class FirstFitHeapTest : public testing::Test {
 protected:
  ~FirstFitHeapTest() override { memory_.ReleaseAll(); }

  HostMemory memory_;
  FirstFitHeap<StdSync, HostMemory> heap_{memory_, kBytes};
};

TEST_F(FirstFitHeapTest, BlocksKeepTheirContentsAmongOthers) {
  struct Block {
    unsigned char* bytes;
    size_t size;
    unsigned char mark;
  };
  std::vector<Block> blocks;
  uint32_t random = 7;
  for (int i = 0; i < 5'000; ++i) {
    random = random * 1664525 + 1013904223;
    if (blocks.size() > 40 || ((random >> 9) % 3 == 0 && !blocks.empty())) {
      const size_t at = (random >> 12) % blocks.size();
      const Block block = blocks[at];
      for (size_t j = 0; j < block.size; ++j) {
        ASSERT_EQ(block.bytes[j], block.mark) << "round " << i;
      }
      ASSERT_TRUE(heap_.Free(block.bytes));
      blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(at));
      continue;
    }
    const size_t size = (random >> 16) % 2000;
    const size_t alignment = size_t{1} << ((random >> 10) % 9);
    auto* bytes = static_cast<unsigned char*>(heap_.Allocate(size, alignment));
    ASSERT_NE(bytes, nullptr);
    ASSERT_EQ(reinterpret_cast<uintptr_t>(bytes) % alignment, 0u);
    ASSERT_GE(heap_.UsableSize(bytes), size);
    const auto mark = static_cast<unsigned char>(i);
    std::memset(bytes, mark, size);
    blocks.push_back({bytes, size, mark});
  }
}

TEST_F(FirstFitHeapTest, AllIsOneBlockAgainWhenAllIsFree) {
  std::vector<void*> blocks;
  while (void* block = heap_.Allocate(1000)) blocks.push_back(block);
  EXPECT_EQ(heap_.Allocate(1000), nullptr);
  for (size_t i = 0; i < blocks.size(); i += 2) heap_.Free(blocks[i]);
  for (size_t i = 1; i < blocks.size(); i += 2) heap_.Free(blocks[i]);
  EXPECT_NE(heap_.Allocate(kBytes - 64), nullptr);
}

TEST_F(FirstFitHeapTest, RefusesWhatIsNoBlock) {
  auto* block = static_cast<char*>(heap_.Allocate(100));
  EXPECT_FALSE(heap_.Free(block + 16));
  EXPECT_TRUE(heap_.Free(block));
  EXPECT_FALSE(heap_.Free(block)) << "twice";
  EXPECT_TRUE(heap_.Free(nullptr));
}

TEST_F(FirstFitHeapTest, SizesThatOverflowGiveNull) {
  const size_t most = std::numeric_limits<size_t>::max();
  EXPECT_EQ(heap_.Allocate(most), nullptr);
  EXPECT_EQ(heap_.AllocateZeroed(most / 2, 3), nullptr);
}

TEST_F(FirstFitHeapTest, ReallocationKeepsTheBeginning) {
  auto* block = static_cast<char*>(heap_.AllocateZeroed(10, 10));
  EXPECT_EQ(block[99], 0);
  std::memset(block, 'x', 100);
  auto* moved = static_cast<char*>(heap_.Reallocate(block, 5000));
  ASSERT_NE(moved, nullptr);
  EXPECT_EQ(std::string(moved, 100), std::string(100, 'x'));
}

}  // namespace
}  // namespace fozzy::alloc
