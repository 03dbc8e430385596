#include "backends/virtual/message_queue.h"

#include <vector>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

// The obvious twin: looks at every slot.
size_t FindSlowly(const std::vector<bool>& open, size_t rank) {
  for (size_t slot = 0;; ++slot) {
    if (open[slot] && rank-- == 0) return slot;
  }
}

TEST(MessageQueueTest, FindsTheSameSlotsAsACountFromTheStart) {
  MessageQueue queue;
  std::vector<bool> open;
  uint64_t state = 7;
  for (int round = 0; round < 3000; ++round) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const uint64_t draw = state >> 33;
    if (draw % 3 == 0 || open.empty()) {
      open.push_back(draw % 2 == 0);
      EXPECT_EQ(queue.Add(draw % 2 == 0), open.size() - 1);
    } else if (draw % 17 == 0) {
      open.pop_back();
      queue.RemoveLast();
    } else {
      const size_t slot = draw % open.size();
      open[slot] = !open[slot];
      queue.SetOpen(slot, open[slot]);
    }
    size_t count = 0;
    for (const bool is_open : open) count += is_open ? 1 : 0;
    ASSERT_EQ(queue.open(), count) << "round " << round;
    if (count == 0) continue;
    const size_t rank = draw % count;
    ASSERT_EQ(queue.Find(rank), FindSlowly(open, rank)) << "round " << round;
  }
}

TEST(MessageQueueTest, KeepsItsOrderWhileItGrowsPastSeveralDoublings) {
  MessageQueue queue;
  for (size_t slot = 0; slot < 1000; ++slot) queue.Add(slot % 3 == 0);

  for (size_t rank = 0; rank < queue.open(); ++rank) {
    EXPECT_EQ(queue.Find(rank), rank * 3);
  }
}

TEST(MessageQueueDeathTest, RefusesARankBeyondTheOpenSlots) {
  MessageQueue queue;
  queue.Add(true);

  EXPECT_DEATH(queue.Find(1), "rank < open_");
}

TEST(MessageQueueTest, IsAsNewOnceCleared) {
  MessageQueue queue;
  for (int i = 0; i < 100; ++i) queue.Add(i % 3 == 0);
  queue.Clear();
  EXPECT_EQ(queue.open(), 0u);
  EXPECT_EQ(queue.size(), 0u);

  for (int i = 0; i < 100; ++i) queue.Add(i % 2 == 0);
  EXPECT_EQ(queue.open(), 50u);
  for (size_t rank = 0; rank < 50; ++rank)
    EXPECT_EQ(queue.Find(rank), 2 * rank);
}

}  // namespace
}  // namespace fozzy
