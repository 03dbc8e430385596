// What a thread receives with; see ends.h.
#ifndef KERNELS_CHANNELS_RECEIVER_H_
#define KERNELS_CHANNELS_RECEIVER_H_

#include <cstdint>

#include "kernels/channels/core.h"
#include "kernels/channels/metrics.h"
#include "kernels/channels/status.h"

namespace fozzy::channels {

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

#endif  // KERNELS_CHANNELS_RECEIVER_H_
