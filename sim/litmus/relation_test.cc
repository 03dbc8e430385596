#include "sim/litmus/relation.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <utility>

namespace fozzy {
namespace {

Relation Pairs(std::initializer_list<std::pair<uint32_t, uint32_t>> pairs) {
  Relation relation;
  for (const auto& [a, b] : pairs) relation.Add(a, b);
  return relation;
}

TEST(RelationTest, SetOperationsWorkPairByPair) {
  const Relation left = Pairs({{0, 1}, {1, 2}});
  const Relation right = Pairs({{1, 2}, {31, 0}});
  EXPECT_EQ(left | right, Pairs({{0, 1}, {1, 2}, {31, 0}}));
  EXPECT_EQ(left & right, Pairs({{1, 2}}));
  EXPECT_EQ(left - right, Pairs({{0, 1}}));
}

TEST(RelationTest, CompositionGoesFromLeftToRight) {
  const Relation left = Pairs({{0, 1}, {0, 2}, {3, 1}});
  const Relation right = Pairs({{1, 31}, {2, 5}, {0, 4}});
  EXPECT_EQ(left * right, Pairs({{0, 31}, {0, 5}, {3, 31}}));
  EXPECT_EQ(right * left, Relation{});
}

TEST(RelationTest, SetsRestrictTheirSide) {
  const Relation relation = Pairs({{0, 1}, {1, 2}, {2, 1}});
  EXPECT_EQ(Id(EventBit(1) | EventBit(2)) * relation, Pairs({{1, 2}, {2, 1}}));
  EXPECT_EQ(relation * Id(EventBit(1)), Pairs({{0, 1}, {2, 1}}));
}

TEST(RelationTest, TheInverseSwapsPairs) {
  EXPECT_EQ(Inverse(Pairs({{0, 31}, {0, 2}})), Pairs({{31, 0}, {2, 0}}));
}

TEST(RelationTest, TheClosureHasAllPaths) {
  // Against the numbers, so that one pass in their order is not enough.
  EXPECT_EQ(Closure(Pairs({{3, 2}, {2, 1}, {1, 0}})),
            Pairs({{3, 2}, {3, 1}, {3, 0}, {2, 1}, {2, 0}, {1, 0}}));
  EXPECT_EQ(Closure(Pairs({{0, 9}, {9, 4}, {4, 7}})),
            Pairs({{0, 9}, {0, 4}, {0, 7}, {9, 4}, {9, 7}, {4, 7}}));
}

TEST(RelationTest, OptionalAddsTheIdentityAndNothingElse) {
  const Relation relation = Pairs({{0, 1}});
  EXPECT_EQ(relation * Optional(Pairs({{1, 2}})), Pairs({{0, 1}, {0, 2}}));
  EXPECT_EQ(relation * Star(Pairs({{1, 2}, {2, 3}})),
            Pairs({{0, 1}, {0, 2}, {0, 3}}));
}

TEST(RelationTest, CyclesOfEveryLengthAreFound) {
  EXPECT_TRUE(IsAcyclic(Pairs({{0, 1}, {1, 2}, {0, 2}})));
  EXPECT_FALSE(IsAcyclic(Pairs({{5, 5}})));
  EXPECT_FALSE(IsAcyclic(Pairs({{5, 3}, {3, 5}})));
  EXPECT_FALSE(IsAcyclic(Pairs({{0, 31}, {31, 7}, {7, 0}, {1, 0}})));
  EXPECT_TRUE(IsIrreflexive(Pairs({{5, 3}, {3, 5}})));
  EXPECT_FALSE(IsIrreflexive(Pairs({{31, 31}})));
}

}  // namespace
}  // namespace fozzy
