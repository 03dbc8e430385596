// Real threads: no message is lost, comes twice, out of order or torn.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <thread>
#include <vector>

#include "kernels/channels/ends.h"
#include "kernels/channels/std_sync.h"

namespace fozzy::channels {
namespace {

// CHANNELS_STRESS_MESSAGES asks for more, of each sender.
uint64_t MessageCount() {
  const char* wish = std::getenv("CHANNELS_STRESS_MESSAGES");
  return wish != nullptr ? std::strtoull(wish, nullptr, 10) : 4'000;
}

struct Shape {
  uint32_t senders;
  uint32_t receivers;
  uint32_t granules;
  uint32_t batch;

  // Where each message waits for the one before, fewer will do.
  uint64_t messages() const {
    return MessageCount() / (granules < 64 ? 10 : 1);
  }
};

// A message of sender s: its number, from 1, times 256 plus s, then words that
// follow from it.
uint64_t WordAt(uint64_t first, uint32_t index) {
  return (first + index) * 0x9e3779b97f4a7c15u;
}
void Fill(uint64_t* words, uint32_t count, uint64_t first) {
  words[0] = first;
  for (uint32_t i = 1; i < count; ++i) words[i] = WordAt(first, i);
}

template <Mode mode>
void Send(ChannelCore<StdSync>& core, uint32_t number, const Shape& shape) {
  Sender<StdSync, mode> sender(core);
  SlotBatch<StdSync> batch;
  const uint64_t all = shape.messages();
  const uint32_t words_max = shape.granules < 8 ? 1 : shape.granules / 4;
  for (uint64_t sent = 0; sent < all;) {
    const uint32_t words = 1 + static_cast<uint32_t>(sent * 7) % words_max;
    const uint32_t count = shape.batch < all - sent
                               ? shape.batch
                               : static_cast<uint32_t>(all - sent);
    ASSERT_EQ(sender.ReserveBatch(words * 8, count, batch), Status::kOk);
    for (uint32_t i = 0; i < batch.count; ++i) {
      Fill(batch.at(i), words, ++sent * 256 + number);
    }
    sender.CommitBatch(batch);
  }
}

// What a receiver has seen of each sender.
struct Seen {
  uint64_t count = 0;
  uint64_t last = 0;
  uint64_t sum = 0;
};

template <Mode mode>
void Receive(ChannelCore<StdSync>& core, uint32_t number, const Shape& shape,
             std::vector<Seen>& seen) {
  Receiver<StdSync, mode> receiver(core, number);
  ViewBatch<StdSync> batch;
  while (receiver.ReceiveBatch(shape.batch, batch) == Status::kOk) {
    for (uint32_t i = 0; i < batch.count; ++i) {
      const uint64_t first = batch.at(i)[0];
      ASSERT_LT(first % 256, seen.size());
      Seen& of_sender = seen[first % 256];
      ASSERT_GT(first / 256, of_sender.last) << "out of order";
      of_sender.last = first / 256;
      of_sender.sum += first / 256;
      ++of_sender.count;
      for (uint32_t w = 1; w < batch.bytes / 8; ++w) {
        ASSERT_EQ(batch.at(i)[w], WordAt(first, w)) << "torn";
      }
    }
    receiver.ReleaseBatch(batch);
  }
}

template <Mode mode>
void Stress(const Shape& shape) {
  ChannelCore<StdSync> core({.granules = shape.granules,
                             .words_per_granule = 1,
                             .senders = shape.senders,
                             .receivers = shape.receivers});
  std::vector<std::vector<Seen>> seen(shape.receivers,
                                      std::vector<Seen>(shape.senders));
  std::vector<std::thread> threads;
  for (uint32_t i = 0; i < shape.receivers; ++i) {
    threads.emplace_back([&, i] { Receive<mode>(core, i, shape, seen[i]); });
  }
  for (uint32_t i = 0; i < shape.senders; ++i) {
    threads.emplace_back([&, i] { Send<mode>(core, i, shape); });
  }
  for (std::thread& thread : threads) thread.join();

  const uint64_t n = shape.messages();
  const uint64_t copies = mode == Mode::kBroadcast ? shape.receivers : 1;
  for (uint32_t s = 0; s < shape.senders; ++s) {
    Seen all;
    for (const auto& of_receiver : seen) {
      all.count += of_receiver[s].count;
      all.sum += of_receiver[s].sum;
    }
    EXPECT_EQ(all.count, n * copies) << "of sender " << s;
    EXPECT_EQ(all.sum, n * (n + 1) / 2 * copies) << "of sender " << s;
  }
}

template <Mode mode>
void StressSizes(uint32_t senders, uint32_t receivers) {
  for (const uint32_t granules : {1u, 4u, 64u, 1024u}) {
    for (const uint32_t batch : {1u, 5u}) {
      SCOPED_TRACE(testing::Message()
                   << granules << " granules, batches of " << batch);
      Stress<mode>({senders, receivers, granules, batch});
    }
  }
}

TEST(ChannelsStressTest, OneToOne) { StressSizes<Mode::kSpsc>(1, 1); }
TEST(ChannelsStressTest, ManyToOne) { StressSizes<Mode::kMpsc>(3, 1); }
TEST(ChannelsStressTest, OneToManyThatShare) { StressSizes<Mode::kSpmc>(1, 3); }
TEST(ChannelsStressTest, ManyToManyThatShare) {
  StressSizes<Mode::kMpmc>(2, 2);
}
TEST(ChannelsStressTest, OneToAll) { StressSizes<Mode::kBroadcast>(1, 3); }

}  // namespace
}  // namespace fozzy::channels
