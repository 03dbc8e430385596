// The allocator: a front of magazines for each thread, depots of magazines
// between threads, and spans of blocks behind one lock.
//
//   alloc::HostMemory memory;
//   alloc::HostClock clock;
//   alloc::NativeAllocator allocator(memory, clock, {});
//   alloc::ThreadCache mine;               // one for each thread
//   void* block = allocator.Allocate(mine, 100);
//   allocator.Free(mine, block);           // of this thread or of any other
//   allocator.Detach(mine);                // before the thread ends
#ifndef KERNELS_ALLOC_ALLOCATOR_H_
#define KERNELS_ALLOC_ALLOCATOR_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/alloc/block_store.h"
#include "kernels/alloc/fault.h"
#include "kernels/alloc/guard.h"
#include "kernels/alloc/magazine.h"
#include "kernels/alloc/shape.h"
#include "kernels/alloc/size_class.h"
#include "kernels/alloc/thread_cache.h"

namespace fozzy::alloc {

struct AllocatorOptions {
  // Free memory goes back to the system after so long, in nanoseconds.
  uint64_t decay = 500'000'000;
  // Memory of freed blocks above this size goes back at once.
  size_t retain_max = size_t{32} << 20;
  // Every block is guarded, checked when freed, and kept for a while.
  bool is_debug = false;
  FaultReporter report = nullptr;  // null: faults are counted only
  // Is told of each thread cache when it is first used, to have it detached.
  void (*on_attach)(ThreadCache& cache) = nullptr;
};

// What an allocator has done and holds.  Taken at one moment, but for blocks
// at hand for threads, which count as live.
struct AllocatorStats {
  size_t reserved = 0;   // bytes of address space
  size_t committed = 0;  // bytes usable
  size_t live = 0;       // bytes of blocks in use or at hand for threads
  size_t free_dirty = 0;
  size_t free_clean = 0;
  uint64_t purged = 0;      // bytes given back to the system, ever
  uint64_t slow_calls = 0;  // calls that went past the front
  uint64_t faults[kFaultKinds] = {};
};

// Sync has the members of StdSync; Memory is as for SpanHeap; Clock has
// uint64_t Now(), in nanoseconds; Shape is like NativeShape.
//
// All methods may be called by any thread, with its own cache.  Null is
// returned where there is no memory.  Nothing is allocated elsewhere, so the
// object may stand behind malloc.  It never returns its address space.
template <class Sync, class Memory, class Clock, class Shape = NativeShape>
class Allocator {
 public:
  using Options = AllocatorOptions;
  using Stats = AllocatorStats;

  // The first call that needs memory reserves addresses: it is to be over when
  // other threads make theirs.
  constexpr Allocator(Memory& memory, Clock& clock, const Options& options)
      : memory_(memory),
        clock_(clock),
        options_(options),
        store_(memory),
        retain_max_(options.retain_max) {}
  Allocator(const Allocator&) = delete;
  Allocator& operator=(const Allocator&) = delete;

  // Changes what was given at construction.  Requires that nothing has been
  // allocated.
  void SetOptions(const Options& options) {
    options_ = options;
    retain_max_.store(options.retain_max, std::memory_order_relaxed);
  }

  // Returns a block of at least `size` bytes at a multiple of 16.
  [[gnu::always_inline]] void* Allocate(ThreadCache& cache, size_t size) {
    if (size > kClassMax) [[unlikely]] {
      return AllocateHuge(cache, size, kGranule);
    }
    const BinIndex bin =
        size <= kTableMax ? BinOfSize(size) : BinOf(ComputeClass(size));
    void* block = cache.Pop(bin);
    if (block == nullptr) [[unlikely]] {
      return AllocateSlowly(cache, bin / 2, size);
    }
    return block;
  }

  // As Allocate, if the thread has such a block at hand; else returns null.
  [[gnu::always_inline]] void* AllocateAtHand(ThreadCache& cache, size_t size) {
    return size <= kTableMax ? cache.Pop(BinOfSize(size)) : nullptr;
  }

  // Returns a block at a multiple of `alignment`, a power of two.
  void* AllocateAligned(ThreadCache& cache, size_t alignment, size_t size) {
    if (alignment <= kGranule) return Allocate(cache, size);
    // The guard must fit behind, or take part in the choice of the class.
    const size_t room = options_.is_debug ? size + kGuardBytes : size;
    if (room < size) return nullptr;
    const SizeClass c = alignment <= Shape::kUnit
                            ? AlignedClassOf(room, alignment)
                            : kHugeClass;
    if (c == kHugeClass) return AllocateHuge(cache, size, alignment);
    void* block = cache.Pop(BinOf(c));
    return block != nullptr ? block : AllocateSlowly(cache, c, size);
  }

  // Returns a block of `count` times `size` bytes, all 0.
  void* AllocateZeroed(ThreadCache& cache, size_t count, size_t size) {
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) return nullptr;
    bool is_zero = false;
    void* block = bytes > kClassMax
                      ? AllocateHuge(cache, bytes, kGranule, &is_zero)
                      : Allocate(cache, bytes);
    if (block != nullptr && !is_zero) std::memset(block, 0, bytes);
    return block;
  }

  // Takes a block back, from whichever thread.  Null is nothing.
  [[gnu::always_inline]] void Free(ThreadCache& cache, void* block) {
    const size_t unit = reinterpret_cast<uintptr_t>(block) / Shape::kUnit;
    const BinIndex bin = front_bins_[unit & bin_mask_];
    if (cache.Push(bin, block)) [[likely]] {
      return;
    }
    FreeSlowly(cache, block);
  }

  // Returns a block of at least `size` bytes that begins like `block`, which
  // is taken back; or null, and leaves it alone.
  void* Reallocate(ThreadCache& cache, void* block, size_t size);

  // Returns how many bytes of a block may be used, at least what was asked for;
  // 0 if it is not one.
  size_t UsableSize(const void* block) {
    if (!options_.is_debug) return SizeAt(block);
    const size_t size = SizeAt(block);
    if (size == 0) return 0;
    const GuardedBlock guarded(const_cast<void*>(block), size);
    return guarded.IsLive() ? guarded.size() : 0;
  }

  // Returns whether `block` lies where blocks of this allocator lie.
  bool Owns(const void* block) const {
    return store_.ClassAt(block) != kNoClass;
  }

  // Gives back what a thread has at hand.  It may go on allocating, slowly.
  void Detach(ThreadCache& cache);

  // Gives all free memory that this thread can reach back to the system.
  void Trim(ThreadCache& cache);

  // Memory of freed blocks above `bytes` goes back to the system at once.
  void SetRetainMax(size_t bytes) {
    retain_max_.store(bytes, std::memory_order_relaxed);
    // Relaxed: threads may learn of it late.
    epoch_.fetch_add(1, std::memory_order_relaxed);
  }

  // Keep the process in a state that a copy of it can go on from.
  void LockForFork() { mutex_.lock(); }
  void UnlockAfterFork() { mutex_.unlock(); }

  Stats GetStats();

 private:
  using Lock = typename Sync::template lock_guard<typename Sync::mutex>;
  using Mag = Magazine<Sync, Shape::kMagazineSlots>;
  using Depot = MagazineStack<Sync, Mag>;
  template <class T>
  using Var = typename Sync::template var<T>;
  using Store = BlockStore<Memory, Shape, Var>;
  using Put = typename Store::Put;

  static constexpr uint32_t kNoLimit = 1u << 19;
  static constexpr uint32_t kMaintainEvery = 64;
  static constexpr size_t kPurgedAtOnce = 16;
  static constexpr uint32_t kQuarantineBlocks = 1024;
  static constexpr size_t kQuarantineSizeMax = 1 << 20;

  void* AllocateSlowly(ThreadCache& cache, size_t c, size_t size);
  void* AllocateHuge(ThreadCache& cache, size_t size, size_t alignment,
                     bool* is_zero = nullptr);
  void* TakeOne(size_t c);
  void* AllocateGuarded(size_t c, size_t size);
  void FreeSlowly(ThreadCache& cache, void* block);
  void FreeGuarded(void* block);
  void FreeAll(void** blocks, size_t count);
  enum class Verdict : uint8_t { kSound, kFaulty };
  Verdict Examine(void* block, FaultKind& fault);
  void* Quarantine(void* block);
  void Report(FaultKind kind, const void* block);
  void ReportPut(Put put, const void* block);

  size_t SizeAt(const void* block);
  bool ResizeInPlace(void* block, size_t before, size_t size);

  bool Begin(ThreadCache& cache);
  bool InitLocked();
  bool LoadEmpty(ThreadCache& cache, size_t c);
  void Load(ThreadCache& cache, size_t c, uint32_t number);
  void Unload(ThreadCache& cache, size_t c);
  bool Refill(ThreadCache& cache, size_t c);
  bool MakeRoom(ThreadCache& cache, size_t c);
  uint32_t NewMagazine();
  void Recycle(uint32_t number);
  void Drain(uint32_t number);
  void Give(uint32_t number, size_t c);
  bool IsRetained(size_t c) const {
    return SizeOfClass(c) <= retain_max_.load(std::memory_order_relaxed);
  }

  void Maintain(ThreadCache& cache);
  void TrimCache(ThreadCache& cache, bool is_thorough);
  void TrimDepots(bool is_thorough);

  // Whether a thread may have blocks of class `c` at hand.
  bool MayKeep(const ThreadCache& cache, size_t c) const {
    return cache.state_ == ThreadCache::State::kAttached && bin_mask_ != 0 &&
           IsRetained(c);
  }

  static inline const Var<BinIndex> kNothing = BinOf(kNoClass);

  // What every Free reads: the bin of each unit of the address space; or, if
  // there are not enough addresses to be had for such a table, of none.
  const Var<BinIndex>* front_bins_ = &kNothing;
  size_t bin_mask_ = 0;

  Memory& memory_;
  Clock& clock_;
  Options options_;
  Store store_;  // under mutex_
  Mag* magazines_ = nullptr;
  void** quarantine_ = nullptr;  // under mutex_, as its position
  uint32_t quarantined_ = 0;
  uint64_t trimmed_at_ = 0;  // under mutex_
  typename Sync::template atomic<size_t> retain_max_;
  typename Sync::template atomic<uint32_t> epoch_ = 0;
  typename Sync::template atomic<uint32_t> magazines_made_ = 0;
  typename Sync::template atomic<uint64_t> slow_calls_ = 0;
  typename Sync::template atomic<uint64_t> faults_[kFaultKinds] = {};
  typename Sync::mutex mutex_;
  alignas(64) Depot empty_ = {};
  Depot full_[kClasses] = {};
};

}  // namespace fozzy::alloc

// Definitions of members of Allocator<S, M, C, Sh>.
#define FOZZY_ALLOC_MEMBER(result)                              \
  template <class Sync, class Memory, class Clock, class Shape> \
  result Allocator<Sync, Memory, Clock, Shape>

#include "kernels/alloc/allocator_debug.h"
#include "kernels/alloc/allocator_slow.h"
#include "kernels/alloc/allocator_trim.h"

#endif  // KERNELS_ALLOC_ALLOCATOR_H_
