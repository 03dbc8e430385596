// Counts that are cheap enough to stay on.
#ifndef KERNELS_CHANNELS_METRICS_H_
#define KERNELS_CHANNELS_METRICS_H_

#include <cstdint>

#include "kernels/channels/aligned_array.h"

namespace fozzy::channels {

// What senders or receivers of a channel have done so far.
struct SideMetrics {
  uint64_t messages = 0;
  uint64_t bytes = 0;
  uint64_t blocks = 0;  // calls that had to wait, for room or for messages
};

struct Metrics {
  SideMetrics sent;
  SideMetrics received;
  // The most granules that were in use when a sender looked, which it does
  // once per lap, and when it finds the ring full.
  uint64_t occupancy_max = 0;
};

// The counts of one end, written by its thread and read by any.
template <class Sync>
class alignas(kLineBytes) EndCounts {
  using Number = typename Sync::template atomic<uint64_t>;

 public:
  void Add(uint64_t messages, uint64_t bytes) {
    Raise(messages_, messages);
    Raise(bytes_, bytes);
  }
  void AddBlock() { Raise(blocks_, 1); }
  void SetOccupancyMax(uint64_t granules) {
    if (granules == occupancy_max_seen_) [[likely]]
      return;
    occupancy_max_seen_ = granules;
    occupancy_max_.store(granules, std::memory_order_relaxed);
  }
  uint64_t occupancy_max() const {
    return occupancy_max_.load(std::memory_order_relaxed);
  }

  // Returns a snapshot; its numbers may be of slightly different moments.
  SideMetrics Snapshot() const {
    return {messages_.load(std::memory_order_relaxed),
            bytes_.load(std::memory_order_relaxed),
            blocks_.load(std::memory_order_relaxed)};
  }

 private:
  // One thread writes: no read-modify-write is needed.
  static void Raise(Number& number, uint64_t by) {
    number.store(number.load(std::memory_order_relaxed) + by,
                 std::memory_order_relaxed);
  }

  Number messages_{0};
  Number bytes_{0};
  Number blocks_{0};
  Number occupancy_max_{0};
  uint64_t occupancy_max_seen_ = 0;
};

// Counts nothing.
class NoCounts {
 public:
  void Add(uint64_t, uint64_t) {}
  void AddBlock() {}
  void SetOccupancyMax(uint64_t) {}
  uint64_t occupancy_max() const { return 0; }
  SideMetrics Snapshot() const { return {}; }
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_METRICS_H_
