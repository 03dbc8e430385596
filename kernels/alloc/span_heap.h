// The arena: one range of addresses, given out in spans of units.
#ifndef KERNELS_ALLOC_SPAN_HEAP_H_
#define KERNELS_ALLOC_SPAN_HEAP_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "kernels/alloc/free_spans.h"
#include "kernels/alloc/span.h"

namespace fozzy::alloc {

// Gives out spans, best fit first, and joins free neighbours.  What is free and
// has been written to is dirty until Purge gives it back to the system.
//
// The caller holds a lock over all calls.  Spans are named by their first unit.
//
// Memory supplies
//   T* NewTable<T>(n)         n objects, zero-initialised, or null
//   std::byte* Reserve(n)     addresses at a multiple of Shape::kUnit, or null
//   bool Commit(p, n)         makes them usable
//   void Decommit(p, n)       forgets their contents, which read as 0 then
//   void ReleaseAll()         ends all of the above
template <class Memory, class Shape>
class SpanHeap {
 public:
  // Bytes of the arena.
  struct Sizes {
    size_t reserved = 0;
    size_t committed = 0;
    size_t free_dirty = 0;
    size_t free_clean = 0;
    uint64_t purged = 0;  // in all, ever
  };

  constexpr explicit SpanHeap(Memory& memory) : memory_(memory) {}

  // Reserves `bytes` of addresses.  Returns false if there are too few.
  bool Init(size_t bytes) {
    base_ = memory_.Reserve(bytes);
    if (base_ == nullptr) return false;
    units_ = static_cast<uint32_t>(bytes / Shape::kUnit);
    spans_ = memory_.template NewTable<Span>(units_ + 1);
    if (spans_ == nullptr) {
      memory_.ReleaseAll();
      return false;
    }
    sizes_.reserved = bytes;
    frontier_ = committed_ = 1;
    return true;
  }

  Span* spans() { return spans_; }
  std::byte* base() const { return base_; }
  uint32_t units() const { return units_; }
  const Sizes& sizes() const { return sizes_; }
  std::byte* AddressOf(uint32_t unit) const {
    return base_ + size_t{unit} * Shape::kUnit;
  }

  // Returns a span that begins at a multiple of `alignment` units, a power of
  // two, or 0 if there is no memory.  Its state is up to the caller; is_dirty
  // says whether it may be other than 0.
  uint32_t Allocate(uint32_t units, uint32_t alignment = 1) {
    // Address space is aligned to one unit only.
    const uint32_t more = alignment - 1;
    if (units > units_ || more > units_ - units) return 0;
    uint32_t span = TakeFree(units + more);
    if (span == 0) span = Grow(units + more);
    if (span == 0) return 0;
    if (more != 0) span = TrimFront(span, alignment);
    TrimBack(span, units);
    spans_[span].state = SpanState::kNone;
    return span;
  }

  // Takes a span back at time `now`.
  void Free(uint32_t span, uint64_t now) {
    spans_[span].state = SpanState::kNone;
    spans_[span].freed_at = now;
    spans_[span].is_dirty = true;
    AddFree(Join(span));
  }

  // Makes a span longer, in place.  Returns false if that cannot be.
  bool Extend(uint32_t span, uint32_t units) {
    const uint32_t more = units - spans_[span].units;
    const uint32_t next = span + spans_[span].units;
    if (next < frontier_) {
      if (spans_[next].state != SpanState::kFree) return false;
      if (spans_[next].units < more) return false;
      RemoveFree(next);
    } else {
      if (Grow(more) != next) return false;
    }
    TrimBack(next, more);
    spans_[span].is_dirty |= spans_[next].is_dirty;
    SetUnits(span, units);
    return true;
  }

  // Takes back what of a span lies behind its first `units`.
  void Shrink(uint32_t span, uint32_t units, uint64_t now) {
    const uint32_t rest = span + units;
    SetUnits(rest, spans_[span].units - units);
    SetUnits(span, units);
    Free(rest, now);
  }

  // Gives memory back that has been free since `before`, of `spans_max` spans
  // at most.
  void Purge(uint64_t before, size_t spans_max) {
    for (size_t i = 0; i < spans_max; ++i) {
      const uint32_t span = free_.oldest_dirty();
      if (span == 0 || spans_[span].freed_at > before) return;
      PurgeSpan(span);
    }
  }

  // Takes a span back and its memory from the process, at once.
  void FreeNow(uint32_t span) {
    Decommit(span);
    spans_[span].state = SpanState::kNone;
    spans_[span].is_dirty = false;
    AddFree(Join(span));
  }

 private:
  void SetUnits(uint32_t span, uint32_t units) {
    spans_[span].units = units;
    spans_[span].first = span;
    spans_[span + units - 1].first = span;
  }

  void AddFree(uint32_t span) {
    spans_[span].state = SpanState::kFree;
    (spans_[span].is_dirty ? sizes_.free_dirty : sizes_.free_clean) +=
        BytesOf(span);
    free_.Add(spans_, span);
  }

  void RemoveFree(uint32_t span) {
    spans_[span].state = SpanState::kNone;
    (spans_[span].is_dirty ? sizes_.free_dirty : sizes_.free_clean) -=
        BytesOf(span);
    free_.Remove(spans_, span);
  }

  // Joins a span, in no list, with free neighbours.  A span with dirty memory
  // is dirty, and as old as its oldest part.
  uint32_t Join(uint32_t span) {
    const uint32_t next = span + spans_[span].units;
    if (next < frontier_ && spans_[next].state == SpanState::kFree) {
      RemoveFree(next);
      span = JoinTwo(span, next);
    }
    if (span > 1) {
      const uint32_t previous = spans_[span - 1].first;
      if (previous != 0 && spans_[previous].state == SpanState::kFree) {
        RemoveFree(previous);
        span = JoinTwo(previous, span);
      }
    }
    return span;
  }

  uint32_t JoinTwo(uint32_t span, uint32_t next) {
    Span& left = spans_[span];
    const Span& right = spans_[next];
    if (!left.is_dirty || (right.is_dirty && right.freed_at < left.freed_at)) {
      left.freed_at = right.freed_at;
    }
    left.is_dirty |= right.is_dirty;
    SetUnits(span, left.units + right.units);
    return span;
  }

  // Takes the shortest free span that is long enough, or returns 0.
  uint32_t TakeFree(uint32_t units) {
    const uint32_t span = free_.Find(spans_, units);
    if (span != 0) RemoveFree(span);
    return span;
  }

  // Returns a new, clean span at the frontier, or 0.
  uint32_t Grow(uint32_t units) {
    if (units > units_ - frontier_) return 0;
    const uint32_t end = frontier_ + units;
    if (end > committed_) {
      const uint32_t step = static_cast<uint32_t>(Shape::kGrowUnits);
      const uint32_t to = std::min(units_, std::max(end, committed_ + step));
      const size_t bytes = size_t{to - committed_} * Shape::kUnit;
      if (!memory_.Commit(AddressOf(committed_), bytes)) return 0;
      committed_ = to;
      sizes_.committed += bytes;
    }
    const uint32_t span = frontier_;
    frontier_ = end;
    SetUnits(span, units);
    spans_[span].is_dirty = false;
    spans_[span].state = SpanState::kNone;
    return span;
  }

  // Frees what of a span, in no list, lies before a multiple of `alignment`.
  // Returns the rest.
  uint32_t TrimFront(uint32_t span, uint32_t alignment) {
    const size_t bytes = size_t{alignment} * Shape::kUnit;
    const auto address = reinterpret_cast<uintptr_t>(AddressOf(span));
    const uint32_t units =
        static_cast<uint32_t>((0 - address) % bytes / Shape::kUnit);
    if (units == 0) return span;
    const uint32_t rest = Split(span, units);
    AddFree(Join(span));
    return rest;
  }

  void TrimBack(uint32_t span, uint32_t units) {
    if (spans_[span].units == units) return;
    const uint32_t rest = Split(span, units);
    AddFree(Join(rest));
  }

  // Cuts a span, in no list, behind its first `units`.  Returns the second.
  uint32_t Split(uint32_t span, uint32_t units) {
    const uint32_t rest = span + units;
    SetUnits(rest, spans_[span].units - units);
    SetUnits(span, units);
    spans_[rest].is_dirty = spans_[span].is_dirty;
    spans_[rest].freed_at = spans_[span].freed_at;
    spans_[rest].state = SpanState::kNone;
    spans_[span].state = SpanState::kNone;
    return rest;
  }

  size_t BytesOf(uint32_t span) const {
    return size_t{spans_[span].units} * Shape::kUnit;
  }

  void Decommit(uint32_t span) {
    memory_.Decommit(AddressOf(span), BytesOf(span));
    sizes_.purged += BytesOf(span);
  }

  // Makes a free dirty span clean.
  void PurgeSpan(uint32_t span) {
    RemoveFree(span);
    Decommit(span);
    spans_[span].is_dirty = false;
    AddFree(span);  // free neighbours were joined before
  }

  Memory& memory_;
  std::byte* base_ = nullptr;
  Span* spans_ = nullptr;
  uint32_t units_ = 0;      // of the arena
  uint32_t frontier_ = 0;   // no unit from here on was ever given out
  uint32_t committed_ = 0;  // units before this one are usable
  Sizes sizes_ = {};
  FreeSpans free_;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_SPAN_HEAP_H_
