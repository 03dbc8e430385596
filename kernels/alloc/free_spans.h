// The free spans of an arena, found by length and by age.
#ifndef KERNELS_ALLOC_FREE_SPANS_H_
#define KERNELS_ALLOC_FREE_SPANS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "kernels/alloc/span.h"

namespace fozzy::alloc {

// Lists of free spans: by length up to some, by its logarithm above.  Dirty
// ones are in a list by age, too.  `spans` is the table of all.
class FreeSpans {
 public:
  // Adds a span.  Its length and dirt do not change until it is removed.
  void Add(Span* spans, uint32_t span) {
    const uint32_t list = ListOf(spans[span].units);
    by_length_[list].PushFront(spans, span);
    filled_[list / 64] |= uint64_t{1} << (list % 64);
    if (!spans[span].is_dirty) return;
    const uint32_t oldest = dirty_.front();
    if (oldest != 0 && spans[span].freed_at < spans[oldest].freed_at) {
      dirty_.PushFront(spans, span);
    } else {
      dirty_.PushBack(spans, span);
    }
  }

  void Remove(Span* spans, uint32_t span) {
    const uint32_t list = ListOf(spans[span].units);
    by_length_[list].Remove(spans, span);
    if (by_length_[list].front() == 0) {
      filled_[list / 64] &= ~(uint64_t{1} << (list % 64));
    }
    if (spans[span].is_dirty) dirty_.Remove(spans, span);
  }

  // Returns a span of the shortest list that has one of at least `units`, or 0.
  uint32_t Find(const Span* spans, uint32_t units) const {
    for (uint32_t list = NextFilled(ListOf(units)); list < kLists;
         list = NextFilled(list + 1)) {
      uint32_t span = by_length_[list].front();
      while (span != 0 && spans[span].units < units) span = spans[span].next;
      if (span != 0) return span;
    }
    return 0;
  }

  // Returns the dirty span to be given back first, or 0.
  uint32_t oldest_dirty() const { return dirty_.front(); }

 private:
  static constexpr uint32_t kExact = 128;
  static constexpr uint32_t kLists = kExact + 32;

  static uint32_t ListOf(uint32_t units) {
    if (units < kExact) return units;
    return kExact + static_cast<uint32_t>(std::bit_width(units)) -
           static_cast<uint32_t>(std::bit_width(kExact));
  }

  // Returns the first list, from `list` on, that has spans; kLists if none has.
  uint32_t NextFilled(uint32_t list) const {
    if (list >= kLists) return kLists;
    uint32_t word = list / 64;
    uint64_t bits = filled_[word] & (~uint64_t{0} << (list % 64));
    while (bits == 0) {
      if (++word == std::size(filled_)) return kLists;
      bits = filled_[word];
    }
    return word * 64 + static_cast<uint32_t>(std::countr_zero(bits));
  }

  ClassList by_length_[kLists] = {};
  DirtyList dirty_ = {};
  uint64_t filled_[(kLists + 63) / 64] = {};
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_FREE_SPANS_H_
