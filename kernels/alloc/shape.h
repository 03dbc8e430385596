// How memory is cut up and how much of it is kept at hand.
#ifndef KERNELS_ALLOC_SHAPE_H_
#define KERNELS_ALLOC_SHAPE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "kernels/alloc/size_class.h"

namespace fozzy::alloc {

// The shape for real programs.  Tests have smaller ones.
struct NativeShape {
  // Spans of memory are made of units.
  static constexpr size_t kUnitBits = 15;
  static constexpr size_t kUnit = size_t{1} << kUnitBits;

  // Addresses have so many bits.
  static constexpr size_t kAddressBits = 47;

  // Address space asked for; half of it, and so on down to the least, where
  // there is less to be had.
  static constexpr size_t kArenaMax = size_t{256} << 30;
  static constexpr size_t kArenaMin = size_t{64} << 20;

  // Memory becomes usable in steps of so many units.
  static constexpr size_t kGrowUnits = 128;

  // Blocks up to this size share a span, larger ones have one each.
  static constexpr size_t kSharedMax = 32 << 10;

  static constexpr size_t kMagazineSlots = 128;
  static constexpr size_t kMagazinesMax = 1 << 16;

  // Returns the units of a span for blocks of `size` bytes.
  static constexpr size_t SpanUnits(size_t size) {
    const size_t blocks = size <= kSharedMax ? 8 : 1;
    return std::max<size_t>(1, (size * blocks + kUnit - 1) / kUnit);
  }

  // Returns how many blocks of `size` bytes a magazine holds.
  static constexpr size_t MagazineBlocks(size_t size) {
    if (size <= 1024) return kMagazineSlots;
    if (size <= (8 << 10)) return 64;
    if (size <= (32 << 10)) return 16;
    if (size <= (256 << 10)) return 8;
    return 4;
  }

  // Returns how many full magazines for blocks of `size` bytes wait between
  // threads.
  static constexpr size_t DepotMagazines(size_t size) {
    const size_t bytes = MagazineBlocks(size) * size;
    return std::clamp<size_t>((512 << 10) / bytes, 2, 32);
  }
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_SHAPE_H_
