// The part of Allocator that gives memory back.
//
// Every so many calls past the front a thread looks at the clock.  Spans that
// have been free for the decay time are given back to the system then; and once
// in a decay time half of each depot is emptied, and each thread that comes
// past the front parts with its second magazines, and with all of its larger
// blocks.  So what is not used for a few decay times goes, unless it is at hand
// for a thread that sleeps: that is at most two magazines of each class.
#ifndef KERNELS_ALLOC_ALLOCATOR_TRIM_H_
#define KERNELS_ALLOC_ALLOCATOR_TRIM_H_

#include "kernels/alloc/allocator.h"

namespace fozzy::alloc {

FOZZY_ALLOC_MEMBER(void)::Maintain(ThreadCache& cache) {
  slow_calls_.fetch_add(kMaintainEvery, std::memory_order_relaxed);
  const uint64_t now = clock_.Now();
  bool is_due = false;
  {
    const Lock lock(mutex_);
    is_due = now - trimmed_at_ >= options_.decay;
    if (is_due) trimmed_at_ = now;
    if (now >= options_.decay) {
      store_.heap().Purge(now - options_.decay, kPurgedAtOnce);
    }
  }
  if (is_due) {
    epoch_.fetch_add(1, std::memory_order_relaxed);
    TrimDepots(false);
  }
  const uint32_t epoch = epoch_.load(std::memory_order_relaxed);
  if (epoch == cache.epoch_) return;
  cache.epoch_ = epoch;
  TrimCache(cache, false);
}

FOZZY_ALLOC_MEMBER(void)::TrimCache(ThreadCache& cache, bool is_thorough) {
  for (size_t c = 1; c < kClasses; ++c) {
    const uint32_t previous = cache.previous_[c];
    cache.previous_[c] = 0;
    if (previous != 0) Drain(previous);
    if (is_thorough || SizeOfClass(c) > Shape::kSharedMax || !IsRetained(c)) {
      const uint32_t loaded = cache.loaded_[c];
      Unload(cache, c);
      Drain(loaded);
    }
  }
}

FOZZY_ALLOC_MEMBER(void)::TrimDepots(bool is_thorough) {
  for (size_t c = 1; c < kClasses; ++c) {
    const uint32_t depth = full_[c].Depth();
    const uint32_t count = is_thorough ? depth : (depth + 1) / 2;
    for (uint32_t i = 0; i < count; ++i) Drain(full_[c].Pop(magazines_));
  }
}

FOZZY_ALLOC_MEMBER(void)::Detach(ThreadCache& cache) {
  cache.state_ = ThreadCache::State::kDetached;
  for (size_t c = 1; c < kClasses; ++c) {
    const uint32_t loaded = cache.loaded_[c];
    const uint32_t previous = cache.previous_[c];
    Unload(cache, c);
    cache.previous_[c] = 0;
    for (const uint32_t number : {loaded, previous}) {
      if (number == 0) continue;
      if (magazines_[number].count == Shape::MagazineBlocks(SizeOfClass(c))) {
        Give(number, c);
      } else {
        Drain(number);
      }
    }
  }
}

FOZZY_ALLOC_MEMBER(void)::Trim(ThreadCache& cache) {
  if (magazines_ == nullptr) return;
  TrimCache(cache, true);
  TrimDepots(true);
  const uint64_t now = clock_.Now();
  const Lock lock(mutex_);
  store_.ReleaseEmpty(now, 0);
  store_.heap().Purge(~uint64_t{0}, ~size_t{0});
}

FOZZY_ALLOC_MEMBER(AllocatorStats)::GetStats() {
  Stats stats;
  stats.slow_calls = slow_calls_.load(std::memory_order_relaxed);
  for (size_t i = 0; i < kFaultKinds; ++i) {
    stats.faults[i] = faults_[i].load(std::memory_order_relaxed);
  }
  const Lock lock(mutex_);
  const auto& sizes = store_.heap().sizes();
  stats.reserved = sizes.reserved;
  stats.committed = sizes.committed;
  stats.free_dirty = sizes.free_dirty;
  stats.free_clean = sizes.free_clean;
  stats.purged = sizes.purged;
  stats.live = store_.live_bytes();
  return stats;
}

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_ALLOCATOR_TRIM_H_
