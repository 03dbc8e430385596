// The free blocks that one thread has at hand.
#ifndef KERNELS_ALLOC_THREAD_CACHE_H_
#define KERNELS_ALLOC_THREAD_CACHE_H_

#include <cstddef>
#include <cstdint>

#include "kernels/alloc/size_class.h"

namespace fozzy::alloc {

// The bottom of bins that are never to hold a block.
inline constinit void* empty_slots[1] = {nullptr};

// One thread's part of an allocator.  Belongs to that thread alone, and is
// detached from the allocator before its memory goes.
class ThreadCache {
 public:
  constexpr ThreadCache() = default;
  ThreadCache(const ThreadCache&) = delete;
  ThreadCache& operator=(const ThreadCache&) = delete;

  // Takes a block of class `c`, or returns null.
  [[gnu::always_inline]] void* Pop(size_t c) {
    Bin& bin = bins_[c];
    void* block = *bin.top;  // null at the bottom
    if (block != nullptr) [[likely]] {
      --bin.top;
    }
    return block;
  }

  // Keeps a block of class `c`, or returns false.  Class 0 keeps nothing.
  [[gnu::always_inline]] bool Push(size_t c, void* block) {
    Bin& bin = bins_[c];
    if (bin.top == bin.end) [[unlikely]] {
      return false;
    }
    *++bin.top = block;
    return true;
  }

  // Returns how many calls of the thread went past what it had at hand.
  uint32_t slow_calls() const { return slow_calls_; }

 private:
  template <class Sync, class Memory, class Clock, class Shape>
  friend class Allocator;

  // The magazine in use: blocks lie up to `top`, there is room up to `end`.
  struct Bin {
    void** top = empty_slots;
    void** end = empty_slots;
  };

  enum class State : uint8_t {
    kNew,       // has not met its allocator
    kAttached,  // may hold magazines
    kDetached,  // goes without
  };

  Bin bins_[kClasses + 1] = {};
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
