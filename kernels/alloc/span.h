// Runs of units of the arena, and lists of them.
#ifndef KERNELS_ALLOC_SPAN_H_
#define KERNELS_ALLOC_SPAN_H_

#include <cstddef>
#include <cstdint>

namespace fozzy::alloc {

enum class SpanState : uint8_t {
  kNone,  // not the first unit of a span
  kFree,
  kBlocks,  // blocks of one class
  kHuge,    // one block that has no class
};

// What is known of a span.  Kept in a table beside the arena, at the number of
// the span's first unit, out of reach of those who write behind their blocks.
// Zero-initialised memory is that of units never used.
struct Span {
  uint32_t units;
  uint32_t first;  // also kept for the last unit, and for all of shared spans
  uint32_t previous;  // in the list of its kind
  uint32_t next;
  uint32_t dirty_previous;  // in the list of dirty free spans
  uint32_t dirty_next;
  uint64_t freed_at;  // when it became free, in nanoseconds
  uint16_t blocks;
  uint16_t free_blocks;
  uint16_t first_word;  // no bit of the map is set before this word
  uint8_t size_class;
  SpanState state;
  bool is_dirty;  // has memory that was written to
};

// A doubly linked list of spans by number; unit 0 is never used.
// Zero-initialised memory is an empty list.
template <uint32_t Span::*kPrevious, uint32_t Span::*kNext>
class SpanList {
 public:
  uint32_t front() const { return front_; }

  void PushFront(Span* spans, uint32_t span) {
    spans[span].*kPrevious = 0;
    spans[span].*kNext = front_;
    (front_ != 0 ? spans[front_].*kPrevious : back_) = span;
    front_ = span;
  }

  void PushBack(Span* spans, uint32_t span) {
    spans[span].*kPrevious = back_;
    spans[span].*kNext = 0;
    (back_ != 0 ? spans[back_].*kNext : front_) = span;
    back_ = span;
  }

  void Remove(Span* spans, uint32_t span) {
    const uint32_t previous = spans[span].*kPrevious;
    const uint32_t next = spans[span].*kNext;
    (previous != 0 ? spans[previous].*kNext : front_) = next;
    (next != 0 ? spans[next].*kPrevious : back_) = previous;
  }

 private:
  uint32_t front_;
  uint32_t back_;
};

using ClassList = SpanList<&Span::previous, &Span::next>;
using DirtyList = SpanList<&Span::dirty_previous, &Span::dirty_next>;

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_SPAN_H_
