// How blocks of each class lie in their spans.
#ifndef KERNELS_ALLOC_CLASS_LAYOUT_H_
#define KERNELS_ALLOC_CLASS_LAYOUT_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernels/alloc/size_class.h"

namespace fozzy::alloc {

struct ClassLayout {
  uint32_t size = 0;
  uint32_t units = 0;
  uint32_t blocks = 0;      // of a span
  uint64_t reciprocal = 0;  // 2^40 / size, rounded up

  // Returns offset / size.  Exact for offsets of up to 2^19 bytes: the rounding
  // adds less than offset / 2^40 < 1 / size.
  uint32_t IndexOf(uint64_t offset) const {
    return static_cast<uint32_t>(offset * reciprocal >> 40);
  }
};

template <class Shape>
constexpr std::array<ClassLayout, kClasses> MakeLayouts() {
  std::array<ClassLayout, kClasses> layouts;
  for (size_t c = 1; c < kClasses; ++c) {
    const size_t size = SizeOfClass(c);
    const size_t units = Shape::SpanUnits(size);
    const size_t blocks =
        size <= Shape::kSharedMax ? units * Shape::kUnit / size : 1;
    layouts[c] = {static_cast<uint32_t>(size), static_cast<uint32_t>(units),
                  static_cast<uint32_t>(blocks),
                  ((uint64_t{1} << 40) + size - 1) / size};
  }
  return layouts;
}

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_CLASS_LAYOUT_H_
