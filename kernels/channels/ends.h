// The two ends of a channel: what a thread sends and receives with.
//
//   ChannelCore<StdSync> core({.granules = 1024, .senders = 2});
//   Sender<StdSync, Mode::kMpsc> sender(core);      // one per thread
//   Receiver<StdSync, Mode::kMpsc> receiver(core);
//   Slot<StdSync> slot;
//   if (sender.Reserve(64, slot) == Status::kOk) {
//     ...fill slot.words...;
//     sender.Commit(slot);
//   }
#ifndef KERNELS_CHANNELS_ENDS_H_
#define KERNELS_CHANNELS_ENDS_H_

#include <cstdint>
#include <type_traits>

#include "kernels/channels/metrics.h"
#include "kernels/channels/ring.h"
#include "kernels/channels/stamped_consumer.h"
#include "kernels/channels/stamped_producer.h"
#include "kernels/channels/status.h"
#include "kernels/channels/stream.h"

namespace fozzy::channels {

// How many senders and receivers there may be, and who gets a message.  Of one
// sender's messages, each receiver gets those that it gets in order.
enum class Mode : uint8_t {
  kSpsc,       // one sender, one receiver
  kMpsc,       // one receiver
  kSpmc,       // one sender; each message goes to one of the receivers
  kMpmc,       // each message goes to one of the receivers
  kBroadcast,  // one sender; each message goes to every receiver
};

constexpr bool HasManySenders(Mode mode) {
  return mode == Mode::kMpsc || mode == Mode::kMpmc;
}
constexpr bool SharesMessages(Mode mode) {
  return mode == Mode::kSpmc || mode == Mode::kMpmc;
}
constexpr bool IsStream(Mode mode) {
  return mode == Mode::kSpsc || mode == Mode::kBroadcast;
}

template <class Sync, Mode mode>
using ProducerOf = std::conditional_t<
    IsStream(mode), StreamProducer<Sync>,
    StampedProducer<Sync, HasManySenders(mode), SharesMessages(mode)>>;
template <class Sync, Mode mode>
using ConsumerOf = std::conditional_t<
    IsStream(mode), StreamConsumer<Sync>,
    std::conditional_t<SharesMessages(mode), ClaimingConsumer<Sync>,
                       StampedConsumer<Sync>>>;

struct CoreOptions {
  uint32_t granules = 1u << 14;    // a power of two
  uint32_t words_per_granule = 8;  // of 8 bytes; a power of two
  uint32_t senders = 1;
  uint32_t receivers = 1;  // at most Sync::kSubscribersMax in kBroadcast
  uint32_t spins = 256;    // looks before an end sleeps
};

// What the ends of a channel share.  Outlives them.
template <class Sync>
class ChannelCore {
 public:
  explicit ChannelCore(const CoreOptions& options)
      : memory_({options.granules, options.words_per_granule,
                 options.receivers <= Sync::kSubscribersMax ? options.receivers : 1}),
        ring_(memory_.ring()),
        spins_(options.spins),
        senders_(options.senders),
        receivers_(options.receivers) {}

  const Ring<Sync>& ring() const { return ring_; }
  uint32_t spins() const { return spins_; }

  // Return whether nobody is left on that side.
  bool CountSenderOut() {
    return senders_.fetch_sub(1, Sync::Protocol::kCountDown) == 1;
  }
  bool CountReceiverOut() {
    return receivers_.fetch_sub(1, Sync::Protocol::kCountDown) == 1;
  }

 private:
  RingMemory<Sync> memory_;
  Ring<Sync> ring_;
  const uint32_t spins_;
  alignas(kLineBytes) typename Sync::template atomic<uint32_t> senders_;
  typename Sync::template atomic<uint32_t> receivers_;
};

// Used by one thread at a time.
template <class Sync, Mode mode>
class Sender {
 public:
  // Requires that there are no more than promised to `core`.
  explicit Sender(ChannelCore<Sync>& core)
      : core_(core), control_(*core.ring().control), producer_(core.ring()) {}
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  ~Sender() { Close(); }

  // Sets `slot` to room for a message of `bytes`, which is then to be committed
  // or abandoned before the next is reserved.  Waits for room, but no longer
  // than `timeout_ns`; 0: not at all.
  // Returns kFull if there was no room in time, kClosed, kTooLarge.
  Status Reserve(uint32_t bytes, Slot<Sync>& slot,
                 int64_t timeout_ns = kForever) {
    return AwaitRoom([&] { return producer_.TryReserve(bytes, slot); },
                     timeout_ns);
  }

  // Sends what is in `slot`.
  void Commit(const Slot<Sync>& slot) {
    producer_.Commit(slot);
    control_.items.Notify();
    counts_.Add(1, slot.bytes);
    counts_.SetOccupancyMax(producer_.occupancy_max());
  }

  // Gives `slot` back: nothing is sent.
  void Abandon(const Slot<Sync>& slot) {
    producer_.Abandon(slot);
    control_.items.Notify();
  }

  // The same for 1 to `count_max` messages of `bytes` each, next to each other.
  // Waits for room for one; batch.count is what there was.
  Status ReserveBatch(uint32_t bytes, uint32_t count_max,
                      SlotBatch<Sync>& batch, int64_t timeout_ns = kForever) {
    return AwaitRoom(
        [&] { return producer_.TryReserveBatch(bytes, count_max, batch); },
        timeout_ns);
  }

  // Sends the first batch.count.
  void CommitBatch(const SlotBatch<Sync>& batch) {
    producer_.CommitBatch(batch);
    control_.items.Notify();
    counts_.Add(batch.count, uint64_t{batch.count} * batch.bytes);
    counts_.SetOccupancyMax(producer_.occupancy_max());
  }

  // Says that this sender will send no more.  When all have, receivers that
  // have received everything are told kClosed.  May be called twice.
  void Close() {
    if (is_closed_) return;
    is_closed_ = true;
    if (!core_.CountSenderOut()) return;
    producer_.Close();
    control_.items.Notify();
  }

  // Of any thread.
  SideMetrics metrics() const { return counts_.Snapshot(); }
  uint64_t occupancy_max() const { return counts_.occupancy_max(); }

 private:
  template <class Attempt>
  Status AwaitRoom(const Attempt& attempt, int64_t timeout_ns) {
    if (is_closed_) return Status::kClosed;
    const Status status = attempt();
    if (status == Status::kOk) [[likely]]
      return status;
    return AwaitRoomLonger(attempt, status, timeout_ns);
  }

  template <class Attempt>
  [[gnu::noinline]] Status AwaitRoomLonger(const Attempt& attempt,
                                           Status status, int64_t timeout_ns) {
    // Consumers that sleep are to skip the pad: it may be what is in the way.
    if (producer_.TakePadded()) control_.items.Notify();
    if (status != Status::kFull || timeout_ns <= 0) return status;
    counts_.AddBlock();
    return control_.space.Await(
        [&] {
          const Status next = attempt();
          if (next != Status::kOk && producer_.TakePadded()) {
            control_.items.Notify();
          }
          return next;
        },
        Status::kFull, {timeout_ns, core_.spins()});
  }

  ChannelCore<Sync>& core_;
  RingControl<Sync>& control_;
  ProducerOf<Sync, mode> producer_;
  typename Sync::Counts counts_;
  bool is_closed_ = false;
};

// Used by one thread at a time.
template <class Sync, Mode mode>
class Receiver {
 public:
  // In kBroadcast each receiver has a number of its own, from 0, and sees what
  // is sent after the core was made.
  explicit Receiver(ChannelCore<Sync>& core, uint32_t number = 0)
      : core_(core),
        control_(*core.ring().control),
        consumer_(Make(core.ring(), number)) {}
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;
  ~Receiver() { Leave(); }

  // Sets `view` to the next message, which stays where it is until released;
  // that is to be done before the next is received.  Waits, but no longer than
  // `timeout_ns`; 0: not at all.
  // Returns kEmpty if there was none in time, or kClosed.
  Status Receive(View<Sync>& view, int64_t timeout_ns = kForever) {
    return AwaitMessage([&] { return consumer_.TryReceive(view); }, timeout_ns);
  }

  // Frees the place of `view`.
  void Release(const View<Sync>& view) {
    consumer_.Release(view);
    control_.space.Notify();
    counts_.Add(1, view.bytes);
  }

  // Sets `batch` to the next messages that are alike in size and type, at most
  // `count_max` and at least one, to be released before the next are received.
  Status ReceiveBatch(uint32_t count_max, ViewBatch<Sync>& batch,
                      int64_t timeout_ns = kForever) {
    return AwaitMessage(
        [&] { return consumer_.TryReceiveBatch(count_max, batch); },
        timeout_ns);
  }

  // Frees the places of `batch`.
  void ReleaseBatch(const ViewBatch<Sync>& batch) {
    consumer_.ReleaseBatch(batch);
    control_.space.Notify();
    counts_.Add(batch.count, uint64_t{batch.count} * batch.bytes);
  }

  // Says that this receiver wants no more.  When none is left, senders are told
  // kClosed, at the latest when the ring is full.  May be called twice.
  void Leave() {
    if (has_left_) return;
    has_left_ = true;
    consumer_.Leave();
    if (core_.CountReceiverOut()) {
      control_.is_deserted.store(1, std::memory_order_relaxed);
    }
    control_.space.Notify();
  }

  // Of any thread.
  SideMetrics metrics() const { return counts_.Snapshot(); }

 private:
  static ConsumerOf<Sync, mode> Make(const Ring<Sync>& ring, uint32_t number) {
    if constexpr (SharesMessages(mode)) {
      return ConsumerOf<Sync, mode>(ring);
    } else {
      return ConsumerOf<Sync, mode>(ring, number);
    }
  }

  template <class Attempt>
  Status AwaitMessage(const Attempt& attempt, int64_t timeout_ns) {
    if (has_left_) return Status::kClosed;
    const Status status = attempt();
    if (status == Status::kOk) [[likely]]
      return status;
    return AwaitMessageLonger(attempt, status, timeout_ns);
  }

  template <class Attempt>
  [[gnu::noinline]] Status AwaitMessageLonger(const Attempt& attempt,
                                              Status status,
                                              int64_t timeout_ns) {
    // Senders that sleep may use the room of a pad.
    if (consumer_.TakeSkipped()) control_.space.Notify();
    if (status != Status::kEmpty || timeout_ns <= 0) return status;
    counts_.AddBlock();
    return control_.items.Await(
        [&] {
          const Status next = attempt();
          if (next != Status::kOk && consumer_.TakeSkipped()) {
            control_.space.Notify();
          }
          return next;
        },
        Status::kEmpty, {timeout_ns, core_.spins()});
  }

  ChannelCore<Sync>& core_;
  RingControl<Sync>& control_;
  ConsumerOf<Sync, mode> consumer_;
  typename Sync::Counts counts_;
  bool has_left_ = false;
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_ENDS_H_
