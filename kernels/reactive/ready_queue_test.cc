#include "kernels/reactive/ready_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <vector>

namespace fozzy::reactive {
namespace {

using testing::ElementsAre;

class ReadyQueueTest : public testing::Test {
 protected:
  Branch& New(uint32_t id) {
    Branch& branch = branches_.emplace_back();
    branch.id = id;
    return branch;
  }

  static std::vector<uint32_t> Drain(ReadyQueue& queue) {
    std::vector<uint32_t> ids;
    while (!queue.at_end()) {
      const Branch* const branch = queue.Next();
      if (branch != nullptr) ids.push_back(branch->id);
    }
    return ids;
  }

  std::deque<Branch> branches_;
  ReadyQueue queue_{std::pmr::new_delete_resource()};
  ReadyQueue other_{std::pmr::new_delete_resource()};
};

TEST_F(ReadyQueueTest, IsFirstInFirstOutHoweverLong) {
  std::vector<uint32_t> expected;
  for (uint32_t id = 0; id < 1000; ++id) {
    queue_.Push(New(id));
    if (id % 3 == 0) {
      EXPECT_EQ(queue_.Next()->id, id / 3);
    }
    if (id >= 334) expected.push_back(id);
  }
  EXPECT_EQ(queue_.count(), 666);
  EXPECT_EQ(Drain(queue_), expected);
  EXPECT_TRUE(queue_.empty());
}

TEST_F(ReadyQueueTest, ErasedBranchesAreSkipped) {
  for (uint32_t id = 0; id < 4; ++id) queue_.Push(New(id));
  EXPECT_EQ(queue_.Next()->id, 0);
  EXPECT_TRUE(queue_.Erase(branches_[2]));
  EXPECT_FALSE(queue_.Erase(branches_[2]));
  EXPECT_FALSE(queue_.Erase(branches_[0]));
  EXPECT_EQ(queue_.count(), 2);
  EXPECT_THAT(Drain(queue_), ElementsAre(1, 3));
}

TEST_F(ReadyQueueTest, AQueueOfErasedBranchesIsEmpty) {
  queue_.Push(New(0));
  EXPECT_TRUE(queue_.Erase(branches_[0]));
  EXPECT_TRUE(queue_.empty());
  EXPECT_FALSE(queue_.at_end());
  EXPECT_THAT(Drain(queue_), ElementsAre());
}

TEST_F(ReadyQueueTest, AnyBranchCanBeTaken) {
  for (uint32_t id = 0; id < 4; ++id) queue_.Push(New(id));
  EXPECT_EQ(queue_.Take(2).id, 2);
  EXPECT_EQ(queue_.Take(2).id, 3);
  EXPECT_EQ(queue_.Take(0).id, 0);
  EXPECT_THAT(Drain(queue_), ElementsAre(1));
}

TEST_F(ReadyQueueTest, AllOfAnotherQueueComesBehind) {
  other_.Push(New(0));
  other_.Push(New(1));
  queue_.TakeAll(other_);
  EXPECT_TRUE(other_.empty());
  other_.Push(New(2));
  other_.Push(New(3));
  EXPECT_TRUE(other_.Erase(branches_[2]));
  queue_.TakeAll(other_);
  EXPECT_TRUE(queue_.Erase(branches_[1]));
  EXPECT_THAT(Drain(queue_), ElementsAre(0, 3));
}

}  // namespace
}  // namespace fozzy::reactive
