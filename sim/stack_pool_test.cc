#include "sim/stack_pool.h"

#include <gtest/gtest.h>

#include <cstddef>

namespace fozzy {
namespace {

TEST(StackPoolTest, EachStackIsItsOwnWithAGuardBelow) {
  StackPool pool(10'000);
  ASSERT_GE(pool.stack_bytes(), 10'000u);
  std::byte* last = nullptr;
  // More than one slab holds.
  for (int i = 0; i < 20; ++i) {
    std::byte* stack = pool.New();
    std::byte* top = stack + pool.stack_bytes() - 1;
    *stack = std::byte{1};
    *top = std::byte{2};
    EXPECT_NE(stack, last);
    EXPECT_TRUE(pool.IsGuard(stack - 1));
    EXPECT_FALSE(pool.IsGuard(stack));
    EXPECT_FALSE(pool.IsGuard(top));
    last = stack;
  }
}

TEST(StackPoolTest, WhatIsNoStackHasNoGuard) {
  StackPool pool(10'000);
  pool.New();
  const int elsewhere = 0;

  EXPECT_FALSE(pool.IsGuard(&elsewhere));
}

TEST(StackPoolDeathTest, TheGuardMustNotBeTouched) {
  StackPool pool(10'000);
  volatile std::byte* stack = pool.New();

  EXPECT_DEATH(*(stack - 1) = std::byte{1}, "");
}

}  // namespace
}  // namespace fozzy
