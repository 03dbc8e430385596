// queue.h with a bug: a consumer may see that there is a value before it sees
// the value.
#ifndef BROKEN_QUEUE_H_
#define BROKEN_QUEUE_H_

#include <atomic>
#include <cstddef>
#include <optional>

template <class Sync, size_t kCapacity>
class BrokenQueue {
 public:
  bool push(int value) {
    const size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) == kCapacity) return false;
    slots_[tail % kCapacity] = value;
    tail_.store(tail + 1, std::memory_order_relaxed);
    return true;
  }

  std::optional<int> pop() {
    const size_t head = head_.load(std::memory_order_relaxed);
    if (head == tail_.load(std::memory_order_acquire)) return std::nullopt;
    const int value = slots_[head % kCapacity];
    head_.store(head + 1, std::memory_order_release);
    return value;
  }

 private:
  typename Sync::template var<int> slots_[kCapacity] = {};
  typename Sync::template atomic<size_t> head_{0};
  typename Sync::template atomic<size_t> tail_{0};
};

#endif  // BROKEN_QUEUE_H_
