#include "kernels/alloc/host/host_memory.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace fozzy::alloc {
namespace {

constexpr size_t kBytes = 1 << 20;

class HostMemoryTest : public testing::Test {
 protected:
  ~HostMemoryTest() override { memory_.ReleaseAll(); }

  HostMemory memory_;
};

TEST_F(HostMemoryTest, CommittedMemoryReadsAsZeroAndCanBeWritten) {
  std::byte* memory = memory_.Reserve(kBytes);
  ASSERT_NE(memory, nullptr);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(memory) % (2 << 20), 0u);
  ASSERT_TRUE(memory_.Commit(memory, kBytes));
  EXPECT_EQ(memory[kBytes - 1], std::byte{0});
  memory[kBytes - 1] = std::byte{1};
}

TEST_F(HostMemoryTest, DecommittedMemoryReadsAsZeroAgain) {
  std::byte* memory = memory_.Reserve(kBytes);
  ASSERT_TRUE(memory_.Commit(memory, kBytes));
  memory[5000] = std::byte{1};
  memory_.Decommit(memory, kBytes);
  EXPECT_EQ(memory[5000], std::byte{0});
}

TEST_F(HostMemoryTest, RefusesWhatThereIsNoRoomFor) {
  EXPECT_EQ(memory_.Reserve(size_t{1} << 60), nullptr);
  EXPECT_EQ(memory_.NewTable<uint64_t>(size_t{1} << 50), nullptr);
}

TEST_F(HostMemoryTest, TablesAreZero) {
  const auto* table = memory_.NewTable<uint64_t>(1000);
  ASSERT_NE(table, nullptr);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(table[i], 0u);
}

}  // namespace
}  // namespace fozzy::alloc
