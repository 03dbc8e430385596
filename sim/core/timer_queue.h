// The deadlines of tasks, the earliest first.
#ifndef FOZZY_SIM_CORE_TIMER_QUEUE_H_
#define FOZZY_SIM_CORE_TIMER_QUEUE_H_

#include <cstdint>

#include "fozzy/decision.h"
#include "sim/core/arena_vector.h"

namespace fozzy {

inline constexpr uint64_t kNoDeadline = ~uint64_t{0};

// A heap of deadlines; equal ones in the order they were set.  One that is
// taken back stays until it comes up, so that taking back costs nothing.
class TimerQueue {
 public:
  struct Timer {
    uint64_t deadline = 0;
    uint64_t number = 0;  // from 1, in the order they were set
    TaskId task = {};
  };

  explicit TimerQueue(Arena& arena) : heap_(arena) {}

  void Clear() {
    heap_.clear();
    set_ = 0;
  }

  // Returns the number of the new deadline.
  uint64_t Add(uint64_t deadline, TaskId task) {
    Restore({deadline, ++set_, task});
    return set_;
  }

  // Puts back one that was popped.
  void Restore(const Timer& timer) {
    heap_.push_back(timer);
    Rise(heap_.size() - 1);
  }

  bool empty() const { return heap_.empty(); }

  // Requires !empty().
  const Timer& First() const { return heap_[0]; }

  void PopFirst() {
    heap_[0] = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) Sink(0);
  }

 private:
  static bool IsBefore(const Timer& a, const Timer& b) {
    if (a.deadline != b.deadline) return a.deadline < b.deadline;
    return a.number < b.number;
  }

  void Rise(size_t at) {
    while (at > 0 && IsBefore(heap_[at], heap_[(at - 1) / 2])) {
      Exchange(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  void Sink(size_t at) {
    for (;;) {
      size_t first = at;
      for (size_t child = 2 * at + 1; child <= 2 * at + 2; ++child) {
        if (child < heap_.size() && IsBefore(heap_[child], heap_[first])) {
          first = child;
        }
      }
      if (first == at) return;
      Exchange(at, first);
      at = first;
    }
  }

  void Exchange(size_t a, size_t b) {
    const Timer timer = heap_[a];
    heap_[a] = heap_[b];
    heap_[b] = timer;
  }

  ArenaVector<Timer> heap_;
  uint64_t set_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_TIMER_QUEUE_H_
