// channels_bench CASE PEER MESSAGES: sends messages of 64 bytes from threads to
// threads, checks what arrives, and prints the nanoseconds of one message.
//
// CASE is one, batch (32 at a time on both sides), mpsc (2 to 1), spmc (1 to
// 2), mpmc (2 to 2) or broadcast (1 to 2); PEER is ours, plain (ours without
// metrics), boost, tbb or moodycamel, where it has something like the case, or
// for broadcast one_for_each: a ring of boost for each receiver.
// All rings hold 1024 messages, but moodycamel's, which has no bound.
#include <concurrentqueue/concurrentqueue.h>
#include <oneapi/tbb/concurrent_queue.h>
#include <pthread.h>

#include <array>
#include <atomic>
#include <boost/lockfree/queue.hpp>
#include <boost/lockfree/spsc_queue.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <thread>
#include <vector>

#include "kernels/channels/ends.h"
#include "kernels/channels/std_sync.h"

namespace fozzy::channels {
namespace {

constexpr uint32_t kCapacity = 1024;
constexpr uint32_t kBatch = 32;
constexpr uint32_t kWords = 8;

struct Message {
  std::array<uint64_t, kWords> words;
};

// The producers number their messages from 1; the sum of all words tells
// whether all came.
void Fill(uint64_t* words, uint64_t number) {
  for (uint32_t i = 0; i < kWords; ++i) words[i] = number + i;
}
uint64_t SumOf(const uint64_t* words) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < kWords; ++i) sum += words[i];
  return sum;
}

struct Shape {
  uint32_t senders = 1;
  uint32_t receivers = 1;
  uint64_t messages = 0;  // of each sender
  uint32_t copies = 1;    // of each message
};

// Runs send(sender) and receive(receiver), which returns a sum, in threads of
// their own, and returns the nanoseconds of one message.
template <class Send, class Receive>
double Measure(const Shape& shape, const Send& send, const Receive& receive) {
  std::vector<uint64_t> sums(shape.receivers * size_t{16});
  std::vector<std::thread> threads;
  std::atomic<uint32_t> ready{0};
  const uint32_t all = shape.senders + shape.receivers;
  const auto start_with_others = [&](uint32_t number) {
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    CPU_SET(number % std::thread::hardware_concurrency(), &cpus);
    pthread_setaffinity_np(pthread_self(), sizeof(cpus), &cpus);
    ready.fetch_add(1);
    while (ready.load() != all + 1) std::this_thread::yield();
  };
  for (uint32_t i = 0; i < shape.receivers; ++i) {
    threads.emplace_back([&, i] {
      start_with_others(i);
      sums[i * size_t{16}] = receive(i);
    });
  }
  for (uint32_t i = 0; i < shape.senders; ++i) {
    threads.emplace_back([&, i] {
      start_with_others(shape.receivers + i);
      send(i);
    });
  }
  while (ready.load() != all) std::this_thread::yield();
  const auto start = std::chrono::steady_clock::now();
  ready.fetch_add(1);
  for (std::thread& thread : threads) thread.join();
  const std::chrono::duration<double, std::nano> time =
      std::chrono::steady_clock::now() - start;
  uint64_t sum = 0;
  for (uint32_t i = 0; i < shape.receivers; ++i) sum += sums[i * size_t{16}];
  const uint64_t n = shape.messages;
  const uint64_t one =
      kWords * (n * (n + 1) / 2) + n * (kWords * (kWords - 1) / 2);
  if (sum != one * shape.senders * shape.copies) {
    std::fprintf(stderr, "messages were lost\n");
    __builtin_trap();
  }
  return time.count() / static_cast<double>(n * shape.senders);
}

// --- Ours.

template <class Sync, Mode mode>
void SendOne(ChannelCore<Sync>& core, uint64_t messages) {
  Sender<Sync, mode> sender(core);
  Slot<Sync> slot;
  for (uint64_t i = 1; i <= messages; ++i) {
    if (sender.Reserve(sizeof(Message), slot) != Status::kOk) __builtin_trap();
    Fill(slot.words, i);
    sender.Commit(slot);
  }
}

template <class Sync, Mode mode>
uint64_t ReceiveOne(ChannelCore<Sync>& core, uint32_t number) {
  Receiver<Sync, mode> receiver(core, number);
  View<Sync> view;
  uint64_t sum = 0;
  while (receiver.Receive(view) == Status::kOk) {
    sum += SumOf(view.words);
    receiver.Release(view);
  }
  return sum;
}

template <class Sync, Mode mode>
void SendBatches(ChannelCore<Sync>& core, uint64_t messages) {
  Sender<Sync, mode> sender(core);
  SlotBatch<Sync> batch;
  for (uint64_t sent = 0; sent < messages;) {
    const uint64_t left = messages - sent;
    const uint32_t count = static_cast<uint32_t>(left < kBatch ? left : kBatch);
    if (sender.ReserveBatch(sizeof(Message), count, batch) != Status::kOk) {
      __builtin_trap();
    }
    for (uint32_t i = 0; i < batch.count; ++i) Fill(batch.at(i), ++sent);
    sender.CommitBatch(batch);
  }
}

template <class Sync, Mode mode>
uint64_t ReceiveBatches(ChannelCore<Sync>& core, uint32_t number) {
  Receiver<Sync, mode> receiver(core, number);
  ViewBatch<Sync> batch;
  uint64_t sum = 0;
  while (receiver.ReceiveBatch(kBatch, batch) == Status::kOk) {
    for (uint32_t i = 0; i < batch.count; ++i) sum += SumOf(batch.at(i));
    receiver.ReleaseBatch(batch);
  }
  return sum;
}

template <class Sync, Mode mode>
double Ours(Shape shape, bool is_batched) {
  if (mode == Mode::kBroadcast) shape.copies = shape.receivers;
  ChannelCore<Sync> core({.granules = kCapacity,
                          .words_per_granule = kWords,
                          .senders = shape.senders,
                          .receivers = shape.receivers});
  return Measure(
      shape,
      [&](uint32_t) {
        is_batched ? SendBatches<Sync, mode>(core, shape.messages)
                   : SendOne<Sync, mode>(core, shape.messages);
      },
      [&](uint32_t number) {
        return is_batched ? ReceiveBatches<Sync, mode>(core, number)
                          : ReceiveOne<Sync, mode>(core, number);
      });
}

// Ours without metrics.
struct PlainSync : StdSync {
  using Counts = NoCounts;
};

// --- Peers.  A message with a first word of 0 is the last of a receiver.

// Spins a little, then lets others run.
class Patience {
 public:
  void Wait() {
    if (++rounds_ % 256 == 0) {
      std::this_thread::yield();
    } else {
      __builtin_ia32_pause();
    }
  }

 private:
  uint32_t rounds_ = 0;
};

struct BoostSpsc {
  static constexpr bool kHasBulk = true;
  boost::lockfree::spsc_queue<Message, boost::lockfree::capacity<kCapacity>>
      queue;
  void Push(const Message& message) {
    for (Patience patience; !queue.push(message);) patience.Wait();
  }
  void Pop(Message& message) {
    for (Patience patience; !queue.pop(message);) patience.Wait();
  }
  void PushAll(const Message* messages, uint32_t count) {
    Patience patience;
    for (size_t done = 0; done < count;) {
      const size_t pushed = queue.push(messages + done, count - done);
      done += pushed;
      if (pushed == 0) patience.Wait();
    }
  }
  size_t PopSome(Message* messages) {
    for (Patience patience;;) {
      const size_t popped = queue.pop(messages, kBatch);
      if (popped != 0) return popped;
      patience.Wait();
    }
  }
};

struct BoostQueue {
  static constexpr bool kHasBulk = false;
  boost::lockfree::queue<Message, boost::lockfree::capacity<kCapacity>> queue;
  void Push(const Message& message) {
    for (Patience patience; !queue.bounded_push(message);) patience.Wait();
  }
  void Pop(Message& message) {
    for (Patience patience; !queue.pop(message);) patience.Wait();
  }
};

struct Tbb {
  static constexpr bool kHasBulk = false;
  tbb::concurrent_bounded_queue<Message> queue;
  Tbb() { queue.set_capacity(kCapacity); }
  void Push(const Message& message) { queue.push(message); }
  void Pop(Message& message) { queue.pop(message); }
};

struct Moodycamel {
  static constexpr bool kHasBulk = true;
  moodycamel::ConcurrentQueue<Message> queue{kCapacity};
  void Push(const Message& message) { queue.enqueue(message); }
  // Of several senders it mixes up the messages: the last comes before others.
  bool PopUnless(const std::atomic<bool>& is_over, Message& message) {
    for (Patience patience;;) {
      const bool was_over = is_over.load();
      if (queue.try_dequeue(message)) {
        if (message.words[0] != 0) return true;
      } else if (was_over) {
        return false;
      } else {
        patience.Wait();
      }
    }
  }
  void PushAll(const Message* messages, uint32_t count) {
    queue.enqueue_bulk(messages, count);
  }
  size_t PopSome(Message* messages) {
    for (Patience patience;;) {
      const size_t popped = queue.try_dequeue_bulk(messages, kBatch);
      if (popped != 0) return popped;
      patience.Wait();
    }
  }
};

struct OneForEach {
  BoostSpsc queues[2];
  void Push(const Message& message) {
    for (BoostSpsc& queue : queues) queue.Push(message);
  }
};

double PeerBroadcast(Shape shape) {
  shape.copies = shape.receivers;
  const auto peer = std::make_unique<OneForEach>();
  return Measure(
      shape,
      [&](uint32_t) {
        Message message;
        for (uint64_t i = 1; i <= shape.messages; ++i) {
          Fill(message.words.data(), i);
          peer->Push(message);
        }
      },
      [&](uint32_t number) {
        uint64_t sum = 0;
        Message message;
        for (uint64_t i = 0; i < shape.messages; ++i) {
          peer->queues[number].Pop(message);
          sum += SumOf(message.words.data());
        }
        return sum;
      });
}

// Returns false after the last message.
template <class Peer>
bool PopNext(Peer& peer, const std::atomic<bool>& is_over, Message& message) {
  if constexpr (requires { peer.PopUnless(is_over, message); }) {
    return peer.PopUnless(is_over, message);
  } else {
    peer.Pop(message);
    return message.words[0] != 0;
  }
}

template <class Peer>
double PeerOne(const Shape& shape) {
  const auto peer = std::make_unique<Peer>();
  std::atomic<uint32_t> left{shape.senders};
  std::atomic<bool> is_over{false};
  return Measure(
      shape,
      [&](uint32_t) {
        Message message;
        for (uint64_t i = 1; i <= shape.messages; ++i) {
          Fill(message.words.data(), i);
          peer->Push(message);
        }
        if (left.fetch_sub(1) != 1) return;
        for (uint32_t i = 0; i < shape.receivers; ++i) peer->Push(Message{});
        is_over.store(true);
      },
      [&](uint32_t) {
        uint64_t sum = 0;
        Message message;
        while (PopNext(*peer, is_over, message)) {
          sum += SumOf(message.words.data());
        }
        return sum;
      });
}

template <class Peer>
double PeerBatches(const Shape& shape) {
  const auto peer = std::make_unique<Peer>();
  return Measure(
      shape,
      [&](uint32_t) {
        std::array<Message, kBatch> messages;
        for (uint64_t sent = 0; sent < shape.messages;) {
          uint32_t count = 0;
          while (count < kBatch && sent < shape.messages) {
            Fill(messages[count++].words.data(), ++sent);
          }
          peer->PushAll(messages.data(), count);
        }
      },
      [&](uint32_t) {
        uint64_t sum = 0;
        std::array<Message, kBatch> messages;
        for (uint64_t received = 0; received < shape.messages;) {
          const size_t count = peer->PopSome(messages.data());
          for (size_t i = 0; i < count; ++i) {
            sum += SumOf(messages[i].words.data());
          }
          received += count;
        }
        return sum;
      });
}

template <class Peer>
double OfPeer(const Shape& shape, bool is_batched) {
  if constexpr (Peer::kHasBulk) {
    if (is_batched) return PeerBatches<Peer>(shape);
  }
  return PeerOne<Peer>(shape);
}

template <class Sync>
double OfOurs(std::string_view name, Shape shape) {
  if (name == "mpsc") return Ours<Sync, Mode::kMpsc>(shape, false);
  if (name == "spmc") return Ours<Sync, Mode::kSpmc>(shape, false);
  if (name == "mpmc") return Ours<Sync, Mode::kMpmc>(shape, false);
  if (name == "broadcast") return Ours<Sync, Mode::kBroadcast>(shape, false);
  return Ours<Sync, Mode::kSpsc>(shape, name == "batch");
}

double Run(std::string_view name, std::string_view peer, uint64_t messages) {
  Shape shape;
  shape.senders = name == "mpsc" || name == "mpmc" ? 2 : 1;
  shape.receivers =
      name == "spmc" || name == "mpmc" || name == "broadcast" ? 2 : 1;
  shape.messages = messages / shape.senders;
  const bool is_batched = name == "batch";
  const bool is_spsc = name == "one" || name == "batch";
  if (peer == "ours") return OfOurs<StdSync>(name, shape);
  if (peer == "plain") return OfOurs<PlainSync>(name, shape);
  if (peer == "one_for_each") return PeerBroadcast(shape);
  if (peer == "tbb") return OfPeer<Tbb>(shape, is_batched);
  if (peer == "moodycamel") return OfPeer<Moodycamel>(shape, is_batched);
  if (peer == "boost" && is_spsc) return OfPeer<BoostSpsc>(shape, is_batched);
  if (peer == "boost") return OfPeer<BoostQueue>(shape, is_batched);
  std::fprintf(stderr, "channels_bench: unknown peer\n");
  __builtin_trap();
}

}  // namespace
}  // namespace fozzy::channels

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: channels_bench CASE PEER MESSAGES\n");
    return 2;
  }
  const double nanoseconds = fozzy::channels::Run(
      argv[1], argv[2], std::strtoull(argv[3], nullptr, 10));
  std::printf("%.3f\n", nanoseconds);
  return 0;
}
