#include "trace/chunk_index.h"

#include "gtest/gtest.h"
#include "trace/limits.h"

namespace fozzy {
namespace {

TEST(ChunkIndexTest, FewChunksAreAllKept) {
  ChunkIndex index;
  for (uint64_t i = 0; i < kIndexEntriesMax; ++i) index.Add({i, 2 * i});

  ASSERT_EQ(index.entries().size(), kIndexEntriesMax);
  for (uint64_t i = 0; i < kIndexEntriesMax; ++i) {
    EXPECT_EQ(index.entries()[i], (TraceIndexEntry{i, 2 * i}));
  }
}

TEST(ChunkIndexTest, ManyChunksAreKeptEvenlyAndWithinTheBound) {
  ChunkIndex index;
  for (uint64_t count = 1; count <= 20 * kIndexEntriesMax; ++count) {
    index.Add({count - 1, 0});
    const auto& entries = index.entries();
    const uint64_t stride = entries.size() < 2 ? 1 : entries[1].offset;

    ASSERT_LE(entries.size(), kIndexEntriesMax) << count;
    ASSERT_EQ(entries.size(), (count + stride - 1) / stride) << count;
    ASSERT_EQ(entries.back().offset, stride * (entries.size() - 1)) << count;
  }
}

}  // namespace
}  // namespace fozzy
