// The free blocks that one thread has at hand.
#ifndef KERNELS_ALLOC_THREAD_CACHE_H_
#define KERNELS_ALLOC_THREAD_CACHE_H_

#include <cstddef>
#include <cstdint>

#include "kernels/alloc/size_class.h"

namespace fozzy::alloc {

// The bottom of bins that are never to hold a block is the one in the middle.
inline constinit void* empty_slots[3] = {};

// One thread's part of an allocator.  Belongs to that thread alone, and is
// detached from the allocator before its memory goes.
class ThreadCache {
 public:
  constexpr ThreadCache() {
    for (size_t c = 0; c <= kClasses; ++c) Forget(c);
  }
  ThreadCache(const ThreadCache&) = delete;
  ThreadCache& operator=(const ThreadCache&) = delete;

  // Takes a block of the class of `bin`, or returns null.
  [[gnu::always_inline]] void* Pop(size_t bin) {
    void** top = bins_[bin];
    void* block = *top;  // null at the bottom
    if (block != nullptr) [[likely]] {
      bins_[bin] = top - 1;
    }
    return block;
  }

  // Keeps a block of the class of `bin`, or returns false.  Class 0 keeps
  // nothing.
  [[gnu::always_inline]] bool Push(size_t bin, void* block) {
    void** top = bins_[bin];
    if (top == bins_[bin + 1]) [[unlikely]] {
      return false;
    }
    bins_[bin] = top + 1;
    top[1] = block;
    return true;
  }

  // Returns how many calls of the thread went past what it had at hand.
  uint32_t slow_calls() const { return slow_calls_; }

 private:
  template <class Sync, class Memory, class Clock, class Shape>
  friend class Allocator;

  enum class State : uint8_t {
    kNew,       // has not met its allocator
    kAttached,  // may hold magazines
    kDetached,  // goes without
  };

  void**& Top(size_t c) { return bins_[BinOf(c)]; }
  void**& End(size_t c) { return bins_[BinOf(c) + 1]; }
  constexpr void Forget(size_t c) {
    bins_[BinOf(c)] = bins_[BinOf(c) + 1] = &empty_slots[1];
  }

  // For each class, of the magazine in use: blocks lie up to the first, there
  // is room up to the second.
  void** bins_[2 * (kClasses + 1)] = {};
  // Numbers of magazines, 0 for none: the one in use, and one that is full or
  // empty.
  uint32_t loaded_[kClasses + 1] = {};
  uint32_t previous_[kClasses + 1] = {};
  uint32_t slow_calls_ = 0;
  uint32_t epoch_ = 0;
  State state_ = State::kNew;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_THREAD_CACHE_H_
