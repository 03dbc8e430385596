// The consuming side of streams; see stream_producer.h.
#ifndef KERNELS_CHANNELS_STREAM_CONSUMER_H_
#define KERNELS_CHANNELS_STREAM_CONSUMER_H_

#include <algorithm>
#include <cstdint>
#include <utility>

#include "kernels/channels/prefetch.h"
#include "kernels/channels/ring.h"
#include "kernels/channels/status.h"

namespace fozzy::channels {

// One of the consumers; used by one thread at a time.
template <class Sync>
class StreamConsumer {
  using Protocol = typename Sync::Protocol;

 public:
  // Requires subscriber < ring.subscribers.
  explicit StreamConsumer(const Ring<Sync>& ring, uint32_t subscriber = 0)
      : ring_(ring), cursor_(&ring.control->cursors[subscriber].position) {}
  StreamConsumer(const Ring<Sync>& ring, Resumed) : StreamConsumer(ring) {
    read_ = cursor_->load(std::memory_order_acquire);
    seen_ = read_;
  }

  // Sets `view` to the next message.  Requires that those before were
  // released.
  Status TryReceive(View<Sync>& view) {
    const Status status = FindRun();
    if (status != Status::kOk) return status;
    view = {ring_.At(read_), run_.length, run_.type, read_, run_granules_};
    --run_left_;
    read_ += run_granules_;
    return Status::kOk;
  }

  // Frees the place of `view`.
  void Release(const View<Sync>& view) {
    ReleaseTo(view.position + view.granules);
  }

  // Sets `batch` to the next messages that are alike, at most `count_max` and
  // at least one.  Requires that those before were released.
  Status TryReceiveBatch(uint32_t count_max, ViewBatch<Sync>& batch) {
    const Status status = FindRun();
    if (status != Status::kOk) return status;
    const uint64_t start = read_;
    const Header first = run_;
    uint32_t count = 0;
    do {
      const uint32_t taken = std::min(run_left_, count_max - count);
      count += taken;
      run_left_ -= taken;
      read_ += uint64_t{run_granules_} * taken;
    } while (count < count_max && FollowsRunLike(first));
    batch = ring_.BatchAt(start, first, count);
    // Together, not one after the other.
    const uint64_t end = std::min(read_, start + kPrefetchMax);
    for (uint64_t i = start; i < end; ++i) __builtin_prefetch(ring_.At(i));
    return Status::kOk;
  }

  // Frees the places of `batch`.
  void ReleaseBatch(const ViewBatch<Sync>& batch) { ReleaseTo(batch.end()); }

  // Frees everything: the producer no longer waits for this consumer.
  void Leave() {
    cursor_->store(RingControl<Sync>::kGone, Protocol::kCursorPublish);
  }

  // Whether a pad was freed since this was asked last: producers that wait are
  // to be told, even if nothing is released.
  bool TakeSkipped() { return std::exchange(has_skipped_, false); }

 private:
  // Sees to it that a message lies at read_, and that run_ is its header.
  Status FindRun() {
    while (run_left_ == 0) {
      if (read_ == seen_) {
        const Status status = Look();
        if (status != Status::kOk) return status;
        if (IsLatestNext()) return Status::kOk;
      }
      BeginRun(ring_.HeaderAt(read_));
      if (!run_.is_pad()) [[likely]]
        break;
      read_ += run_granules_;
      run_left_ = 0;
      ReleaseTo(read_);
      has_skipped_ = true;
    }
    return Status::kOk;
  }

  // Whether the message at read_ is the latest; then run_ is its header.  It
  // may be a later one that is not yet known to be published, but not by more
  // than a lap.
  bool IsLatestNext() {
    if (ring_.capacity() >= Header::kNearMax) return false;
    const Header latest =
        Header::From(ring_.control->latest.load(std::memory_order_relaxed));
    const bool is_next =
        latest.run == Header::At(read_) || !Protocol::kChecksLatest;
    if (latest.is_pad() || !is_next) return false;
    BeginRun({latest.length, latest.type, 1});
    return true;
  }

  // Goes on to the next run if it is known to be there and its messages are
  // like those of `first`.
  bool FollowsRunLike(Header first) {
    if (read_ == seen_) return false;
    const Header next = ring_.HeaderAt(read_);
    if (next.length != first.length || next.type != first.type) return false;
    // What comes after the end of the ring is not next to what is before it.
    if (ring_.index(read_) == 0) return false;
    BeginRun(next);
    return true;
  }

  void BeginRun(Header header) {
    run_ = header;
    run_left_ = header.run;
    run_granules_ = ring_.GranulesOf(header);
  }

  Status Look() {
    // Acquire pairs with the release in StreamProducer::Publish and Close.
    const uint64_t tail = ring_.control->tail.load(Protocol::kTailLook);
    seen_ = tail / 2;
    if (read_ != seen_) return Status::kOk;
    return tail % 2 != 0 ? Status::kClosed : Status::kEmpty;
  }

  void ReleaseTo(uint64_t position) {
    // Release pairs with the acquire in StreamProducer::LookAtConsumers.
    cursor_->store(position, Protocol::kCursorPublish);
  }

  const Ring<Sync> ring_;
  typename RingControl<Sync>::template Atomic<uint64_t>* const cursor_;
  uint64_t read_ = 0;  // positions below were received
  uint64_t seen_ = 0;  // positions below are published
  Header run_ = {};    // of the messages at read_
  uint32_t run_granules_ = 0;
  uint32_t run_left_ = 0;
  bool has_skipped_ = false;
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_STREAM_CONSUMER_H_
