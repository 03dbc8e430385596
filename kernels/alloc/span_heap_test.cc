#include "kernels/alloc/span_heap.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/alloc/host/host_memory.h"

namespace fozzy::alloc {
namespace {

struct TinyShape {
  static constexpr size_t kUnit = 4096;
  static constexpr size_t kGrowUnits = 8;
};
constexpr size_t kUnits = 1024;

// A heap of kUnits - 1 units: unit 0 is not used.
class SpanHeapTest : public testing::Test {
 protected:
  SpanHeapTest() { EXPECT_TRUE(heap_.Init(kUnits * TinyShape::kUnit)); }
  ~SpanHeapTest() override { memory_.ReleaseAll(); }

  HostMemory memory_;
  SpanHeap<HostMemory, TinyShape> heap_{memory_};
};

TEST_F(SpanHeapTest, SpansDoNotOverlapAndJoinAgain) {
  uint32_t random = 1;
  std::vector<uint32_t> owner(kUnits, 0);
  std::vector<uint32_t> spans;
  for (int i = 0; i < 20'000; ++i) {
    random = random * 1664525 + 1013904223;
    if ((random >> 16) % 2 == 0 && !spans.empty()) {
      const size_t at = (random >> 8) % spans.size();
      const uint32_t span = spans[at];
      for (uint32_t u = 0; u < heap_.spans()[span].units; ++u) {
        ASSERT_EQ(owner[span + u], span);
        owner[span + u] = 0;
      }
      heap_.Free(span, 0);
      spans[at] = spans.back();
      spans.pop_back();
      continue;
    }
    const uint32_t units = 1 + (random >> 20) % 40;
    const uint32_t alignment = 1u << ((random >> 12) % 4);
    const uint32_t span = heap_.Allocate(units, alignment);
    if (span == 0) continue;
    ASSERT_EQ(reinterpret_cast<uintptr_t>(heap_.AddressOf(span)) %
                  (alignment * TinyShape::kUnit),
              0u);
    ASSERT_EQ(heap_.spans()[span].units, units);
    for (uint32_t u = 0; u < units; ++u) {
      ASSERT_EQ(owner[span + u], 0u) << "round " << i;
      owner[span + u] = span;
    }
    spans.push_back(span);
  }
  for (const uint32_t span : spans) heap_.Free(span, 0);
  const auto& sizes = heap_.sizes();
  EXPECT_EQ(sizes.free_dirty + sizes.free_clean, sizes.committed);
  // One span again: all of it can be had.
  EXPECT_NE(
      heap_.Allocate(static_cast<uint32_t>(sizes.committed / TinyShape::kUnit)),
      0u);
}

TEST_F(SpanHeapTest, GivesOutAllThereIsAndThenNothing) {
  EXPECT_NE(heap_.Allocate(kUnits - 1), 0u);
  EXPECT_EQ(heap_.Allocate(1), 0u);
}

TEST_F(SpanHeapTest, RefusesMoreThanTheArena) {
  EXPECT_EQ(heap_.Allocate(kUnits), 0u);
  EXPECT_EQ(heap_.Allocate(~0u), 0u);
  EXPECT_EQ(heap_.Allocate(1, 1u << 31), 0u);
}

TEST_F(SpanHeapTest, PurgesWhatHasBeenFreeForLong) {
  const uint32_t old = heap_.Allocate(4);
  const uint32_t between = heap_.Allocate(1);
  const uint32_t young = heap_.Allocate(3);
  auto* bytes = reinterpret_cast<volatile char*>(heap_.AddressOf(old));
  bytes[0] = 1;
  heap_.Free(old, 100);
  heap_.Free(young, 200);
  EXPECT_GE(heap_.sizes().free_dirty, 7 * TinyShape::kUnit);

  heap_.Purge(99, 10);
  EXPECT_EQ(heap_.sizes().purged, 0u);
  heap_.Purge(100, 10);
  EXPECT_EQ(heap_.sizes().purged, 4 * TinyShape::kUnit);
  EXPECT_EQ(bytes[0], 0) << "the system has it back";
  heap_.Free(between, 200);
}

TEST_F(SpanHeapTest, KnowsWhichMemoryIsStillZero) {
  const uint32_t fresh = heap_.Allocate(2);
  EXPECT_FALSE(heap_.spans()[fresh].is_dirty);
  const uint32_t next = heap_.Allocate(1);
  heap_.Free(fresh, 1);
  EXPECT_TRUE(heap_.spans()[heap_.Allocate(2)].is_dirty);
  heap_.FreeNow(next);
  EXPECT_EQ(heap_.sizes().free_dirty, 0u);
}

TEST_F(SpanHeapTest, ExtendsIntoFreeNeighboursOnly) {
  const uint32_t first = heap_.Allocate(2);
  const uint32_t second = heap_.Allocate(4);
  const uint32_t third = heap_.Allocate(1);
  EXPECT_FALSE(heap_.Extend(first, 3));
  heap_.Free(second, 0);
  EXPECT_FALSE(heap_.Extend(first, 7));
  EXPECT_TRUE(heap_.Extend(first, 5));
  EXPECT_EQ(heap_.Allocate(1), first + 5) << "the rest of the neighbour";
  EXPECT_TRUE(heap_.Extend(third, 9)) << "at the frontier";
}

TEST_F(SpanHeapTest, ShrinksFromTheEnd) {
  const uint32_t span = heap_.Allocate(10);
  const uint32_t behind = heap_.Allocate(1);
  heap_.Shrink(span, 3, 0);
  EXPECT_EQ(heap_.spans()[span].units, 3u);
  EXPECT_EQ(heap_.Allocate(7), span + 3);
  EXPECT_EQ(behind, span + 10);
}

}  // namespace
}  // namespace fozzy::alloc
