// The consuming sides of rings with stamps; see stamped_producer.h.
#ifndef KERNELS_CHANNELS_STAMPED_CONSUMER_H_
#define KERNELS_CHANNELS_STAMPED_CONSUMER_H_

#include <cstdint>
#include <utility>

#include "kernels/channels/ring.h"
#include "kernels/channels/status.h"

namespace fozzy::channels {

// Whether the record at `position` is committed.
template <class Sync>
bool IsCommitted(const Ring<Sync>& ring, uint64_t position) {
  // Acquire pairs with the release in StampedProducer::Stamp.
  return ring.stamps[ring.index(position)].load(Sync::Protocol::kCommitLook) ==
         CommittedAt(position);
}

// Returns why there is nothing at `position`.
template <class Sync>
Status EndOrEmpty(const Ring<Sync>& ring, uint64_t position) {
  // Acquire pairs with the release in StampedProducer::Close.
  if (ring.control->is_closed.load(Sync::Protocol::kCloseLook) == 0) {
    return Status::kEmpty;
  }
  const uint64_t tail = ring.control->tail.load(std::memory_order_relaxed);
  return tail == position * 2 + 1 ? Status::kClosed : Status::kEmpty;
}

// Returns how many messages, at most `count_max`, are committed from `position`
// on, which is, and are like its `header` and next to each other.
template <class Sync>
uint32_t CountAlike(const Ring<Sync>& ring, uint64_t position, Header header,
                    uint32_t count_max) {
  const uint32_t granules = ring.GranulesOf(header);
  uint32_t count = 1;
  for (; count < count_max; ++count) {
    position += granules;
    if (ring.index(position) == 0 || !IsCommitted(ring, position)) break;
    if (ring.HeaderAt(position).word() != header.word()) break;
  }
  return count;
}

// One of the consumers that each see every message, often the only one; used
// by one thread at a time.
template <class Sync>
class StampedConsumer {
  using Protocol = typename Sync::Protocol;

 public:
  // Requires subscriber < ring.subscribers.
  explicit StampedConsumer(const Ring<Sync>& ring, uint32_t subscriber = 0)
      : ring_(ring), cursor_(&ring.control->cursors[subscriber].position) {}

  // Sets `view` to the next message.  Requires that those before were
  // released.
  Status TryReceive(View<Sync>& view) {
    ViewBatch<Sync> batch;
    const Status status = TryReceiveBatch(1, batch);
    if (status != Status::kOk) return status;
    view = {batch.words, batch.bytes, batch.type, batch.position,
            batch.granules};
    return Status::kOk;
  }

  // Frees the place of `view`.
  void Release(const View<Sync>& view) {
    ReleaseTo(view.position + view.granules);
  }

  // Sets `batch` to the next messages that are alike, at most `count_max` and
  // at least one.  Requires that those before were released.
  Status TryReceiveBatch(uint32_t count_max, ViewBatch<Sync>& batch) {
    while (IsCommitted(ring_, read_)) {
      const Header header = ring_.HeaderAt(read_);
      if (!header.is_pad()) [[likely]] {
        const uint32_t count = CountAlike(ring_, read_, header, count_max);
        batch = ring_.BatchAt(read_, header, count);
        read_ = batch.end();
        return Status::kOk;
      }
      read_ += header.length;
      ReleaseTo(read_);
      has_skipped_ = true;
    }
    return EndOrEmpty(ring_, read_);
  }

  // Frees the places of `batch`.
  void ReleaseBatch(const ViewBatch<Sync>& batch) { ReleaseTo(batch.end()); }

  // Whether a pad was freed since this was asked last: producers that wait are
  // to be told, even if nothing is released.
  bool TakeSkipped() { return std::exchange(has_skipped_, false); }

  // Frees everything: producers no longer wait for this consumer.
  void Leave() {
    cursor_->store(RingControl<Sync>::kGone, Protocol::kCursorPublish);
  }

 private:
  void ReleaseTo(uint64_t position) {
    // Release pairs with the acquire in StampedProducer::LookAtCursors.
    cursor_->store(position, Protocol::kCursorPublish);
  }

  const Ring<Sync> ring_;
  typename RingControl<Sync>::template Atomic<uint64_t>* const cursor_;
  uint64_t read_ = 0;
  bool has_skipped_ = false;
};

// One of the consumers that share the messages; used by one thread at a time.
// It may hold several messages and release them in any order; the place of one
// is not used again before those of all earlier ones are free.
template <class Sync>
class ClaimingConsumer {
  using Protocol = typename Sync::Protocol;

 public:
  explicit ClaimingConsumer(const Ring<Sync>& ring) : ring_(ring) {}

  // Takes the next message that no other consumer has.
  Status TryReceive(View<Sync>& view) {
    ViewBatch<Sync> batch;
    const Status status = TryReceiveBatch(1, batch);
    if (status != Status::kOk) return status;
    view = {batch.words, batch.bytes, batch.type, batch.position,
            batch.granules};
    return Status::kOk;
  }

  // Frees the place of `view`.
  void Release(const View<Sync>& view) { ReleaseAt(view.position); }

  // Takes the next messages that are alike, at most `count_max` and at least
  // one.
  Status TryReceiveBatch(uint32_t count_max, ViewBatch<Sync>& batch) {
    for (;;) {
      uint64_t claim = ring_.control->claim.load(std::memory_order_relaxed);
      if (!IsCommitted(ring_, claim)) {
        if (IsTaken(claim)) continue;
        return EndOrEmpty(ring_, claim);
      }
      // Of a record that another takes meanwhile this may be the header of its
      // successor; then the claim fails.
      const Header header = ring_.HeaderAt(claim);
      const uint32_t count =
          header.is_pad() ? 1 : CountAlike(ring_, claim, header, count_max);
      batch = ring_.BatchAt(claim, header, count);
      // Relaxed: the stamps have ordered what was written.
      if (!ring_.control->claim.compare_exchange_strong(
              claim, batch.end(), std::memory_order_relaxed)) {
        continue;
      }
      if (!header.is_pad()) [[likely]]
        return Status::kOk;
      ReleaseAt(claim);
      has_skipped_ = true;
    }
  }

  // Frees the places of `batch`, in one go.
  void ReleaseBatch(const ViewBatch<Sync>& batch) {
    const uint64_t granules = batch.end() - batch.position;
    if (batch.count != 1) {
      ring_.SetHeader(batch.position,
                      {static_cast<uint32_t>(granules), kPadType, 1});
    }
    ReleaseAt(batch.position);
  }

  // Whether a pad was freed since this was asked last: producers that wait are
  // to be told, even if nothing is released.
  bool TakeSkipped() { return std::exchange(has_skipped_, false); }

  // Others may go on.
  void Leave() {}

 private:
  // Whether what was at `claim`, and is not, was taken by another consumer.
  bool IsTaken(uint64_t claim) const {
    if (!Protocol::kChecksClaim) return false;
    return ring_.control->claim.load(std::memory_order_relaxed) != claim;
  }

  void ReleaseAt(uint64_t position) {
    // Release pairs with the acquire in StampedProducer::PassReleased.
    ring_.stamps[ring_.index(position)].store(ReleasedAt(position),
                                              Protocol::kReleasePublish);
  }

  const Ring<Sync> ring_;
  bool has_skipped_ = false;
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_STAMPED_CONSUMER_H_
