// The blocks of all classes that no thread has at hand.
#ifndef KERNELS_ALLOC_BLOCK_STORE_H_
#define KERNELS_ALLOC_BLOCK_STORE_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "kernels/alloc/class_layout.h"
#include "kernels/alloc/size_class.h"
#include "kernels/alloc/span.h"
#include "kernels/alloc/span_blocks.h"
#include "kernels/alloc/span_heap.h"

namespace fozzy::alloc {

// Takes blocks from spans and puts them back.  Which blocks of a span are free
// is kept in a bit map beside the arena, so blocks are not written to, and one
// that is put back twice, or was never given out, is noticed.
//
// The caller holds a lock over all calls but ClassAt.  Memory is as for
// SpanHeap; Var<T> is a T that is watched when simulated.
template <class Memory, class Shape, template <class> class Var>
class BlockStore {
 public:
  using Heap = SpanHeap<Memory, Shape>;

  static constexpr std::array<ClassLayout, kClasses> kLayouts =
      MakeLayouts<Shape>();

  constexpr explicit BlockStore(Memory& memory)
      : memory_(memory), heap_(memory) {}

  // Of the numbers of units, in the table of all.
  static constexpr size_t kTableMask =
      (size_t{1} << (Shape::kAddressBits - Shape::kUnitBits)) - 1;

  // Returns false if there is no memory.
  bool Init() {
    for (const bool wants_full_table : {true, false}) {
      for (size_t bytes = Shape::kArenaMax; bytes >= Shape::kArenaMin;
           bytes /= 2) {
        if (InitWith(bytes, wants_full_table)) return true;
      }
    }
    return false;
  }

  Heap& heap() { return heap_; }

  // The bin of each unit: that at address A has number A / kUnit & kTableMask
  // if has_full_table(), so that every address has one.
  const Var<BinIndex>* bins() const { return bins_; }
  bool has_full_table() const { return first_unit_ == 0; }

  // Returns the class of the block at `block`, kHugeClass, or kNoClass if there
  // cannot be one.  Needs no lock for a block that is in use.
  SizeClass ClassAt(const void* block) const {
    if (OffsetOf(block) >= arena_bytes_) return kNoClass;
    return bins_[reinterpret_cast<uintptr_t>(block) / Shape::kUnit -
                 first_unit_] /
           2;
  }

  // Returns the bytes of a block that is in use.
  size_t SizeAt(const void* block) {
    const SizeClass c = ClassAt(block);
    if (c == kNoClass) return 0;
    if (c != kHugeClass) return kLayouts[c].size;
    return heap_.spans()[UnitOf(block)].units * Shape::kUnit;
  }

  // Writes up to `count` free blocks of class `c` to `blocks`, which the caller
  // owns then, the one at the lowest address last.  Returns how many.
  size_t Take(size_t c, void** blocks, size_t count) {
    size_t taken = 0;
    while (taken < count) {
      uint32_t span = partial_[c].front();
      if (span == 0) span = NewSpan(c);
      if (span == 0) break;
      taken += TakeFrom(span, blocks + taken, count - taken);
    }
    for (size_t i = 0; i < taken / 2; ++i) {
      std::swap(blocks[i], blocks[taken - 1 - i]);
    }
    live_bytes_ += taken * kLayouts[c].size;
    return taken;
  }

  // What is wrong with putting `block` back.
  enum class Put : uint8_t { kDone, kForeign, kTwice };

  // Puts one block of any kind back at time `now`.  Free memory of more than
  // `retain_max` bytes is given back to the system at once.
  Put PutBack(void* block, uint64_t now, size_t retain_max) {
    const SizeClass c = ClassAt(block);
    if (c == kNoClass) return Put::kForeign;
    const uint32_t unit = UnitOf(block);
    Span* spans = heap_.spans();
    const uint32_t span = c == kHugeClass ? unit : spans[unit].first;
    if (c == kHugeClass || kLayouts[c].blocks == 1) {
      if (block != heap_.AddressOf(span)) return Put::kForeign;
      live_bytes_ -= SizeAt(block);
      Release(span, now, retain_max);
      return Put::kDone;
    }
    const Put put = PutInto(span, block);
    if (put != Put::kDone) return put;
    if (spans[span].free_blocks == spans[span].blocks &&
        (spans[span].next != 0 || spans[span].previous != 0)) {
      // One empty span is kept, so that the last block of a class may come and
      // go.
      partial_[c].Remove(spans, span);
      Release(span, now, retain_max);
    }
    return Put::kDone;
  }

  // Returns a block of `units` units without a class, or null.  `was_dirty`
  // says whether it may be other than 0.
  void* TakeHuge(uint32_t units, uint32_t alignment, bool& was_dirty) {
    const uint32_t span = heap_.Allocate(units, alignment);
    if (span == 0) return nullptr;
    ++changes_;
    heap_.spans()[span].state = SpanState::kHuge;
    was_dirty = heap_.spans()[span].is_dirty;
    unit_bins_[span] = BinOf(kHugeClass);
    live_bytes_ += units * Shape::kUnit;
    return heap_.AddressOf(span);
  }

  // Makes a block without a class longer or shorter, in place.  Returns whether
  // that could be done.
  bool ResizeHuge(void* block, uint32_t units, uint64_t now) {
    const uint32_t span = UnitOf(block);
    const uint32_t before = heap_.spans()[span].units;
    if (units > before && !heap_.Extend(span, units)) return false;
    if (units < before) heap_.Shrink(span, units, now);
    ++changes_;
    live_bytes_ += (size_t{units} - before) * Shape::kUnit;
    return true;
  }

  // Returns whether `block`, of class `c`, is the start of a block and in use,
  // as far as the store knows: blocks at hand for threads are in use.
  Put Check(const void* block, size_t c) {
    const uint32_t unit = UnitOf(block);
    const uint32_t span = c == kHugeClass ? unit : heap_.spans()[unit].first;
    if (c == kHugeClass || kLayouts[c].blocks == 1) {
      return block == heap_.AddressOf(span) ? Put::kDone : Put::kForeign;
    }
    uint32_t index = 0;
    if (!BlocksOf(span).Find(block, index)) return Put::kForeign;
    return BlocksOf(span).IsFree(index) ? Put::kTwice : Put::kDone;
  }

  // Gives back empty spans of all classes.
  void ReleaseEmpty(uint64_t now, size_t retain_max) {
    Span* spans = heap_.spans();
    for (size_t c = 1; c < kClasses; ++c) {
      uint32_t span = partial_[c].front();
      while (span != 0) {
        const uint32_t next = spans[span].next;
        if (spans[span].free_blocks == spans[span].blocks) {
          partial_[c].Remove(spans, span);
          Release(span, now, retain_max);
        }
        span = next;
      }
    }
  }

  // Bytes of blocks that are in use or at hand for a thread.
  size_t live_bytes() const { return live_bytes_; }

 private:
  static constexpr size_t kWords = Shape::kUnit / kGranule / 64;
  using Map = std::array<uint64_t, kWords>;  // of one span: its free blocks

  bool InitWith(size_t bytes, bool wants_full_table) {
    if (!heap_.Init(bytes)) return false;
    const size_t first =
        reinterpret_cast<uintptr_t>(heap_.base()) / Shape::kUnit;
    first_unit_ = wants_full_table ? 0 : first;
    maps_ = memory_.template NewTable<Map>(heap_.units() + 1);
    bins_ = memory_.template NewTable<Var<BinIndex>>(
        wants_full_table ? kTableMask + 1 : heap_.units());
    if (maps_ == nullptr || bins_ == nullptr) {
      memory_.ReleaseAll();
      return false;
    }
    unit_bins_ = bins_ + (first - first_unit_);
    arena_bytes_ = bytes;
    return true;
  }

  size_t OffsetOf(const void* block) const {
    return reinterpret_cast<uintptr_t>(block) -
           reinterpret_cast<uintptr_t>(heap_.base());
  }
  uint32_t UnitOf(const void* block) const {
    return static_cast<uint32_t>(OffsetOf(block) / Shape::kUnit);
  }

  uint32_t NewSpan(size_t c) {
    const ClassLayout& layout = kLayouts[c];
    const uint32_t number = heap_.Allocate(layout.units);
    if (number == 0) return 0;
    ++changes_;
    Span* spans = heap_.spans();
    Span& span = spans[number];
    span.state = SpanState::kBlocks;
    span.size_class = static_cast<uint8_t>(c);
    // Of a block that has its span for itself only the start can be freed.
    const uint32_t shown = layout.blocks == 1 ? 1 : layout.units;
    for (uint32_t i = 0; i < shown; ++i) {
      spans[number + i].first = number;
      unit_bins_[number + i] = BinOf(c);
    }
    BlocksOf(number).FreeAll();
    partial_[c].PushFront(spans, number);
    return number;
  }

  SpanBlocks BlocksOf(uint32_t number) {
    Span& span = heap_.spans()[number];
    return {span, maps_[number].data(), kLayouts[span.size_class],
            heap_.AddressOf(number)};
  }

  size_t TakeFrom(uint32_t number, void** blocks, size_t count) {
    ++changes_;
    const size_t taken = BlocksOf(number).Take(blocks, count);
    const Span& span = heap_.spans()[number];
    if (span.free_blocks == 0) {
      partial_[span.size_class].Remove(heap_.spans(), number);
    }
    return taken;
  }

  Put PutInto(uint32_t number, void* block) {
    SpanBlocks blocks = BlocksOf(number);
    uint32_t index = 0;
    if (!blocks.Find(block, index)) return Put::kForeign;
    if (blocks.IsFree(index)) return Put::kTwice;
    ++changes_;
    blocks.PutBack(index);
    const Span& span = heap_.spans()[number];
    if (span.free_blocks == 1) {
      partial_[span.size_class].PushFront(heap_.spans(), number);
    }
    live_bytes_ -= kLayouts[span.size_class].size;
    return Put::kDone;
  }

  // Gives a span, in no list, back to the heap.
  void Release(uint32_t number, uint64_t now, size_t retain_max) {
    ++changes_;
    const uint32_t units = heap_.spans()[number].units;
    const SizeClass c = unit_bins_[number] / 2;
    const bool is_shared = c != kHugeClass && kLayouts[c].blocks != 1;
    const uint32_t shown = is_shared ? units : 1;
    for (uint32_t i = 0; i < shown; ++i)
      unit_bins_[number + i] = BinOf(kNoClass);
    if (units * Shape::kUnit > retain_max) {
      heap_.FreeNow(number);
    } else {
      heap_.Free(number, now);
    }
  }

  Memory& memory_;
  Heap heap_;
  Map* maps_ = nullptr;
  Var<BinIndex>* bins_ = nullptr;       // of units by address
  Var<BinIndex>* unit_bins_ = nullptr;  // of units of the arena
  size_t first_unit_ = 0;               // number of bins_[0]
  size_t arena_bytes_ = 0;
  size_t live_bytes_ = 0;
  ClassList partial_[kClasses] = {};  // spans with free blocks
  Var<uint32_t> changes_ = 0;         // tells a watcher who changes what, when
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_BLOCK_STORE_H_
