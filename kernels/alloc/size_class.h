// The sizes that blocks come in: multiples of 16 bytes up to 128, from there
// eight per doubling up to 2 MiB.
//
// A block has at most 15 bytes more than asked for, or is at most 12.5 % larger
// than it had to be: 11.1 % of it goes unused at worst, just above a power of
// two.
#ifndef KERNELS_ALLOC_SIZE_CLASS_H_
#define KERNELS_ALLOC_SIZE_CLASS_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace fozzy::alloc {

// The number of a size, from 1; 0 stands for memory that holds no block.
using SizeClass = uint8_t;

inline constexpr size_t kGranule = 16;   // alignment of every block
inline constexpr size_t kFineMax = 128;  // multiples of kGranule up to here
inline constexpr size_t kClassMax = 2 << 20;  // larger blocks have no class
inline constexpr size_t kClasses = 121;       // with number 0
inline constexpr SizeClass kNoClass = 0;
inline constexpr SizeClass kHugeClass = kClasses;  // of blocks above kClassMax

// Returns the size of blocks of class `c`.  Requires 1 <= c < kClasses.
constexpr size_t SizeOfClass(size_t c) {
  if (c <= 8) return c * kGranule;
  return (9 + (c - 9) % 8) << ((c - 9) / 8 + 4);
}

// As ClassOf, by arithmetic.  Requires 1 <= size <= kClassMax.
constexpr SizeClass ComputeClass(size_t size) {
  if (size <= kFineMax) {
    return static_cast<SizeClass>((size + kGranule - 1) / kGranule);
  }
  const size_t last = size - 1;
  const auto log = static_cast<size_t>(std::bit_width(last)) - 1;
  return static_cast<SizeClass>(1 + (log - 7) * 8 + (last >> (log - 3)));
}

// Where a thread has the bin of a class: twice the class, so that an index of
// pointers is found without arithmetic.
using BinIndex = uint8_t;

constexpr BinIndex BinOf(size_t c) { return static_cast<BinIndex>(2 * c); }

inline constexpr size_t kTableMax = 8 << 10;

struct BinTable {
  std::array<BinIndex, kTableMax / kGranule + 1> of = {};

  constexpr BinTable() {
    of[0] = BinOf(1);
    for (size_t i = 1; i < of.size(); ++i) {
      of[i] = BinOf(ComputeClass(i * kGranule));
    }
  }
};
inline constexpr BinTable kBinTable;

// Returns the bin of the least class whose blocks hold `size` bytes; that of 1
// byte for 0.  Requires size <= kTableMax.
inline BinIndex BinOfSize(size_t size) {
  return kBinTable.of[(size + kGranule - 1) / kGranule];
}

// Returns the least class whose blocks hold `size` bytes and lie at multiples
// of `alignment` if the first does; kHugeClass if there is none.  Requires
// `alignment` to be a power of two.
constexpr SizeClass AlignedClassOf(size_t size, size_t alignment) {
  if (size > kClassMax || alignment > kClassMax) return kHugeClass;
  const size_t rounded =
      size == 0 ? alignment : (size + alignment - 1) & ~(alignment - 1);
  if (rounded > kClassMax) return kHugeClass;
  size_t c = ComputeClass(rounded);
  while (SizeOfClass(c) % alignment != 0) ++c;
  return static_cast<SizeClass>(c);
}

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_SIZE_CLASS_H_
