#include "backends/alloc/operation_list.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/alloc/first_fit_heap.h"
#include "kernels/alloc/host/native_allocator.h"
#include "kernels/alloc/std_sync.h"

namespace fozzy {
namespace {

constexpr size_t kFallbackBytes = size_t{64} << 20;

// The fast path.
class Fast {
 public:
  explicit Fast(bool is_debug)
      : allocator_(memory_, clock_, {.is_debug = is_debug}) {}
  ~Fast() { memory_.ReleaseAll(); }

  void* Allocate(size_t size) { return allocator_.Allocate(cache_, size); }
  void* AllocateZeroed(size_t size) {
    return allocator_.AllocateZeroed(cache_, 1, size);
  }
  void* AllocateAligned(size_t alignment, size_t size) {
    return allocator_.AllocateAligned(cache_, alignment, size);
  }
  void* Reallocate(void* block, size_t size) {
    return allocator_.Reallocate(cache_, block, size);
  }
  void Free(void* block) { allocator_.Free(cache_, block); }
  size_t UsableSize(void* block) { return allocator_.UsableSize(block); }

  size_t LiveBytes() {
    allocator_.Trim(cache_);
    return allocator_.GetStats().live;
  }

 private:
  alloc::HostMemory memory_;
  alloc::HostClock clock_;
  alloc::NativeAllocator allocator_;
  alloc::ThreadCache cache_;
};

// The fallback.
class Central {
 public:
  ~Central() { memory_.ReleaseAll(); }

  void* Allocate(size_t size) { return heap_.Allocate(size); }
  void* AllocateZeroed(size_t size) { return heap_.AllocateZeroed(1, size); }
  void* AllocateAligned(size_t alignment, size_t size) {
    return heap_.Allocate(size, alignment);
  }
  void* Reallocate(void* block, size_t size) {
    return heap_.Reallocate(block, size);
  }
  void Free(void* block) { EXPECT_TRUE(heap_.Free(block)); }
  size_t UsableSize(void* block) { return heap_.UsableSize(block); }

 private:
  alloc::HostMemory memory_;
  alloc::FirstFitHeap<alloc::StdSync, alloc::HostMemory> heap_{memory_,
                                                               kFallbackBytes};
};

// Gives the same block out twice, now and then.
class Careless : public Central {
 public:
  void* Allocate(size_t size) {
    if (++calls_ % 1000 != 0) return last_ = Central::Allocate(size);
    return last_ != nullptr && UsableSize(last_) >= size ? last_
                                                         : Allocate(size);
  }
  void Free(void* block) {
    if (UsableSize(block) != 0) Central::Free(block);
  }

 private:
  int calls_ = 0;
  void* last_ = nullptr;
};

TEST(OperationListTest, FastPathAndFallbackHaveTheSameOutcomes) {
  for (const bool is_debug : {false, true}) {
    Fast fast(is_debug);
    Central central;
    AllocDriver fast_driver(fast);
    AllocDriver central_driver(central);
    size_t given = 0;
    for (const AllocOperation& operation : MakeAllocOperations(1, 200'000)) {
      const AllocOutcome one = fast_driver.Do(operation);
      const AllocOutcome other = central_driver.Do(operation);
      ASSERT_EQ(one.given, other.given) << operation.size;
      ASSERT_TRUE(one.sound);
      ASSERT_TRUE(other.sound);
      given += one.given;
    }
    EXPECT_GT(given, 100'000u);
    fast_driver.Finish();
    if (!is_debug) {
      EXPECT_EQ(fast.LiveBytes(), 0u);
    }
  }
}

TEST(OperationListTest, ABlockGivenOutTwiceIsNoticed) {
  Careless careless;
  AllocDriver driver(careless);
  bool is_sound = true;
  for (const AllocOperation& operation : MakeAllocOperations(1, 50'000)) {
    is_sound = is_sound && driver.Do(operation).sound;
  }
  EXPECT_FALSE(is_sound);
}

TEST(OperationListTest, ListsDependOnTheSeedAlone) {
  const std::vector<AllocOperation> one = MakeAllocOperations(7, 100);
  const std::vector<AllocOperation> again = MakeAllocOperations(7, 100);
  const std::vector<AllocOperation> other = MakeAllocOperations(8, 100);
  size_t different = 0;
  for (size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].size, again[i].size);
    EXPECT_EQ(one[i].slot, again[i].slot);
    different += one[i].size != other[i].size;
  }
  EXPECT_GT(different, 50u);
}

}  // namespace
}  // namespace fozzy
