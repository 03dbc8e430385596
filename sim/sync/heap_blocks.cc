#include "sim/sync/heap_blocks.h"

#include <sys/mman.h>

#include <cstring>
#include <functional>

#include "sim/base/check.h"
#include "sim/sanitizers.h"

namespace fozzy {
namespace {

// Far from where programs, stacks and libraries are, and from what sanitizers
// keep for themselves.
std::byte* FirstRegion() {
  const uintptr_t first =
      IsUnderThreadSanitizer() ? 0x2000000000 : 0x200000000000;
  return reinterpret_cast<std::byte*>(first);
}

}  // namespace

HeapBlocks::~HeapBlocks() {
  if (base_ != nullptr) munmap(base_, kRegion);
}

bool HeapBlocks::IsHeap(const void* address) {
  const auto* byte = static_cast<const std::byte*>(address);
  const std::less<> is_less;
  return !is_less(byte, FirstRegion()) &&
         is_less(byte, FirstRegion() + kRegions * kRegion);
}

// Takes the first region that is free: other simulations have the rest.
void HeapBlocks::Map() {
  for (size_t i = 0; i < kRegions; ++i) {
    std::byte* wanted = FirstRegion() + i * kRegion;
    void* got =
        mmap(wanted, kRegion, PROT_NONE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE,
             -1, 0);
    if (got == MAP_FAILED) continue;
    FOZZY_CHECK(got == wanted);
    base_ = wanted;
    return;
  }
  FOZZY_CHECK(base_ != nullptr);
}

bool HeapBlocks::Commit(size_t bytes) {
  constexpr size_t kStep = size_t{1} << 20;
  if (bytes <= committed_) return true;
  if (bytes > kRegion) return false;
  const size_t wanted = (bytes + kStep - 1) / kStep * kStep;
  if (mprotect(base_ + committed_, wanted - committed_,
               PROT_READ | PROT_WRITE) != 0) {
    return false;
  }
  committed_ = wanted;
  return true;
}

void* HeapBlocks::Allocate(size_t bytes, size_t alignment) {
  if (base_ == nullptr) Map();
  if (bytes > kRegion) return nullptr;
  // A granule is left free between blocks, so that a pointer to the end of one
  // does not look like one into the next.
  const size_t unaligned = (granules_.size() + 1) * kGranule;
  const size_t offset = (unaligned + alignment - 1) / alignment * alignment;
  if (!Commit(offset + bytes)) return nullptr;
  blocks_.push_back({.offset = offset, .bytes = bytes});
  granules_.resize(offset / kGranule);
  granules_.resize(offset / kGranule + bytes / kGranule + 1,
                   NumberOf(blocks_.back()));
  std::memset(base_ + offset, 0xa5, bytes);
  return base_ + offset;
}

}  // namespace fozzy
