#include "sim/stack_pool.h"

#include <sys/mman.h>
#include <unistd.h>

#include <functional>

#include "sim/base/check.h"

namespace fozzy {
namespace {

// Since Linux 6.13, and not in the headers of Debian 12.  Unlike a protected
// page it needs no mapping of its own, of which there are 65,530.
constexpr int kMadviseGuardInstall = 102;

// Grows with demand: a test of two tasks maps little, one of 10,000 seldom.
constexpr size_t kStacksPerSlabMin = 8;
constexpr size_t kStacksPerSlabMax = 512;

}  // namespace

StackPool::StackPool(size_t stack_bytes)
    : page_(static_cast<size_t>(sysconf(_SC_PAGESIZE))),
      stack_bytes_((stack_bytes + page_ - 1) / page_ * page_) {}

StackPool::~StackPool() {
  for (const Slab& slab : slabs_) munmap(slab.start, slab.bytes);
}

std::byte* StackPool::New() {
  if (slabs_.empty() || used_ == slabs_.back().bytes) AddSlab();
  std::byte* guard = slabs_.back().start + used_;
  used_ += page_ + stack_bytes_;
  if (madvise(guard, page_, kMadviseGuardInstall) != 0) {
    FOZZY_CHECK(mprotect(guard, page_, PROT_NONE) == 0);
  }
  return guard + page_;
}

void StackPool::AddSlab() {
  size_t stacks = kStacksPerSlabMin;
  while (stacks < kStacksPerSlabMax && stacks < slabs_.size() * 8) stacks *= 2;
  const size_t bytes = stacks * (page_ + stack_bytes_);
  void* start = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  FOZZY_CHECK(start != MAP_FAILED);
  slabs_.push_back({static_cast<std::byte*>(start), bytes});
  used_ = 0;
}

bool StackPool::IsGuard(const void* address) const {
  const auto* byte = static_cast<const std::byte*>(address);
  const std::less<const std::byte*> is_less;
  for (const Slab& slab : slabs_) {
    if (is_less(byte, slab.start)) continue;
    if (!is_less(byte, slab.start + slab.bytes)) continue;
    const auto offset = static_cast<size_t>(byte - slab.start);
    return offset % (page_ + stack_bytes_) < page_;
  }
  return false;
}

}  // namespace fozzy
