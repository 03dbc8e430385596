#include "kernels/reactive/frame_pool.h"

#include <new>

namespace fozzy::reactive {

FramePool::~FramePool() {
  while (chunks_ != nullptr) {
    Chunk* const chunk = chunks_;
    chunks_ = chunk->next;
    source_->deallocate(chunk, kChunkBytes, kAlignment);
  }
}

void* FramePool::Carve(size_t bytes) {
  if (left_ < bytes) {
    void* const memory = source_->allocate(kChunkBytes, kAlignment);
    chunks_ = ::new (memory) Chunk{chunks_, 0};
    begin_ = static_cast<std::byte*>(memory) + sizeof(Chunk);
    left_ = kChunkBytes - sizeof(Chunk);
  }
  std::byte* const block = begin_;
  begin_ += bytes;
  left_ -= bytes;
  return block;
}

}  // namespace fozzy::reactive
