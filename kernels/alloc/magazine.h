// Arrays of free blocks, and how threads hand them to one another.
#ifndef KERNELS_ALLOC_MAGAZINE_H_
#define KERNELS_ALLOC_MAGAZINE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace fozzy::alloc {

// A stack of free blocks of one size, owned by one thread at a time.  The
// blocks are slots[1] to slots[count]; slots[0] is null, so that who pops needs
// no count.  Blocks themselves are not written to.
//
// Source: Bonwick and Adams, "Magazines and Vmem", USENIX 2001.
template <class Sync, size_t kSlots>
struct Magazine {
  template <class T>
  using Var = typename Sync::template var<T>;

  // The number of the magazine below in a stack, 0 for none.
  typename Sync::template atomic<uint32_t> next;
  Var<uint32_t> count = 0;  // while it is nobody's loaded one
  void* slots[kSlots + 1];
};

// A lock-free stack of magazines: thread to thread hand-over of free blocks.
// Magazines are numbered from 1 in a table, and are never given back, so one
// that another thread has just taken may still be read.  Zero-initialised
// memory is an empty stack.
//
// Source: Treiber, "Systems Programming: Coping with Parallelism", 1986, with
// a version beside the number of the top, so that a top that was taken and put
// back is told from one that never left.
template <class Sync, class Mag>
class MagazineStack {
 public:
  // Puts magazine `number` on top, unless `limit` magazines are there.
  bool Push(Mag* table, uint32_t number, uint32_t limit) {
    // Relaxed: nothing is read through it.
    uint64_t top = top_.load(std::memory_order_relaxed);
    for (;;) {
      if (DepthOf(top) >= limit) return false;
      // Relaxed: published by the exchange below.
      table[number].next.store(NumberOf(top), std::memory_order_relaxed);
      const uint64_t changed = Word(number, DepthOf(top) + 1, top);
      // Release pairs with the acquire in Pop: what is in the magazine, and all
      // that was done to its blocks before they were freed.
      if (top_.compare_exchange_weak(top, changed, std::memory_order_release,
                                     std::memory_order_relaxed)) {
        return true;
      }
    }
  }

  // Takes the magazine on top and returns its number, or 0.
  uint32_t Pop(Mag* table) {
    // Acquire, here and below, pairs with the release in Push: the magazine's
    // link is read through it, then its blocks are used.
    uint64_t top = top_.load(std::memory_order_acquire);
    for (;;) {
      const uint32_t number = NumberOf(top);
      if (number == 0) return 0;
      // Atomic: who has taken it meanwhile may write it.  The exchange fails
      // then, for the version has changed.
      const uint32_t below = table[number].next.load(std::memory_order_relaxed);
      const uint64_t changed = Word(below, DepthOf(top) - 1, top);
      // On success the value was acquired when it was read: acquire is here
      // because compilers want no less than on failure.
      if (top_.compare_exchange_weak(top, changed, std::memory_order_acquire)) {
        return number;
      }
    }
  }

  // Returns how many there are, at some moment of late.
  uint32_t Depth() const {
    return DepthOf(top_.load(std::memory_order_relaxed));
  }

 private:
  // From the lowest bit: 20 bits number, 20 bits depth, 24 bits version.
  static constexpr int kNumberBits = 20;
  static constexpr int kDepthBits = 20;
  static constexpr int kVersionAt = kNumberBits + kDepthBits;

  static uint32_t NumberOf(uint64_t word) {
    return static_cast<uint32_t>(word & ((1u << kNumberBits) - 1));
  }
  static uint32_t DepthOf(uint64_t word) {
    return static_cast<uint32_t>(word >> kNumberBits) &
           ((1u << kDepthBits) - 1);
  }
  static uint64_t Word(uint32_t number, uint32_t depth, uint64_t before) {
    const uint64_t version = (before >> kVersionAt) + 1;
    return version << kVersionAt | uint64_t{depth} << kNumberBits | number;
  }

  typename Sync::template atomic<uint64_t> top_;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_MAGAZINE_H_
