#include "sim/core/dpor_wakeup_tree.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

DporOp Store(uint32_t task, uint32_t object) {
  return {task, object, OpKind::kStore};
}

class WakeupTreesTest : public testing::Test {
 protected:
  // A sequence all of whose ops are needed and certain.
  DporCover Insert(const std::vector<DporOp>& ops) {
    return Insert(ops, ops.size(), ops.size());
  }
  DporCover Insert(const std::vector<DporOp>& ops, size_t needed,
                   size_t certain) {
    Fill(ops, needed, certain);
    return trees_.Insert(tree_, sequence_);
  }

  void Fill(const std::vector<DporOp>& ops, size_t needed, size_t certain) {
    sequence_.ops.clear();
    for (const DporOp& op : ops) sequence_.ops.push_back(op);
    sequence_.needed = needed;
    sequence_.certain = certain;
    sequence_.is_whole = true;
  }

  // Takes the first sequence out of the tree.
  std::vector<DporOp> Take() {
    std::vector<DporOp> ops = {trees_.FirstOp(tree_)};
    WakeupTrees::Tree rest = trees_.TakeFirst(tree_);
    while (rest != 0) {
      ops.push_back(trees_.FirstOp(rest));
      rest = trees_.TakeFirst(rest);
    }
    return ops;
  }

  Arena arena_{TestMemory};
  WakeupTrees trees_{arena_};
  WakeupTrees::Tree tree_ = 0;
  DporSequence sequence_{arena_};
};

TEST_F(WakeupTreesTest, SequencesThatDifferAreTakenInTheOrderTheyCame) {
  const std::vector<DporOp> first = {Store(2, 1), Store(0, 1)};
  const std::vector<DporOp> second = {Store(0, 1), Store(2, 1)};
  Insert(first);
  Insert(second);
  EXPECT_EQ(trees_.size(), 4u);
  EXPECT_EQ(Take(), first);
  EXPECT_EQ(Take(), second);
  EXPECT_EQ(tree_, 0u);
  EXPECT_EQ(trees_.size(), 0u);
}

TEST_F(WakeupTreesTest, WhatIsEquivalentToASequenceIsNotAdded) {
  Insert({Store(0, 1), Store(2, 2), Store(3, 1)});
  EXPECT_EQ(Insert({Store(2, 2), Store(0, 1), Store(3, 1)}),
            DporCover::kStrong);
  EXPECT_EQ(trees_.size(), 3u);
}

TEST_F(WakeupTreesTest, WhatContinuesASequenceIsNotAdded) {
  Insert({Store(0, 1)});
  EXPECT_EQ(Insert({Store(0, 1), Store(2, 1)}), DporCover::kStrong);
  EXPECT_EQ(trees_.size(), 1u);
}

TEST_F(WakeupTreesTest, SequencesShareTheirBeginning) {
  Insert({Store(0, 1), Store(2, 1), Store(3, 1)});
  Insert({Store(0, 1), Store(3, 1), Store(2, 1)});
  EXPECT_EQ(trees_.size(), 5u);
}

TEST_F(WakeupTreesTest, ACoverByAnOpThatIsNotNeededIsWeak) {
  Insert({Store(3, 2)});
  // The op of task 3 comes later, and could come first.
  EXPECT_EQ(Insert({Store(2, 1), Store(3, 2)}, 1, 2), DporCover::kWeak);
  // It does not come at all, and could.
  EXPECT_EQ(Insert({Store(2, 1)}), DporCover::kWeak);
  EXPECT_EQ(trees_.size(), 1u);
}

TEST_F(WakeupTreesTest, RunsThatDidNotEndAreNotCoveredWeakly) {
  Insert({Store(3, 2)});
  Fill({Store(2, 1)}, 1, 1);
  sequence_.is_whole = false;
  trees_.Insert(tree_, sequence_);
  EXPECT_EQ(trees_.size(), 2u);
}

TEST_F(WakeupTreesTest, OnlyTheCertainPartIsKept) {
  Insert({Store(0, 1), Store(2, 1), Store(3, 1)}, 3, 2);
  EXPECT_EQ(Take(), (std::vector<DporOp>{Store(0, 1), Store(2, 1)}));
}

TEST_F(WakeupTreesTest, FollowingABranchForgetsTheOthers) {
  Insert({Store(0, 1), Store(2, 1)});
  Insert({Store(2, 1), Store(0, 1)});
  trees_.Follow(tree_, Store(3, 3));
  EXPECT_EQ(trees_.size(), 4u);
  trees_.Follow(tree_, Store(2, 1));
  EXPECT_EQ(trees_.size(), 1u);
  EXPECT_EQ(trees_.FirstOp(tree_), Store(0, 1));
}

TEST_F(WakeupTreesTest, ClearingGivesEveryNodeBack) {
  Insert({Store(0, 1), Store(2, 1), Store(3, 1)});
  Insert({Store(0, 1), Store(3, 1), Store(2, 1)});
  Insert({Store(3, 1), Store(0, 1)});
  trees_.Clear(tree_);
  EXPECT_EQ(tree_, 0u);
  EXPECT_EQ(trees_.size(), 0u);
}

TEST_F(WakeupTreesTest, ABranchOfOneOpIsAddedOncePerTask) {
  trees_.AddBranch(tree_, Store(0, 1));
  trees_.AddBranch(tree_, Store(2, 1));
  trees_.AddBranch(tree_, Store(0, 1));
  EXPECT_EQ(trees_.size(), 2u);
  EXPECT_TRUE(trees_.HasBranch(tree_, 2));
  EXPECT_FALSE(trees_.HasBranch(tree_, 3));
}

}  // namespace
}  // namespace fozzy
