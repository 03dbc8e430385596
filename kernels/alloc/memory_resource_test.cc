#include "kernels/alloc/memory_resource.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "kernels/alloc/host/native_allocator.h"

namespace fozzy::alloc {
namespace {

class MemoryResourceTest : public testing::Test {
 protected:
  ~MemoryResourceTest() override { memory_.ReleaseAll(); }

  HostMemory memory_;
  HostClock clock_;
  NativeAllocator allocator_{memory_, clock_, {}};
  ThreadCache cache_;
  MemoryResource<NativeAllocator> resource_{allocator_, cache_};
};

TEST_F(MemoryResourceTest, ContainersLiveInIt) {
  {
    std::pmr::map<int, std::pmr::string> names(&resource_);
    for (int i = 0; i < 1000; ++i) names[i] = std::string(100, 'x');
    EXPECT_TRUE(allocator_.Owns(names[7].data()));
    EXPECT_EQ(names[7], std::string(100, 'x').c_str());
  }
  allocator_.Trim(cache_);
  EXPECT_EQ(allocator_.GetStats().live, 0u);
}

TEST_F(MemoryResourceTest, HonoursAlignment) {
  for (size_t alignment = 1; alignment <= 4096; alignment *= 2) {
    void* block = resource_.allocate(24, alignment);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % alignment, 0u);
    resource_.deallocate(block, 24, alignment);
  }
}

TEST_F(MemoryResourceTest, ResourcesOfOneAllocatorAreEqual) {
  ThreadCache other_cache;
  MemoryResource<NativeAllocator> same(allocator_, other_cache);
  NativeAllocator other_allocator(memory_, clock_, {});
  MemoryResource<NativeAllocator> other(other_allocator, cache_);
  EXPECT_TRUE(resource_.is_equal(same));
  EXPECT_FALSE(resource_.is_equal(other));
  EXPECT_FALSE(resource_.is_equal(*std::pmr::new_delete_resource()));

  void* block = resource_.allocate(100);
  same.deallocate(block, 100);
  allocator_.Detach(other_cache);
}

}  // namespace
}  // namespace fozzy::alloc
