// The memory that simulated programs ask fozzy::heap for.
#ifndef FOZZY_SIM_SYNC_HEAP_BLOCKS_H_
#define FOZZY_SIM_SYNC_HEAP_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fozzy/decision.h"
#include "fozzy/site.h"

namespace fozzy {

// Gives out blocks of one region, in order of addresses, none twice in a run.
// The region is where it is in every process, unless something else is there,
// and the next run finds it empty: the same program gets the same addresses.
class HeapBlocks {
 public:
  enum class State : uint8_t { kLive = 0, kDying, kFreed };

  struct Block {
    size_t offset = 0;
    size_t bytes = 0;
    State state = State::kLive;
    TaskId task = {};  // who asked for it, and where
    Site site = {};
    TaskId freed_task = {};
    Site freed_site = {};
  };

  HeapBlocks() = default;
  HeapBlocks(const HeapBlocks&) = delete;
  HeapBlocks& operator=(const HeapBlocks&) = delete;
  ~HeapBlocks();

  // Starts a run: no block.
  void Reset() {
    blocks_.clear();
    granules_.clear();
  }

  // Whether there were blocks in this run.
  bool is_used() const { return !blocks_.empty(); }

  // Returns a new block of `bytes`, filled with 0xa5, or null if there is no
  // room for it.  Requires `alignment` to be a power of two, at most a page.
  void* Allocate(size_t bytes, size_t alignment);

  // Returns the block that `address` is in, or null.
  Block* Find(const void* address) {
    const size_t offset = OffsetOf(address);
    if (offset / kGranule >= granules_.size()) return nullptr;
    const uint32_t number = granules_[offset / kGranule];
    return number == 0 ? nullptr : &blocks_[number - 1];
  }

  // Whether `address` is where `block` starts.
  bool IsStart(const Block& block, const void* address) const {
    return OffsetOf(address) == block.offset;
  }

  // Whether `address` is in the region of any HeapBlocks.
  static bool IsHeap(const void* address);

  std::span<const Block> blocks() const { return blocks_; }

  // The number of a block, from 1, in the order they were asked for.
  uint32_t NumberOf(const Block& block) const {
    return static_cast<uint32_t>(&block - blocks_.data()) + 1;
  }

 private:
  static constexpr size_t kGranule = 16;
  static constexpr size_t kRegion = size_t{4} << 30;
  static constexpr size_t kRegions = 256;

  // Large for addresses before the region, too.
  size_t OffsetOf(const void* address) const {
    return static_cast<size_t>(static_cast<const std::byte*>(address) - base_);
  }
  void Map();
  bool Commit(size_t bytes);

  std::byte* base_ = nullptr;
  size_t committed_ = 0;
  std::vector<Block> blocks_;
  std::vector<uint32_t> granules_;  // the number of the block there, or 0
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SYNC_HEAP_BLOCKS_H_
