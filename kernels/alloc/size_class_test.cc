#include "kernels/alloc/size_class.h"

#include <gtest/gtest.h>

#include <cstddef>

#include "kernels/alloc/class_layout.h"
#include "kernels/alloc/shape.h"

namespace fozzy::alloc {
namespace {

TEST(SizeClassTest, EverySizeGetsTheLeastClassThatHoldsIt) {
  for (size_t size = 1; size <= kClassMax; size += size < 70'000 ? 1 : 13) {
    const size_t c = ComputeClass(size);
    ASSERT_GE(SizeOfClass(c), size) << size;
    if (c > 1) {
      ASSERT_LT(SizeOfClass(c - 1), size) << size;
    }
  }
}

TEST(SizeClassTest, BlocksWasteAtMostAnEighthOrTheAlignment) {
  for (size_t size = 1; size <= kClassMax; ++size) {
    const size_t room = SizeOfClass(ComputeClass(size));
    const size_t waste = room - size;
    if (size > kFineMax) {
      ASSERT_LE(waste * 8, room) << size;
    } else {
      ASSERT_LT(waste, kGranule) << size;
    }
    if (size > 48 && size <= kFineMax) {
      ASSERT_LE(waste * 4, room) << size;
    }
  }
}

TEST(SizeClassTest, ClassesAreMultiplesOfTheGranule) {
  for (size_t c = 1; c < kClasses; ++c) {
    EXPECT_EQ(SizeOfClass(c) % kGranule, 0u) << c;
  }
  EXPECT_EQ(SizeOfClass(kClasses - 1), kClassMax);
}

TEST(SizeClassTest, TheTableSaysWhatArithmeticSays) {
  EXPECT_EQ(BinOfSize(0), BinOf(1));
  for (size_t size = 1; size <= kTableMax; ++size) {
    ASSERT_EQ(BinOfSize(size), BinOf(ComputeClass(size))) << size;
  }
}

TEST(SizeClassTest, AlignedClassesAreMultiplesOfTheAlignment) {
  for (size_t alignment = 1; alignment <= kClassMax; alignment *= 2) {
    for (size_t size = 0; size < 40'000; size += 7) {
      const size_t c = AlignedClassOf(size, alignment);
      ASSERT_LT(c, kClasses) << size << " at " << alignment;
      ASSERT_GE(SizeOfClass(c), size) << size << " at " << alignment;
      ASSERT_EQ(SizeOfClass(c) % alignment, 0u) << size << " at " << alignment;
    }
  }
}

TEST(SizeClassTest, WhatNoClassHoldsIsHuge) {
  EXPECT_EQ(AlignedClassOf(kClassMax + 1, 16), kHugeClass);
  EXPECT_EQ(AlignedClassOf(1, 2 * kClassMax), kHugeClass);
  EXPECT_EQ(AlignedClassOf(~size_t{0}, 64), kHugeClass);
}

TEST(ClassLayoutTest, ReciprocalsDivideExactly) {
  constexpr auto kLayouts = MakeLayouts<NativeShape>();
  for (size_t c = 1; c < kClasses; ++c) {
    const ClassLayout& layout = kLayouts[c];
    if (layout.blocks == 1) continue;
    const size_t bytes = layout.units * NativeShape::kUnit;
    for (size_t offset = 0; offset < bytes; ++offset) {
      ASSERT_EQ(layout.IndexOf(offset), offset / layout.size)
          << offset << " of class " << c;
    }
  }
}

TEST(ClassLayoutTest, BlocksFitTheirSpansAndTheirMaps) {
  constexpr auto kLayouts = MakeLayouts<NativeShape>();
  for (size_t c = 1; c < kClasses; ++c) {
    const ClassLayout& layout = kLayouts[c];
    EXPECT_LE(size_t{layout.blocks} * layout.size,
              layout.units * NativeShape::kUnit)
        << c;
    EXPECT_GE(layout.blocks, 1u) << c;
    EXPECT_LE(layout.blocks, NativeShape::kUnit / kGranule) << c;
  }
}

}  // namespace
}  // namespace fozzy::alloc
