#include "backends/alloc/operation_list.h"

#include "sim/base/fast_rng.h"

namespace fozzy {
namespace {

size_t DrawSize(uint64_t bits) {
  switch (bits % 64) {
    case 0:
      return ~size_t{0} - (bits >> 8) % 100'000;  // nobody has so much
    case 1:
      return 0;
    case 2:
      return (bits >> 8) % 100'000;
    default:
      return (bits >> 8) % 600;
  }
}

}  // namespace

std::vector<AllocOperation> MakeAllocOperations(uint64_t seed, size_t count) {
  FastRng rng(seed);
  std::vector<AllocOperation> operations(count);
  for (AllocOperation& operation : operations) {
    const uint64_t bits = rng.Next();
    operation.call = static_cast<AllocCall>(bits % 5);
    operation.slot = static_cast<uint32_t>(bits >> 8) % kAllocSlots;
    operation.size = DrawSize(rng.Next());
    if (operation.call == AllocCall::kAllocateAligned) {
      operation.alignment = size_t{16} << ((bits >> 40) % 9);
    }
  }
  return operations;
}

}  // namespace fozzy
