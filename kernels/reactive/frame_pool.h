// Memory of coroutine frames and of what belongs to them.
#ifndef FOZZY_KERNELS_REACTIVE_FRAME_POOL_H_
#define FOZZY_KERNELS_REACTIVE_FRAME_POOL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>

namespace fozzy::reactive {

// Hands out blocks and takes them back; a block that came back is the next one
// of its size to be handed out.  Memory goes back to `source` when the pool
// ends, so the pool is as large as its largest use.
//
// Not for several threads: each reactor has its own.
class FramePool {
 public:
  // Requires `source` to outlive the pool.
  explicit FramePool(std::pmr::memory_resource* source) : source_(source) {}
  ~FramePool();
  FramePool(const FramePool&) = delete;
  FramePool& operator=(const FramePool&) = delete;

  // Returns `size` bytes, aligned to 16.
  void* Allocate(size_t size) {
    const size_t rank = (size + kUnit - 1) / kUnit;
    if (rank > kRanks) [[unlikely]] {
      return source_->allocate(size, kAlignment);
    }
    Free*& free = free_[rank - 1];
    if (free == nullptr) [[unlikely]] {
      return Carve(rank * kUnit);
    }
    Free* const block = free;
    free = block->next;
    return block;
  }

  // Takes back what Allocate(size) returned.
  void Release(void* block, size_t size) {
    const size_t rank = (size + kUnit - 1) / kUnit;
    if (rank > kRanks) [[unlikely]] {
      source_->deallocate(block, size, kAlignment);
      return;
    }
    free_[rank - 1] = ::new (block) Free{free_[rank - 1]};
  }

 private:
  static constexpr size_t kAlignment = 16;
  static constexpr size_t kUnit = 32;
  static constexpr size_t kRanks = 32;  // larger blocks are not pooled
  static constexpr size_t kChunkBytes = 64 * 1024;

  struct Free {
    Free* next;
  };
  struct Chunk {
    Chunk* next;
    uint64_t padding;
  };

  void* Carve(size_t bytes);

  std::pmr::memory_resource* source_;
  std::array<Free*, kRanks> free_ = {};
  Chunk* chunks_ = nullptr;
  std::byte* begin_ = nullptr;  // of what is left of the newest chunk
  size_t left_ = 0;
};

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_FRAME_POOL_H_
