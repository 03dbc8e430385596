// The blocks of one span.
#ifndef KERNELS_ALLOC_SPAN_BLOCKS_H_
#define KERNELS_ALLOC_SPAN_BLOCKS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "kernels/alloc/class_layout.h"
#include "kernels/alloc/span.h"

namespace fozzy::alloc {

// Which blocks of a span are free: bit i of the map says it of block i.  A view
// of data that belongs to a BlockStore.
class SpanBlocks {
 public:
  SpanBlocks(Span& span, uint64_t* map, const ClassLayout& layout,
             std::byte* start)
      : span_(span), map_(map), layout_(layout), start_(start) {}

  // Makes all blocks free.
  void FreeAll() {
    span_.blocks = span_.free_blocks = static_cast<uint16_t>(layout_.blocks);
    span_.first_word = 0;
    for (uint32_t word = 0; word * 64 < layout_.blocks; ++word) {
      const uint32_t rest = layout_.blocks - word * 64;
      map_[word] = rest >= 64 ? ~uint64_t{0} : (uint64_t{1} << rest) - 1;
    }
  }

  // Writes up to `count` free blocks to `blocks`, which are in use then, from
  // the lowest address on.  Returns how many.
  size_t Take(void** blocks, size_t count) {
    size_t taken = 0;
    size_t word = span_.first_word;
    while (taken < count && span_.free_blocks != 0) {
      uint64_t& bits = map_[word];
      if (bits == 0) {
        ++word;
        continue;
      }
      const auto bit = static_cast<size_t>(std::countr_zero(bits));
      bits &= bits - 1;
      blocks[taken++] = start_ + (word * 64 + bit) * layout_.size;
      --span_.free_blocks;
    }
    span_.first_word = static_cast<uint16_t>(word);
    return taken;
  }

  // Finds the number of the block at `block`, an address in the span.  Returns
  // false if none starts there.
  bool Find(const void* block, uint32_t& index) const {
    const auto offset =
        static_cast<uint64_t>(static_cast<const std::byte*>(block) - start_);
    index = layout_.IndexOf(offset);
    return uint64_t{index} * layout_.size == offset && index < span_.blocks;
  }

  bool IsFree(uint32_t index) const {
    return (map_[index / 64] >> (index % 64) & 1) != 0;
  }

  // Makes a block that is in use free.
  void PutBack(uint32_t index) {
    map_[index / 64] |= uint64_t{1} << (index % 64);
    span_.first_word =
        std::min(span_.first_word, static_cast<uint16_t>(index / 64));
    ++span_.free_blocks;
  }

 private:
  Span& span_;
  uint64_t* map_;
  const ClassLayout& layout_;
  std::byte* start_;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_SPAN_BLOCKS_H_
