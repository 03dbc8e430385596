#include "kernels/reactive/frame_pool.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace fozzy::reactive {
namespace {

// Counts what is taken from it.
class CountingMemory final : public std::pmr::memory_resource {
 public:
  size_t taken = 0;
  size_t live = 0;

 private:
  void* do_allocate(size_t bytes, size_t alignment) override {
    ++taken;
    ++live;
    return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  }
  void do_deallocate(void* block, size_t bytes, size_t alignment) override {
    --live;
    std::pmr::new_delete_resource()->deallocate(block, bytes, alignment);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }
};

TEST(FramePoolTest, BlocksComeBackTheLastFirst) {
  FramePool pool(std::pmr::new_delete_resource());
  void* const a = pool.Allocate(100);
  void* const b = pool.Allocate(100);
  EXPECT_NE(a, b);
  pool.Release(a, 100);
  pool.Release(b, 100);
  EXPECT_EQ(pool.Allocate(128), b);  // of the same size class
  EXPECT_EQ(pool.Allocate(97), a);
}

TEST(FramePoolTest, BlocksDoNotOverlap) {
  FramePool pool(std::pmr::new_delete_resource());
  std::vector<unsigned char*> blocks;
  for (size_t size = 1; size < 1500; size += 7) {
    auto* const block = static_cast<unsigned char*>(pool.Allocate(size));
    std::memset(block, static_cast<int>(size % 251), size);
    blocks.push_back(block);
  }
  size_t size = 1;
  for (unsigned char* block : blocks) {
    for (size_t i = 0; i < size; ++i) {
      ASSERT_EQ(block[i], size % 251) << "size " << size;
    }
    pool.Release(block, size);
    size += 7;
  }
}

TEST(FramePoolTest, MemoryIsTakenOnceAndGivenBackAtTheEnd) {
  CountingMemory memory;
  {
    FramePool pool(&memory);
    for (int round = 0; round < 10; ++round) {
      std::vector<void*> blocks;
      for (int i = 0; i < 1000; ++i) blocks.push_back(pool.Allocate(200));
      for (void* block : blocks) pool.Release(block, 200);
    }
    EXPECT_EQ(memory.taken, 4);  // 1000 blocks of 224 bytes, 64 KiB a chunk
  }
  EXPECT_EQ(memory.live, 0);
}

TEST(FramePoolTest, LargeBlocksAreNotKept) {
  CountingMemory memory;
  FramePool pool(&memory);
  void* const block = pool.Allocate(100'000);
  EXPECT_EQ(memory.live, 1);
  pool.Release(block, 100'000);
  EXPECT_EQ(memory.live, 0);
}

}  // namespace
}  // namespace fozzy::reactive
