// The fallback: one list of blocks, one lock, first fit.  Slow, and short
// enough to be seen to be right.
#ifndef KERNELS_ALLOC_FIRST_FIT_HEAP_H_
#define KERNELS_ALLOC_FIRST_FIT_HEAP_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

namespace fozzy::alloc {

// Blocks lie one behind the other in the arena, each behind a header; free
// neighbours are joined when a block is freed.
//
// Sync and Memory are as for Allocator, but the arena is written to.
//
// Source: Knuth, "The Art of Computer Programming", volume 1, section 2.5,
// algorithms A and C.
template <class Sync, class Memory>
class FirstFitHeap {
 public:
  // Manages `bytes` of memory at most.
  FirstFitHeap(Memory& memory, size_t bytes)
      : memory_(memory), bytes_(bytes & ~(kUnit - 1)) {}
  FirstFitHeap(const FirstFitHeap&) = delete;
  FirstFitHeap& operator=(const FirstFitHeap&) = delete;

  // Returns a block of at least `size` bytes at a multiple of `alignment`, a
  // power of two; or null.
  void* Allocate(size_t size, size_t alignment = kUnit) {
    if (size > bytes_ || alignment > bytes_) return nullptr;
    alignment = std::max(alignment, kUnit);
    size = std::max(RoundUp(size), kUnit);
    const Lock lock(mutex_);
    if (!Init()) return nullptr;
    for (Header* at = first_; at != nullptr; at = NextOf(at)) {
      if (at->is_used) continue;
      Header* fitting = AlignedIn(at, size, alignment);
      if (fitting == nullptr) continue;
      CutBehind(fitting, size);
      fitting->is_used = true;
      return fitting + 1;
    }
    return nullptr;
  }

  // Returns `count` times `size` bytes of 0, or null.
  void* AllocateZeroed(size_t count, size_t size) {
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) return nullptr;
    void* block = Allocate(bytes);
    if (block != nullptr) std::memset(block, 0, bytes);
    return block;
  }

  // Takes a block back; null is nothing.  Returns false, and does nothing, if
  // it is not one.
  bool Free(void* block) {
    if (block == nullptr) return true;
    const Lock lock(mutex_);
    Header* before = nullptr;
    for (Header* at = first_; at != nullptr; before = at, at = NextOf(at)) {
      if (at + 1 != block) continue;
      if (!at->is_used) return false;
      at->is_used = false;
      JoinNext(at);
      if (before != nullptr && !before->is_used) JoinNext(before);
      return true;
    }
    return false;
  }

  // Returns a block of at least `size` bytes that begins like `block`, which is
  // taken back; or null, and leaves it alone.
  void* Reallocate(void* block, size_t size) {
    if (block == nullptr) return Allocate(size);
    const size_t before = UsableSize(block);
    if (before == 0) return nullptr;
    void* moved = Allocate(size);
    if (moved == nullptr) return nullptr;
    std::memcpy(moved, block, std::min(before, size));
    Free(block);
    return moved;
  }

  // Returns how many bytes of a block may be used; 0 if it is not one.
  size_t UsableSize(const void* block) {
    const Lock lock(mutex_);
    for (Header* at = first_; at != nullptr; at = NextOf(at)) {
      if (at + 1 == block) return at->is_used ? at->size : 0;
    }
    return 0;
  }

 private:
  static constexpr size_t kUnit = 16;
  using Lock = typename Sync::template lock_guard<typename Sync::mutex>;

  // Before each block.
  struct alignas(kUnit) Header {
    size_t size;  // of the block, a multiple of kUnit
    bool is_used;
  };

  static size_t RoundUp(size_t size) {
    return (size + kUnit - 1) & ~(kUnit - 1);
  }
  static std::byte* BytesOf(Header* of) {
    return reinterpret_cast<std::byte*>(of + 1);
  }

  bool Init() {
    if (first_ != nullptr) return true;
    std::byte* arena = memory_.Reserve(bytes_);
    if (arena == nullptr || !memory_.Commit(arena, bytes_)) return false;
    end_ = arena + bytes_;
    first_ = ::new (arena) Header{bytes_ - sizeof(Header), false};
    return true;
  }

  Header* NextOf(Header* of) {
    std::byte* next = BytesOf(of) + of->size;
    return next == end_ ? nullptr : reinterpret_cast<Header*>(next);
  }

  // Returns the free block, cut off what is before it in `at` if need be, that
  // has room for `size` aligned bytes; or null.
  Header* AlignedIn(Header* at, size_t size, size_t alignment) {
    std::byte* start = BytesOf(at);
    size_t skipped = (0 - reinterpret_cast<uintptr_t>(start)) % alignment;
    // What is skipped becomes a block: it needs a header.
    if (skipped != 0 && skipped < sizeof(Header)) skipped += alignment;
    if (skipped > at->size || at->size - skipped < size) return nullptr;
    if (skipped == 0) return at;
    CutBehind(at, skipped - sizeof(Header));
    return NextOf(at);
  }

  // Makes what lies behind the first `size` bytes of a block a free block, if
  // it has room for a header.
  void CutBehind(Header* of, size_t size) {
    const size_t rest = of->size - size;
    if (rest < sizeof(Header)) return;
    of->size = size;
    ::new (BytesOf(of) + size) Header{rest - sizeof(Header), false};
  }

  void JoinNext(Header* of) {
    Header* next = NextOf(of);
    if (next == nullptr || next->is_used) return;
    of->size += sizeof(Header) + next->size;
  }

  Memory& memory_;
  const size_t bytes_;
  std::byte* end_ = nullptr;
  Header* first_ = nullptr;
  typename Sync::mutex mutex_;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_FIRST_FIT_HEAP_H_
