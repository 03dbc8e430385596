// One producer, and consumers that each see every message in order: SPSC with
// one of them, broadcast with more.
//
// The producer publishes by moving the tail, each consumer releases by moving
// its cursor; each side remembers what it last saw of the other and looks again
// only when that is used up.
//
// Source: Lamport, "Proving the Correctness of Multiprocess Programs", 1977;
// remembered positions as in Lee, Bu, Chandranmenon, "A lock-free, cache-
// efficient shared ring buffer", ANCS 2009.
#ifndef KERNELS_CHANNELS_STREAM_PRODUCER_H_
#define KERNELS_CHANNELS_STREAM_PRODUCER_H_

#include <algorithm>
#include <cstdint>
#include <utility>

#include "kernels/channels/prefetch.h"
#include "kernels/channels/ring.h"
#include "kernels/channels/status.h"

namespace fozzy::channels {

// Used by one thread at a time.
template <class Sync>
class StreamProducer {
  using Protocol = typename Sync::Protocol;

 public:
  explicit StreamProducer(const Ring<Sync>& ring)
      : ring_(ring), limit_(ring.capacity()) {}
  StreamProducer(const Ring<Sync>& ring, Resumed)
      : ring_(ring),
        tail_(ring.control->tail.load(Protocol::kTailLook) / 2),
        limit_(tail_) {}

  // Sets `slot` to room for `bytes`.  What was reserved before and not
  // committed is given up.
  Status TryReserve(uint32_t bytes, Slot<Sync>& slot) {
    const uint32_t granules = ring_.GranulesOf(bytes);
    const Status status = MakeRoom(granules);
    if (status != Status::kOk) return status;
    slot = {ring_.At(tail_), bytes, kNoType, tail_, granules};
    return Status::kOk;
  }

  // Publishes `slot`.
  void Commit(const Slot<Sync>& slot) {
    ring_.SetHeader(tail_, {slot.bytes, slot.type, 1});
    const Header latest = {slot.bytes, slot.type, Header::At(tail_)};
    Publish(tail_ + ring_.GranulesOf(slot.bytes), latest);
  }

  // Nothing happens: it was only promised.
  void Abandon(const Slot<Sync>&) {}

  // Sets `batch` to room for 1 to `count_max` messages of `bytes` each.
  Status TryReserveBatch(uint32_t bytes, uint32_t count_max,
                         SlotBatch<Sync>& batch) {
    const uint32_t granules = ring_.GranulesOf(bytes);
    const Status status = MakeRoom(granules);
    if (status != Status::kOk) return status;
    const uint64_t wanted = uint64_t{granules} * count_max;
    if (tail_ + wanted > limit_) LookAtConsumers();
    const uint64_t room =
        std::min({limit_ - tail_, ring_.ToEnd(tail_), wanted});
    const uint32_t count =
        static_cast<uint32_t>(granules == 1 ? room : room / granules);
    batch = {ring_.At(tail_), bytes,    kNoType,
             tail_,           granules, granules << ring_.word_shift,
             count,           count};
    // The next batch is likely to be of the same size.  Its lines come from
    // the consumers' caches, together instead of one after the other.
    const uint64_t next = tail_ + uint64_t{count} * granules;
    const uint64_t end = std::min(
        {next + uint64_t{count} * granules, limit_, next + kPrefetchMax});
    for (uint64_t i = next; i < end; ++i) PrefetchToWrite(ring_.At(i));
    return Status::kOk;
  }

  void CommitBatch(const SlotBatch<Sync>& batch) {
    uint64_t position = tail_;
    for (uint32_t left = batch.count; left != 0;) {
      const uint32_t run = std::min(left, kRunMax);
      SetHeaders(position, batch, run);
      position += uint64_t{batch.granules} * run;
      left -= run;
    }
    Publish(position, kSeveral);
  }

  // Ends the stream.  Nothing is reserved afterwards.
  void Close() {
    is_closed_ = true;
    ring_.control->tail.store(tail_ * 2 + 1, Protocol::kTailPublish);
  }

  // Whether a pad was published since this was asked last: consumers that wait
  // are to be told, even if nothing is committed.
  bool TakePadded() { return std::exchange(has_padded_, false); }

  // The most granules that were in use when this side looked.
  uint64_t occupancy_max() const { return occupancy_max_; }

 private:
  static constexpr uint32_t kRunMax = UINT16_MAX;
  // The latest header where it is not that of one message.
  static constexpr Header kSeveral = {0, kPadType, 0};

  void SetHeaders(uint64_t position, const SlotBatch<Sync>& batch,
                  uint32_t run) {
    Header header = {batch.bytes, batch.type, static_cast<uint16_t>(run)};
    ring_.SetHeader(position, header);
    if constexpr (Sync::kIsResumable) {
      while (--header.run != 0) {
        position += batch.granules;
        ring_.SetHeader(position, header);
      }
    }
  }

  // Sees to it that `granules` follow the tail, before the end of the ring.
  Status MakeRoom(uint32_t granules) {
    if (granules > ring_.ToEnd(tail_)) [[unlikely]] {
      const Status status = Pad(granules);
      if (status != Status::kOk) return status;
    }
    return HasRoom(granules) ? Status::kOk : WhyFull();
  }

  // Skips the end of the ring.
  Status Pad(uint32_t granules) {
    if (granules > ring_.capacity()) return Status::kTooLarge;
    const uint64_t skipped = ring_.ToEnd(tail_);
    if (!HasRoom(skipped)) return WhyFull();
    ring_.SetHeader(tail_, {static_cast<uint32_t>(skipped), kPadType, 1});
    Publish(tail_ + skipped, kSeveral);
    has_padded_ = true;
    return Status::kOk;
  }

  bool HasRoom(uint64_t granules) {
    if (!Protocol::kChecksRoom) return true;
    if (tail_ + granules <= limit_) [[likely]]
      return !is_closed_;
    LookAtConsumers();
    return tail_ + granules <= limit_ && !is_closed_;
  }
  Status WhyFull() const {
    return is_closed_ ? Status::kClosed : Status::kFull;
  }

  // Moves the limit to a lap after the slowest consumer.
  void LookAtConsumers() {
    uint64_t slowest = RingControl<Sync>::kGone;
    for (uint32_t i = 0; i < ring_.subscribers; ++i) {
      // Acquire pairs with the release in StreamConsumer::ReleaseTo: what is
      // overwritten was read.
      slowest = std::min(slowest, ring_.control->cursors[i].position.load(
                                      Protocol::kCursorLook));
    }
    if (slowest == RingControl<Sync>::kGone) {
      is_closed_ = true;
    } else {
      limit_ = slowest + ring_.capacity();
      occupancy_max_ = std::max(occupancy_max_, tail_ - slowest);
    }
  }

  void Publish(uint64_t tail, Header latest) {
    tail_ = tail;
    ring_.control->latest.store(latest.word(), std::memory_order_relaxed);
    // Release pairs with the acquire in StreamConsumer::Look.
    ring_.control->tail.store(tail * 2, Protocol::kTailPublish);
  }

  const Ring<Sync> ring_;
  uint64_t tail_ = 0;
  uint64_t limit_;  // positions below are free
  uint64_t occupancy_max_ = 0;
  bool is_closed_ = false;
  bool has_padded_ = false;
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_STREAM_PRODUCER_H_
