#include "kernels/alloc/magazine.h"

#include <gtest/gtest.h>

#include <memory>

#include "kernels/alloc/std_sync.h"

namespace fozzy::alloc {
namespace {

using Mag = Magazine<StdSync, 2>;

class MagazineStackTest : public testing::Test {
 protected:
  std::unique_ptr<Mag[]> table_ = std::make_unique<Mag[]>(8);
  MagazineStack<StdSync, Mag> stack_;
};

TEST_F(MagazineStackTest, TheLastInIsTheFirstOut) {
  EXPECT_TRUE(stack_.Push(table_.get(), 3, 10));
  EXPECT_TRUE(stack_.Push(table_.get(), 5, 10));
  EXPECT_EQ(stack_.Depth(), 2u);
  EXPECT_EQ(stack_.Pop(table_.get()), 5u);
  EXPECT_EQ(stack_.Pop(table_.get()), 3u);
  EXPECT_EQ(stack_.Pop(table_.get()), 0u);
}

TEST_F(MagazineStackTest, HoldsNoMoreThanTheLimit) {
  EXPECT_TRUE(stack_.Push(table_.get(), 1, 2));
  EXPECT_TRUE(stack_.Push(table_.get(), 2, 2));
  EXPECT_FALSE(stack_.Push(table_.get(), 3, 2));
  EXPECT_EQ(stack_.Depth(), 2u);
  EXPECT_EQ(stack_.Pop(table_.get()), 2u);
  EXPECT_TRUE(stack_.Push(table_.get(), 3, 2));
}

TEST_F(MagazineStackTest, CountsThroughManyVersions) {
  for (uint32_t i = 0; i < 1'000'000; ++i) {
    const uint32_t number = 1 + i % 7;
    ASSERT_TRUE(stack_.Push(table_.get(), number, 4));
    ASSERT_EQ(stack_.Depth(), 1u);
    ASSERT_EQ(stack_.Pop(table_.get()), number);
  }
}

}  // namespace
}  // namespace fozzy::alloc
