// A queue between one producer and one consumer that never wait.
#ifndef QUEUE_H_
#define QUEUE_H_

#include <atomic>
#include <cstddef>
#include <optional>

// Holds kCapacity values.  Sync says what it is made of: fozzy::StdSync in the
// product, fozzy::SimSync in simulated tests.
// Source: L. Lamport, "Specifying concurrent program modules", 1983.
template <class Sync, size_t kCapacity>
class Queue {
 public:
  // Returns whether there was room.  For the producer.
  bool push(int value) {
    const size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) == kCapacity) return false;
    slots_[tail % kCapacity] = value;
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }

  // Returns the oldest value, or nothing.  For the consumer.
  std::optional<int> pop() {
    const size_t head = head_.load(std::memory_order_relaxed);
    if (head == tail_.load(std::memory_order_acquire)) return std::nullopt;
    const int value = slots_[head % kCapacity];
    head_.store(head + 1, std::memory_order_release);
    return value;
  }

 private:
  typename Sync::template var<int> slots_[kCapacity] = {};
  typename Sync::template atomic<size_t> head_{0};  // values taken
  typename Sync::template atomic<size_t> tail_{0};  // values put in
};

#endif  // QUEUE_H_
