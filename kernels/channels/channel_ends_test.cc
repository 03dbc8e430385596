// All modes in one thread: what comes out is what a std::deque gives.
#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
#include <type_traits>

#include "kernels/channels/ends.h"
#include "kernels/channels/std_sync.h"

namespace fozzy::channels {
namespace {

template <Mode mode>
using Of = std::integral_constant<Mode, mode>;

template <class T>
class EndsTest : public testing::Test {};

using Modes = testing::Types<Of<Mode::kSpsc>, Of<Mode::kMpsc>, Of<Mode::kSpmc>,
                             Of<Mode::kMpmc>, Of<Mode::kBroadcast>>;

struct ModeNames {
  template <class T>
  static std::string GetName(int) {
    constexpr const char* kNames[] = {"Spsc", "Mpsc", "Spmc", "Mpmc",
                                      "Broadcast"};
    return kNames[static_cast<size_t>(T::value)];
  }
};

TYPED_TEST_SUITE(EndsTest, Modes, ModeNames);

// A channel with one sender and one receiver.
template <Mode mode>
struct Pair {
  explicit Pair(uint32_t granules, uint32_t words_per_granule = 1)
      : core({.granules = granules,
              .words_per_granule = words_per_granule,
              .spins = 0}) {}

  // Sends a message that consists of `number` over and over.
  Status Send(uint32_t bytes, uint64_t number, uint16_t type = kNoType) {
    Slot<StdSync> slot;
    const Status status = sender.Reserve(bytes, slot, 0);
    if (status != Status::kOk) return status;
    for (uint32_t i = 0; i < (bytes + 7) / 8; ++i) slot.words[i] = number;
    slot.type = type;
    sender.Commit(slot);
    return Status::kOk;
  }

  ChannelCore<StdSync> core;
  Sender<StdSync, mode> sender{core};
  Receiver<StdSync, mode> receiver{core};
};

// What a message should be.
struct Sent {
  uint32_t bytes;
  uint16_t type;
  uint64_t number;
};

template <class Messages>  // a View or a ViewBatch
void ExpectNext(std::deque<Sent>& sent, const Messages& messages,
                const uint64_t* words) {
  ASSERT_FALSE(sent.empty());
  EXPECT_EQ(messages.bytes, sent.front().bytes);
  EXPECT_EQ(messages.type, sent.front().type);
  for (uint32_t i = 0; i < (messages.bytes + 7) / 8; ++i) {
    ASSERT_EQ(words[i], sent.front().number);
  }
  sent.pop_front();
}

// Numbers that look random: Knuth's generator of 64 bits.
class Numbers {
 public:
  explicit Numbers(uint64_t seed) : state_(seed) {}
  uint32_t Below(uint32_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state_ >> 33) % limit;
  }

 private:
  uint64_t state_;
};

template <Mode mode>
void ReceiveSome(Pair<mode>& pair, std::deque<Sent>& sent, uint32_t count_max) {
  ViewBatch<StdSync> batch;
  const Status status = pair.receiver.ReceiveBatch(count_max, batch, 0);
  ASSERT_EQ(status, sent.empty() ? Status::kEmpty : Status::kOk);
  if (status != Status::kOk) return;
  ASSERT_GE(batch.count, 1u);
  ASSERT_LE(batch.count, count_max);
  for (uint32_t i = 0; i < batch.count; ++i) {
    ExpectNext(sent, batch, batch.at(i));
  }
  pair.receiver.ReleaseBatch(batch);
}

template <Mode mode>
void SendBatch(Pair<mode>& pair, std::deque<Sent>& sent, const Sent& like,
               uint32_t count) {
  SlotBatch<StdSync> batch;
  if (pair.sender.ReserveBatch(like.bytes, count, batch, 0) != Status::kOk) {
    return;
  }
  ASSERT_LE(batch.count, count);
  batch.type = like.type;
  // Now and then not all are used.
  if (batch.count > 1 && like.number % 3 == 0) --batch.count;
  for (uint32_t i = 0; i < batch.count; ++i) {
    for (uint32_t w = 0; w < (like.bytes + 7) / 8; ++w) {
      batch.at(i)[w] = like.number + i;
    }
    sent.push_back({like.bytes, like.type, like.number + i});
  }
  pair.sender.CommitBatch(batch);
}

TYPED_TEST(EndsTest, GivesWhatADequeGivesWhateverTheSizesAre) {
  for (const uint32_t granules : {1u, 2u, 4u, 16u, 64u}) {
    SCOPED_TRACE(granules);
    Pair<TypeParam::value> pair(granules);
    std::deque<Sent> sent;
    Numbers numbers(granules);
    for (uint64_t round = 1; round < 5000; ++round) {
      const Sent next = {numbers.Below(granules * 8 + 1),
                         static_cast<uint16_t>(numbers.Below(3)), round * 100};
      switch (numbers.Below(4)) {
        case 0:
          if (pair.Send(next.bytes, next.number, next.type) == Status::kOk) {
            sent.push_back(next);
          }
          break;
        case 1:
          SendBatch(pair, sent, {next.bytes / 4, next.type, next.number},
                    1 + numbers.Below(4));
          break;
        default:
          ReceiveSome(pair, sent, 1 + numbers.Below(3));
      }
      ASSERT_FALSE(this->HasFatalFailure()) << "round " << round;
    }
    while (!sent.empty()) ReceiveSome(pair, sent, 2);
    EXPECT_GT(pair.sender.metrics().messages, 1000u);
  }
}

TYPED_TEST(EndsTest, ARingOf16MibCarries64ByteMessagesForEver) {
  Pair<TypeParam::value> pair(1u << 18, 8);
  View<StdSync> view;

  for (uint64_t i = 0; i < 1'000'000; ++i) {
    ASSERT_EQ(pair.Send(64, i), Status::kOk) << i;
    ASSERT_EQ(pair.receiver.Receive(view, 0), Status::kOk) << i;
    ASSERT_EQ(view.words[7], i);
    pair.receiver.Release(view);
  }
}

TYPED_TEST(EndsTest, IsFullWhenEveryGranuleIsTakenAndNotBefore) {
  for (const uint32_t granules : {1u, 2u, 4u}) {
    Pair<TypeParam::value> pair(granules);
    View<StdSync> view;

    for (uint32_t i = 0; i < granules; ++i) {
      ASSERT_EQ(pair.Send(8, i), Status::kOk);
    }
    for (uint32_t i = 0; i < 3 * granules; ++i) {
      EXPECT_EQ(pair.Send(8, 99), Status::kFull);
      ASSERT_EQ(pair.receiver.Receive(view, 0), Status::kOk);
      EXPECT_EQ(view.words[0], i);
      EXPECT_EQ(pair.Send(8, 99), Status::kFull) << "it is not released";
      pair.receiver.Release(view);
      ASSERT_EQ(pair.Send(8, granules + i), Status::kOk);
    }
  }
}

TYPED_TEST(EndsTest, AMessageAsLargeAsTheRingFitsAtAnyPosition) {
  Pair<TypeParam::value> pair(4);
  View<StdSync> view;

  for (uint64_t i = 0; i < 20; ++i) {
    ASSERT_EQ(pair.Send(8, i), Status::kOk);
    ASSERT_EQ(pair.receiver.Receive(view, 0), Status::kOk);
    pair.receiver.Release(view);
    Status status = pair.Send(32, i);
    if (status == Status::kFull) {
      // The pad is passed by who looks for messages.
      EXPECT_EQ(pair.receiver.Receive(view, 0), Status::kEmpty);
      status = pair.Send(32, i);
    }
    ASSERT_EQ(status, Status::kOk) << i;
    ASSERT_EQ(pair.receiver.Receive(view, 0), Status::kOk);
    EXPECT_EQ(view.words[3], i);
    pair.receiver.Release(view);
  }
}

TYPED_TEST(EndsTest, AMessageLargerThanTheRingIsRefused) {
  Pair<TypeParam::value> pair(4);

  EXPECT_EQ(pair.Send(33, 0), Status::kTooLarge);
  EXPECT_EQ(pair.Send(UINT32_MAX, 0), Status::kTooLarge);
  EXPECT_EQ(pair.Send(32, 0), Status::kOk);
}

TYPED_TEST(EndsTest, WhatIsAbandonedIsNotReceived) {
  Pair<TypeParam::value> pair(4);
  Slot<StdSync> slot;
  View<StdSync> view;

  for (uint64_t i = 0; i < 10; ++i) {
    ASSERT_EQ(pair.sender.Reserve(16, slot, 0), Status::kOk);
    pair.sender.Abandon(slot);
    ASSERT_EQ(pair.Send(8, i), Status::kOk);
    ASSERT_EQ(pair.receiver.Receive(view, 0), Status::kOk);
    EXPECT_EQ(view.words[0], i);
    pair.receiver.Release(view);
    EXPECT_EQ(pair.receiver.Receive(view, 0), Status::kEmpty);
  }
}

TYPED_TEST(EndsTest, AMessageMayTurnOutSmallerThanItWasReserved) {
  Pair<TypeParam::value> pair(8);
  Slot<StdSync> slot;
  View<StdSync> view;

  for (uint64_t i = 0; i < 10; ++i) {
    ASSERT_EQ(pair.sender.Reserve(32, slot, 0), Status::kOk);
    slot.words[0] = i;
    slot.bytes = 5;
    pair.sender.Commit(slot);
    ASSERT_EQ(pair.receiver.Receive(view, 0), Status::kOk);
    EXPECT_EQ(view.bytes, 5u);
    EXPECT_EQ(view.words[0], i);
    pair.receiver.Release(view);
    EXPECT_EQ(pair.receiver.Receive(view, 0), Status::kEmpty);
  }
}

TYPED_TEST(EndsTest, WhatWasSentBeforeTheEndIsReceivedBeforeTheEndIs) {
  Pair<TypeParam::value> pair(4);
  View<StdSync> view;
  ASSERT_EQ(pair.Send(8, 1), Status::kOk);
  ASSERT_EQ(pair.Send(8, 2), Status::kOk);

  pair.sender.Close();
  pair.sender.Close();

  EXPECT_EQ(pair.Send(8, 3), Status::kClosed);
  for (uint64_t i = 1; i <= 2; ++i) {
    ASSERT_EQ(pair.receiver.Receive(view), Status::kOk);
    EXPECT_EQ(view.words[0], i);
    pair.receiver.Release(view);
  }
  EXPECT_EQ(pair.receiver.Receive(view), Status::kClosed);
  EXPECT_EQ(pair.receiver.Receive(view, 0), Status::kClosed);
}

TYPED_TEST(EndsTest, SendersAreToldWhenNobodyReceives) {
  Pair<TypeParam::value> pair(2);
  ASSERT_EQ(pair.Send(8, 1), Status::kOk);

  pair.receiver.Leave();

  Status status = Status::kOk;
  for (int i = 0; i < 3 && status == Status::kOk; ++i) {
    status = pair.Send(8, 1);
  }
  EXPECT_EQ(status, Status::kClosed);
  View<StdSync> view;
  EXPECT_EQ(pair.receiver.Receive(view), Status::kClosed);
}

TYPED_TEST(EndsTest, WaitsEndInTime) {
  Pair<TypeParam::value> pair(1);
  View<StdSync> view;
  Slot<StdSync> slot;

  EXPECT_EQ(pair.receiver.Receive(view, 1000), Status::kEmpty);
  ASSERT_EQ(pair.Send(8, 1), Status::kOk);
  EXPECT_EQ(pair.sender.Reserve(8, slot, 1000), Status::kFull);
  EXPECT_EQ(pair.receiver.metrics().blocks, 1u);
  EXPECT_EQ(pair.sender.metrics().blocks, 1u);
}

TYPED_TEST(EndsTest, CountsMessagesBytesAndTheFullestMoment) {
  Pair<TypeParam::value> pair(4);
  View<StdSync> view;
  for (uint32_t i = 0; i < 4; ++i) ASSERT_EQ(pair.Send(i + 1, i), Status::kOk);
  ASSERT_EQ(pair.Send(1, 0), Status::kFull);
  ASSERT_EQ(pair.receiver.Receive(view, 0), Status::kOk);
  pair.receiver.Release(view);
  ASSERT_EQ(pair.Send(1, 0), Status::kOk);

  EXPECT_EQ(pair.sender.metrics().messages, 5u);
  EXPECT_EQ(pair.sender.metrics().bytes, 1u + 2 + 3 + 4 + 1);
  EXPECT_EQ(pair.receiver.metrics().messages, 1u);
  EXPECT_EQ(pair.receiver.metrics().bytes, 1u);
  EXPECT_EQ(pair.sender.occupancy_max(), 4u);
}

TEST(EndsTest, TheEndComesWhenTheLastSenderHasClosed) {
  ChannelCore<StdSync> core({.granules = 4, .senders = 2, .spins = 0});
  Sender<StdSync, Mode::kMpsc> first(core);
  Sender<StdSync, Mode::kMpsc> second(core);
  Receiver<StdSync, Mode::kMpsc> receiver(core);
  View<StdSync> view;

  first.Close();
  EXPECT_EQ(receiver.Receive(view, 0), Status::kEmpty);
  second.Close();
  EXPECT_EQ(receiver.Receive(view, 0), Status::kClosed);
}

TEST(EndsTest, EveryReceiverOfABroadcastSeesEveryMessage) {
  ChannelCore<StdSync> core({.granules = 2, .receivers = 2, .spins = 0});
  Sender<StdSync, Mode::kBroadcast> sender(core);
  Receiver<StdSync, Mode::kBroadcast> quick(core, 0);
  Receiver<StdSync, Mode::kBroadcast> slow(core, 1);
  Slot<StdSync> slot;
  View<StdSync> view;

  for (uint64_t i = 0; i < 2; ++i) {
    ASSERT_EQ(sender.Reserve(8, slot, 0), Status::kOk);
    slot.words[0] = i;
    sender.Commit(slot);
    ASSERT_EQ(quick.Receive(view, 0), Status::kOk);
    EXPECT_EQ(view.words[0], i);
    quick.Release(view);
  }
  EXPECT_EQ(sender.Reserve(8, slot, 0), Status::kFull) << "the slow one reads";
  ASSERT_EQ(slow.Receive(view, 0), Status::kOk);
  EXPECT_EQ(view.words[0], 0u);
  slow.Release(view);
  ASSERT_EQ(sender.Reserve(8, slot, 0), Status::kOk);
  sender.Commit(slot);
  EXPECT_EQ(sender.Reserve(8, slot, 0), Status::kFull);
  slow.Leave();
  ASSERT_EQ(sender.Reserve(8, slot, 0), Status::kOk);
  sender.Commit(slot);
  EXPECT_EQ(sender.Reserve(8, slot, 0), Status::kFull) << "quick has not read";
  ASSERT_EQ(quick.Receive(view, 0), Status::kOk);
  quick.Release(view);
  EXPECT_EQ(sender.Reserve(8, slot, 0), Status::kOk);
}

TEST(EndsTest, SharedMessagesMayBeReleasedInAnyOrder) {
  ChannelCore<StdSync> core({.granules = 2, .receivers = 2, .spins = 0});
  Sender<StdSync, Mode::kSpmc> sender(core);
  Receiver<StdSync, Mode::kSpmc> one(core);
  Receiver<StdSync, Mode::kSpmc> other(core);
  Slot<StdSync> slot;
  View<StdSync> first;
  View<StdSync> second;
  for (uint64_t i = 0; i < 2; ++i) {
    ASSERT_EQ(sender.Reserve(8, slot, 0), Status::kOk);
    slot.words[0] = i;
    sender.Commit(slot);
  }

  ASSERT_EQ(one.Receive(first, 0), Status::kOk);
  ASSERT_EQ(other.Receive(second, 0), Status::kOk);
  EXPECT_EQ(first.words[0], 0u);
  EXPECT_EQ(second.words[0], 1u);
  other.Release(second);
  EXPECT_EQ(sender.Reserve(8, slot, 0), Status::kFull);
  one.Release(first);
  EXPECT_EQ(sender.Reserve(8, slot, 0), Status::kOk);
}

TEST(EndsTest, AReservedMessageHoldsUpThoseBehindItButNotTheirSenders) {
  ChannelCore<StdSync> core({.granules = 4, .senders = 2, .spins = 0});
  Sender<StdSync, Mode::kMpsc> slow(core);
  Sender<StdSync, Mode::kMpsc> quick(core);
  Receiver<StdSync, Mode::kMpsc> receiver(core);
  Slot<StdSync> slots[2];
  View<StdSync> view;

  ASSERT_EQ(slow.Reserve(8, slots[0], 0), Status::kOk);
  ASSERT_EQ(quick.Reserve(8, slots[1], 0), Status::kOk);
  slots[1].words[0] = 1;
  quick.Commit(slots[1]);
  EXPECT_EQ(receiver.Receive(view, 0), Status::kEmpty);
  slots[0].words[0] = 0;
  slow.Commit(slots[0]);
  for (uint64_t i = 0; i < 2; ++i) {
    ASSERT_EQ(receiver.Receive(view, 0), Status::kOk);
    EXPECT_EQ(view.words[0], i);
    receiver.Release(view);
  }
}

}  // namespace
}  // namespace fozzy::channels
