// The part of Allocator behind the front: magazines, the store, large blocks.
#ifndef KERNELS_ALLOC_ALLOCATOR_SLOW_H_
#define KERNELS_ALLOC_ALLOCATOR_SLOW_H_

#include "kernels/alloc/allocator.h"

namespace fozzy::alloc {

FOZZY_ALLOC_MEMBER(bool)::InitLocked() {
  if (magazines_ != nullptr) return true;
  if (!store_.Init()) return false;
  if (store_.has_full_table()) {
    front_bins_ = store_.bins();
    bin_mask_ = Store::kTableMask;
  }
  if (options_.is_debug) {
    quarantine_ = memory_.template NewTable<void*>(kQuarantineBlocks);
  }
  magazines_ = memory_.template NewTable<Mag>(Shape::kMagazinesMax);
  return magazines_ != nullptr;
}

// Prepares for going past the front.  Returns false if there is no memory.
FOZZY_ALLOC_MEMBER(bool)::Begin(ThreadCache& cache) {
  // First: it may set options.
  if (cache.state_ == ThreadCache::State::kNew) {
    cache.state_ = ThreadCache::State::kAttached;
    if (options_.on_attach != nullptr) options_.on_attach(cache);
  }
  if (magazines_ == nullptr) {
    const Lock lock(mutex_);
    if (!InitLocked()) return false;
  }
  if (++cache.slow_calls_ % kMaintainEvery == 0) Maintain(cache);
  return true;
}

FOZZY_ALLOC_MEMBER(void*)::AllocateSlowly(ThreadCache& cache, size_t c,
                                          size_t size) {
  if (!Begin(cache)) return nullptr;
  if (options_.is_debug) [[unlikely]] {
    return AllocateGuarded(c, size);
  }
  if (MayKeep(cache, c) && Refill(cache, c)) {
    return cache.Pop(BinOf(c));
  }
  return TakeOne(c);
}

FOZZY_ALLOC_MEMBER(void*)::AllocateHuge(ThreadCache& cache, size_t size,
                                        size_t alignment, bool* is_zero) {
  const size_t bytes = options_.is_debug ? size + kGuardBytes : size;
  if (bytes < size || bytes > Shape::kArenaMax) return nullptr;
  if (alignment > Shape::kArenaMax || !Begin(cache)) return nullptr;
  const auto units = static_cast<uint32_t>(
      std::max<size_t>(1, (bytes + Shape::kUnit - 1) / Shape::kUnit));
  bool was_dirty = true;
  void* block = nullptr;
  {
    const Lock lock(mutex_);
    block = store_.TakeHuge(
        units,
        static_cast<uint32_t>(std::max<size_t>(1, alignment / Shape::kUnit)),
        was_dirty);
  }
  if (block == nullptr) return nullptr;
  if (options_.is_debug) GuardedBlock(block, units * Shape::kUnit).Begin(size);
  if (is_zero != nullptr) *is_zero = !was_dirty && !options_.is_debug;
  return block;
}

// Takes a block past all magazines.
FOZZY_ALLOC_MEMBER(void*)::TakeOne(size_t c) {
  void* block = nullptr;
  const Lock lock(mutex_);
  store_.Take(c, &block, 1);
  return block;
}

// Puts blocks behind Pop(c).  Returns false if there are none to be had.
FOZZY_ALLOC_MEMBER(bool)::Refill(ThreadCache& cache, size_t c) {
  const uint32_t loaded = cache.loaded_[c];
  const uint32_t previous = cache.previous_[c];
  if (previous != 0 && magazines_[previous].count != 0) {
    Unload(cache, c);
    cache.previous_[c] = loaded;
    Load(cache, c, previous);
    return true;
  }
  const uint32_t full = full_[c].Pop(magazines_);
  if (full != 0) {
    Unload(cache, c);
    if (previous == 0) {
      cache.previous_[c] = loaded;
    } else {
      Recycle(loaded);
    }
    Load(cache, c, full);
    return true;
  }
  if (loaded == 0 && !LoadEmpty(cache, c)) return false;
  const auto room = static_cast<size_t>(cache.End(c) - cache.Top(c));
  const Lock lock(mutex_);
  const size_t taken = store_.Take(c, cache.Top(c) + 1, (room + 1) / 2);
  cache.Top(c) += taken;
  return taken != 0;
}

// Makes Push(c) possible.  Returns false if there are no magazines.
FOZZY_ALLOC_MEMBER(bool)::MakeRoom(ThreadCache& cache, size_t c) {
  const uint32_t loaded = cache.loaded_[c];
  if (loaded == 0) return LoadEmpty(cache, c);
  uint32_t empty = cache.previous_[c];
  if (empty != 0 && magazines_[empty].count != 0) {
    Give(empty, c);
    empty = cache.previous_[c] = 0;
  }
  if (empty == 0) empty = NewMagazine();
  if (empty == 0) return false;
  Unload(cache, c);
  cache.previous_[c] = loaded;
  Load(cache, c, empty);
  return true;
}

FOZZY_ALLOC_MEMBER(bool)::LoadEmpty(ThreadCache& cache, size_t c) {
  const uint32_t number = NewMagazine();
  if (number == 0) return false;
  Load(cache, c, number);
  return true;
}

FOZZY_ALLOC_MEMBER(void)::Load(ThreadCache& cache, size_t c, uint32_t number) {
  Mag& magazine = magazines_[number];
  cache.loaded_[c] = number;
  cache.Top(c) = magazine.slots + magazine.count;
  cache.End(c) = magazine.slots + Shape::MagazineBlocks(SizeOfClass(c));
}

// Notes how full the magazine in use is, and takes it out.
FOZZY_ALLOC_MEMBER(void)::Unload(ThreadCache& cache, size_t c) {
  const uint32_t number = cache.loaded_[c];
  if (number == 0) return;
  Mag& magazine = magazines_[number];
  magazine.count = static_cast<uint32_t>(cache.Top(c) - magazine.slots);
  cache.loaded_[c] = 0;
  cache.Forget(c);
}

// Returns an empty magazine, or 0.
FOZZY_ALLOC_MEMBER(uint32_t)::NewMagazine() {
  const uint32_t empty = empty_.Pop(magazines_);
  if (empty != 0) return empty;
  // Relaxed: the number is all there is to it.
  if (magazines_made_.load(std::memory_order_relaxed) >=
      Shape::kMagazinesMax - 1) {
    return 0;
  }
  const uint32_t made =
      magazines_made_.fetch_add(1, std::memory_order_relaxed) + 1;
  return made < Shape::kMagazinesMax ? made : 0;
}

// Takes an empty magazine, or 0, back.
FOZZY_ALLOC_MEMBER(void)::Recycle(uint32_t number) {
  if (number != 0) empty_.Push(magazines_, number, kNoLimit);
}

// Offers a full magazine to other threads, or empties it.
FOZZY_ALLOC_MEMBER(void)::Give(uint32_t number, size_t c) {
  const size_t limit = Shape::DepotMagazines(SizeOfClass(c));
  if (!full_[c].Push(magazines_, number, static_cast<uint32_t>(limit))) {
    Drain(number);
  }
}

// Puts the blocks of a magazine back and recycles it.
FOZZY_ALLOC_MEMBER(void)::Drain(uint32_t number) {
  if (number == 0) return;
  Mag& magazine = magazines_[number];
  FreeAll(magazine.slots + 1, magazine.count);
  magazine.count = 0;
  Recycle(number);
}

FOZZY_ALLOC_MEMBER(void)::FreeSlowly(ThreadCache& cache, void* block) {
  if (block == nullptr) return;
  const SizeClass c = store_.ClassAt(block);
  if (c == kNoClass) return Report(FaultKind::kForeignFree, block);
  if (!Begin(cache)) return;
  if (options_.is_debug) [[unlikely]] {
    return FreeGuarded(block);
  }
  if (c != kHugeClass && MayKeep(cache, c) && MakeRoom(cache, c)) {
    cache.Push(BinOf(c), block);
    return;
  }
  FreeAll(&block, 1);
}

FOZZY_ALLOC_MEMBER(void)::FreeAll(void** blocks, size_t count) {
  const uint64_t now = clock_.Now();
  const size_t retain_max = retain_max_.load(std::memory_order_relaxed);
  for (size_t i = 0; i < count;) {
    Put put = Put::kDone;
    {
      const Lock lock(mutex_);
      while (i < count && put == Put::kDone) {
        put = store_.PutBack(blocks[i++], now, retain_max);
      }
    }
    if (put != Put::kDone) ReportPut(put, blocks[i - 1]);
  }
}

FOZZY_ALLOC_MEMBER(void)::Report(FaultKind kind, const void* block) {
  faults_[static_cast<size_t>(kind)].fetch_add(1, std::memory_order_relaxed);
  if (options_.report != nullptr) options_.report(kind, block);
}

FOZZY_ALLOC_MEMBER(void)::ReportPut(Put put, const void* block) {
  Report(put == Put::kTwice ? FaultKind::kDoubleFree : FaultKind::kForeignFree,
         block);
}

FOZZY_ALLOC_MEMBER(size_t)::SizeAt(const void* block) {
  const SizeClass c = store_.ClassAt(block);
  if (c != kHugeClass) return c == kNoClass ? 0 : SizeOfClass(c);
  const Lock lock(mutex_);
  return store_.SizeAt(block);
}

FOZZY_ALLOC_MEMBER(bool)::ResizeInPlace(void* block, size_t before,
                                        size_t size) {
  if (options_.is_debug) return false;
  if (store_.ClassAt(block) != kHugeClass) {
    // Half of a block may go unused before it is worth a move.
    return size <= before && size >= before / 2;
  }
  if (size <= kClassMax || size > Shape::kArenaMax) return false;
  const auto units =
      static_cast<uint32_t>((size + Shape::kUnit - 1) / Shape::kUnit);
  const uint64_t now = clock_.Now();
  const Lock lock(mutex_);
  return store_.ResizeHuge(block, units, now);
}

FOZZY_ALLOC_MEMBER(void*)::Reallocate(ThreadCache& cache, void* block,
                                      size_t size) {
  if (block == nullptr) return Allocate(cache, size);
  const size_t before = UsableSize(block);
  if (before == 0 && !Owns(block)) {
    Report(FaultKind::kForeignFree, block);
    return nullptr;
  }
  if (ResizeInPlace(block, before, size)) return block;
  void* moved = Allocate(cache, size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, block, std::min(before, size));
  Free(cache, block);
  return moved;
}

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_ALLOCATOR_SLOW_H_
