// The producing side of rings that publish record by record, with stamps:
// several producers, or several consumers that share the messages.
//
// A producer reserves by moving the tail, fills, and stamps the record as
// committed, each in its own time; consumers stop at the first record without
// that stamp.  So messages are in the order of their reservations, and one that
// is long in the making holds up those behind it, but no producer waits for
// another.
//
// Source: stamps as in D. Vyukov, "Bounded MPMC queue", 2010, one per record
// instead of one per slot.  Where he has producers find out that a slot is free
// from its stamp, here they move a head past released records: a record of many
// granules is then freed by one store.
#ifndef KERNELS_CHANNELS_STAMPED_PRODUCER_H_
#define KERNELS_CHANNELS_STAMPED_PRODUCER_H_

#include <algorithm>
#include <cstdint>
#include <utility>

#include "kernels/channels/ring.h"
#include "kernels/channels/status.h"

namespace fozzy::channels {

// Used by one thread at a time; of each ring there is one, or, if kIsShared,
// any number.  If kHasClaims, consumers are ClaimingConsumers, else
// StampedConsumers.
template <class Sync, bool kIsShared, bool kHasClaims>
class StampedProducer {
  using Protocol = typename Sync::Protocol;

 public:
  explicit StampedProducer(const Ring<Sync>& ring)
      : ring_(ring), limit_(ring.capacity()) {}

  // Sets `slot` to room for `bytes`, which is to be committed or abandoned.
  Status TryReserve(uint32_t bytes, Slot<Sync>& slot) {
    const uint32_t granules = ring_.GranulesOf(bytes);
    uint32_t count = 1;
    const Status status = Take(granules, count);
    if (status != Status::kOk) return status;
    slot = {ring_.At(taken_), bytes, kNoType, taken_, granules};
    return Status::kOk;
  }

  void Commit(const Slot<Sync>& slot) {
    const uint32_t used = ring_.GranulesOf(slot.bytes);
    if (used != slot.granules) {
      Skip(slot.position + used, slot.granules - used);
    }
    Stamp(slot.position, {slot.bytes, slot.type, 1});
  }

  // Consumers will not see it.
  void Abandon(const Slot<Sync>& slot) { Skip(slot.position, slot.granules); }

  // Sets `batch` to room for 1 to `count_max` messages of `bytes` each, which
  // is to be committed.
  Status TryReserveBatch(uint32_t bytes, uint32_t count_max,
                         SlotBatch<Sync>& batch) {
    const uint32_t granules = ring_.GranulesOf(bytes);
    uint32_t count = count_max;
    const Status status = Take(granules, count);
    if (status != Status::kOk) return status;
    batch = {ring_.At(taken_),
             bytes,
             kNoType,
             taken_,
             granules,
             granules << ring_.word_shift,
             count,
             count};
    return Status::kOk;
  }

  void CommitBatch(const SlotBatch<Sync>& batch) {
    uint64_t position = batch.position;
    for (uint32_t i = 0; i < batch.count; ++i) {
      Stamp(position, {batch.bytes, batch.type, 1});
      position += batch.granules;
    }
    const uint32_t left = batch.reserved - batch.count;
    if (left != 0) Skip(position, left * batch.granules);
  }

  // Ends the stream: nothing is reserved afterwards, by any producer; what was
  // reserved before is still received.
  void Close() {
    if constexpr (kIsShared) {
      ring_.control->tail.fetch_or(1, std::memory_order_relaxed);
    } else {
      is_closed_ = true;
      ring_.control->tail.store(taken_end_ * 2 + 1, std::memory_order_relaxed);
    }
    // Release pairs with the acquire in EndOrEmpty: the tail is final.
    ring_.control->is_closed.store(1, Protocol::kClosePublish);
  }

  // Whether a pad was published since this was asked last: consumers that wait
  // are to be told, even if nothing is committed.
  bool TakePadded() { return std::exchange(has_padded_, false); }

  // The most granules that were in use when this side looked.
  uint64_t occupancy_max() const { return occupancy_max_; }

 private:
  // Records that are passed at once when room is made: the next calls find it.
  static constexpr uint32_t kPassedAtOnce = 64;

  // Reserves room for `count` times `granules` in one piece, at taken_, or for
  // fewer if there is not that much: `count` is then lowered.
  Status Take(uint32_t granules, uint32_t& count) {
    const uint32_t count_max = count;
    for (;;) {
      const uint64_t tail = Tail();
      if (tail % 2 != 0) return Status::kClosed;
      const uint64_t position = tail / 2;
      const uint64_t to_end = ring_.ToEnd(position);
      if (granules > to_end) [[unlikely]] {
        const Status status = Pad(tail, granules);
        if (status != Status::kOk) return status;
        continue;
      }
      if (!HasRoom(position + granules)) return WhyFull();
      if (count_max > 1) count = Fitting(position, granules, count_max);
      if (MoveTail(tail, position + uint64_t{count} * granules)) {
        return Status::kOk;
      }
    }
  }

  // Skips the end of the ring, unless another producer was faster.
  Status Pad(uint64_t tail, uint32_t granules) {
    if (granules > ring_.capacity()) return Status::kTooLarge;
    const uint64_t position = tail / 2;
    const uint64_t end = position + ring_.ToEnd(position);
    if (!HasRoom(end)) return WhyFull();
    if (MoveTail(tail, end)) {
      Skip(position, static_cast<uint32_t>(end - position));
      has_padded_ = true;
    }
    return Status::kOk;
  }

  // Returns how many, of at most `count_max`, there is room for.
  uint32_t Fitting(uint64_t position, uint32_t granules, uint32_t count_max) {
    const uint64_t wanted = uint64_t{granules} * count_max;
    HasRoom(position + wanted);
    // A position that has been overtaken may lie far below the limit.
    const uint64_t room =
        std::min({wanted, ring_.ToEnd(position), limit_ - position});
    return std::max(
        1u, static_cast<uint32_t>(granules == 1 ? room : room / granules));
  }

  uint64_t Tail() const {
    if constexpr (kIsShared) {
      return ring_.control->tail.load(std::memory_order_relaxed);
    } else {
      return taken_end_ * 2 + is_closed_;
    }
  }

  // Returns false if another producer has moved it.
  bool MoveTail(uint64_t tail, uint64_t end) {
    if constexpr (kIsShared) {
      // Relaxed: what is published is so by stamps.
      if (!ring_.control->tail.compare_exchange_strong(
              tail, end * 2, std::memory_order_relaxed)) {
        return false;
      }
    }
    taken_ = tail / 2;
    taken_end_ = end;
    return true;
  }

  // Looks whether positions below `end` are free.  What is reserved is free
  // even if `end` was overtaken, because then the tail cannot be moved to it.
  bool HasRoom(uint64_t end) {
    if (end <= limit_ || !Protocol::kChecksRoom) [[likely]]
      return true;
    if constexpr (kHasClaims) {
      PassReleased(end);
    } else {
      LookAtCursors();
    }
    return end <= limit_;
  }

  Status WhyFull() const {
    const auto& is_deserted = ring_.control->is_deserted;
    return is_deserted.load(std::memory_order_relaxed) != 0 ? Status::kClosed
                                                            : Status::kFull;
  }

  // Moves the limit to a lap after the slowest consumer.
  void LookAtCursors() {
    uint64_t slowest = RingControl<Sync>::kGone;
    for (uint32_t i = 0; i < ring_.subscribers; ++i) {
      // Acquire pairs with the release in StampedConsumer::MoveTo: what is
      // overwritten was read.
      slowest = std::min(slowest, ring_.control->cursors[i].position.load(
                                      Protocol::kCursorLook));
    }
    if (slowest != RingControl<Sync>::kGone) SetLimitAfter(slowest);
  }

  // Moves the head past records that are released, and the limit with it.
  void PassReleased(uint64_t end) {
    uint64_t head = Head();
    const uint64_t lap = ring_.capacity();
    for (uint32_t i = 0; i < kPassedAtOnce || head + lap < end; ++i) {
      // Acquire pairs with the release in ClaimingConsumer::Release.
      const uint64_t stamp =
          ring_.stamps[ring_.index(head)].load(Protocol::kReleaseLook);
      if (stamp != ReleasedAt(head)) break;
      // If another producer has moved the head, the record may be a new one.
      const uint64_t next = head + ring_.GranulesOf(ring_.HeaderAt(head));
      MoveHead(head, next);
    }
    SetLimitAfter(head);
  }

  void SetLimitAfter(uint64_t oldest) {
    limit_ = oldest + ring_.capacity();
    // What this producer took may all be free by now.
    const uint64_t in_use = std::max(taken_end_, oldest) - oldest;
    occupancy_max_ = std::max(occupancy_max_, in_use);
  }

  uint64_t Head() const {
    if constexpr (kIsShared) {
      // Acquire pairs with the release in MoveHead: that producer has seen
      // stamps which this one did not look at.
      return ring_.control->head.load(Protocol::kHeadLook);
    } else {
      return head_;
    }
  }

  // Moves the head from `head` to `next` and sets `head` to where it is now.
  void MoveHead(uint64_t& head, uint64_t next) {
    if constexpr (kIsShared) {
      if (!ring_.control->head.compare_exchange_strong(
              head, next, Protocol::kHeadPublish, Protocol::kHeadLook)) {
        return;
      }
    } else {
      head_ = next;
    }
    head = next;
  }

  void Skip(uint64_t position, uint32_t granules) {
    Stamp(position, {granules, kPadType, 1});
  }

  void Stamp(uint64_t position, Header header) {
    ring_.SetHeader(position, header);
    // Release pairs with the acquire of consumers.
    ring_.stamps[ring_.index(position)].store(CommittedAt(position),
                                              Protocol::kCommitPublish);
  }

  const Ring<Sync> ring_;
  uint64_t limit_;          // positions below are free
  uint64_t taken_ = 0;      // what was reserved last
  uint64_t taken_end_ = 0;  // if not shared, the tail
  uint64_t head_ = 0;       // if not shared
  uint64_t occupancy_max_ = 0;
  bool is_closed_ = false;  // if not shared
  bool has_padded_ = false;
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_STAMPED_PRODUCER_H_
