#include "trace/testing/allocation_meter.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace fozzy {
namespace {

// In bytes as malloc rounds them; wraps while what was there before the meter
// was started is freed.
size_t in_use = 0;
size_t peak = 0;

}  // namespace

void StartMeter() {
  in_use = 0;
  peak = 0;
}

size_t PeakBytes() { return peak; }

}  // namespace fozzy

void* operator new(size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) std::abort();
  fozzy::in_use += malloc_usable_size(memory);
  const auto above = static_cast<ptrdiff_t>(fozzy::in_use);
  if (above > 0) fozzy::peak = std::max(fozzy::peak, fozzy::in_use);
  return memory;
}

void operator delete(void* memory) noexcept {
  if (memory != nullptr) fozzy::in_use -= malloc_usable_size(memory);
  std::free(memory);
}

void operator delete(void* memory, size_t) noexcept { operator delete(memory); }
