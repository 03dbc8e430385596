#include "kernels/alloc/learn/signature.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <initializer_list>

namespace fozzy::alloc {
namespace {

Signature Of(std::initializer_list<size_t> sizes) {
  Signature signature;
  for (const size_t size : sizes) signature.Add(size);
  return signature;
}

TEST(SignatureTest, TheSameShapeHasNoDistance) {
  EXPECT_EQ(Of({100, 5000}).DistanceTo(Of({100, 100, 5000, 5000})), 0);
}

TEST(SignatureTest, NothingInCommonIsTwo) {
  EXPECT_EQ(Of({100}).DistanceTo(Of({5000})), 2);
}

TEST(SignatureTest, HalfInCommonIsOne) {
  EXPECT_EQ(Of({100, 5000}).DistanceTo(Of({100, 9'000'000})), 1);
}

TEST(SignatureTest, AnEmptyOneIsLikeAny) {
  EXPECT_EQ(Of({}).DistanceTo(Of({100})), 0);
  EXPECT_EQ(Of({}).total(), 0u);
}

}  // namespace
}  // namespace fozzy::alloc
