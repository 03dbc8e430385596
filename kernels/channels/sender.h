// What a thread sends with; see ends.h.
#ifndef KERNELS_CHANNELS_SENDER_H_
#define KERNELS_CHANNELS_SENDER_H_

#include <cstdint>

#include "kernels/channels/core.h"
#include "kernels/channels/metrics.h"
#include "kernels/channels/status.h"

namespace fozzy::channels {

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

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_SENDER_H_
