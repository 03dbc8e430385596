// The part of Allocator for debug mode.  Nothing is at hand for threads then,
// so every call comes here: the store knows exactly which blocks are in use.
#ifndef KERNELS_ALLOC_ALLOCATOR_DEBUG_H_
#define KERNELS_ALLOC_ALLOCATOR_DEBUG_H_

#include "kernels/alloc/allocator.h"

namespace fozzy::alloc {

// Class `c` is the one chosen for `size` bytes, with or without a guard.
FOZZY_ALLOC_MEMBER(void*)::AllocateGuarded(size_t c, size_t size) {
  if (SizeOfClass(c) < size + kGuardBytes) {
    if (++c == kClasses) {
      ThreadCache none;
      none.state_ = ThreadCache::State::kDetached;
      return AllocateHuge(none, size, kGranule);
    }
  }
  void* block = TakeOne(c);
  if (block != nullptr) GuardedBlock(block, SizeOfClass(c)).Begin(size);
  return block;
}

FOZZY_ALLOC_MEMBER(void)::FreeGuarded(void* block) {
  FaultKind fault = FaultKind::kForeignFree;
  Verdict verdict = Verdict::kSound;
  void* evicted = nullptr;
  {
    const Lock lock(mutex_);
    verdict = Examine(block, fault);
    if (verdict == Verdict::kSound) evicted = Quarantine(block);
  }
  if (verdict == Verdict::kFaulty) return Report(fault, block);
  if (evicted == nullptr) return;
  if (!GuardedBlock(evicted, SizeAt(evicted)).IsUntouched() &&
      evicted != block) {
    Report(FaultKind::kUseAfterFree, evicted);
  }
  FreeAll(&evicted, 1);
}

// Judges a block that is to be freed.
FOZZY_ALLOC_MEMBER(auto)::Examine(void* block, FaultKind& fault) -> Verdict {
  const SizeClass c = store_.ClassAt(block);
  if (c == kNoClass) return Verdict::kFaulty;
  switch (store_.Check(block, c)) {
    case Put::kForeign:
      return Verdict::kFaulty;
    case Put::kTwice:
      fault = FaultKind::kDoubleFree;
      return Verdict::kFaulty;
    case Put::kDone:
      break;
  }
  const GuardedBlock guarded(block, store_.SizeAt(block));
  if (guarded.IsLive()) return Verdict::kSound;
  fault = guarded.IsDead() ? FaultKind::kDoubleFree : FaultKind::kOverrun;
  return Verdict::kFaulty;
}

// Keeps a freed block from being used again for a while.  Returns the block
// whose time is over, if there is one: the same, if it is large.
FOZZY_ALLOC_MEMBER(void*)::Quarantine(void* block) {
  const size_t size = store_.SizeAt(block);
  if (size > kQuarantineSizeMax || quarantine_ == nullptr) return block;
  GuardedBlock(block, size).End();
  void*& place = quarantine_[quarantined_++ % kQuarantineBlocks];
  void* evicted = place;
  place = block;
  return evicted;
}

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_ALLOCATOR_DEBUG_H_
