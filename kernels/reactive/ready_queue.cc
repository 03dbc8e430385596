#include "kernels/reactive/ready_queue.h"

#include <algorithm>

namespace fozzy::reactive {

void ReadyQueue::Grow() {
  constexpr uint32_t kCapacityMin = 64;
  const uint32_t capacity = std::max(kCapacityMin, 2 * capacity_);
  auto** const items = static_cast<Branch**>(
      memory_->allocate(capacity * sizeof(Branch*), alignof(Branch*)));
  for (uint32_t at = begin_; at != end_; ++at) {
    items[at & (capacity - 1)] = items_[at & (capacity_ - 1)];
  }
  Free(items_, capacity_);
  items_ = items;
  capacity_ = capacity;
}

void ReadyQueue::Free(Branch** items, uint32_t capacity) {
  if (items == nullptr) return;
  memory_->deallocate(items, capacity * sizeof(Branch*), alignof(Branch*));
}

}  // namespace fozzy::reactive
