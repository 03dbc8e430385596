// Lists of calls, and what becomes of them: one list drives two allocators, and
// every outcome is to be the same.
#ifndef BACKENDS_ALLOC_OPERATION_LIST_H_
#define BACKENDS_ALLOC_OPERATION_LIST_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace fozzy {

enum class AllocCall : uint8_t {
  kAllocate,
  kAllocateZeroed,
  kAllocateAligned,
  kReallocate,
  kFree,
};

// One call, about the block in a slot.  A call that gives a block out takes the
// slot's old one back first, but for kReallocate.
struct AllocOperation {
  AllocCall call = AllocCall::kFree;
  uint32_t slot = 0;
  size_t size = 0;
  size_t alignment = 16;
};

// What a call led to.
struct AllocOutcome {
  bool given = false;  // a block
  // The block is aligned, large enough, and holds what it is to hold.
  bool sound = true;

  friend bool operator==(const AllocOutcome&, const AllocOutcome&) = default;
};

inline constexpr uint32_t kAllocSlots = 48;

// Returns `count` calls drawn from `seed`: mostly of some bytes, some of up to
// 100,000, a few of sizes that nobody has.
std::vector<AllocOperation> MakeAllocOperations(uint64_t seed, size_t count);

// Carries out calls on a Subject, which has
//   void* Allocate(size), AllocateZeroed(size), AllocateAligned(alignment,
//   size), Reallocate(block, size); void Free(block); size_t UsableSize(block)
template <class Subject>
class AllocDriver {
 public:
  explicit AllocDriver(Subject& subject) : subject_(subject) {}

  AllocOutcome Do(const AllocOperation& operation) {
    Slot& slot = slots_[operation.slot];
    AllocOutcome outcome;
    outcome.sound = IsIntact(slot, slot.size);
    if (operation.call == AllocCall::kReallocate) {
      Reallocate(slot, operation, outcome);
      return outcome;
    }
    subject_.Free(slot.block);
    slot = {};
    if (operation.call == AllocCall::kFree) return outcome;
    void* block = nullptr;
    switch (operation.call) {
      case AllocCall::kAllocateZeroed:
        block = subject_.AllocateZeroed(operation.size);
        outcome.sound &= IsZero(block, operation.size);
        break;
      case AllocCall::kAllocateAligned:
        block = subject_.AllocateAligned(operation.alignment, operation.size);
        break;
      default:
        block = subject_.Allocate(operation.size);
    }
    Keep(slot, block, operation, outcome);
    return outcome;
  }

  // Frees what is left.
  void Finish() {
    for (uint32_t i = 0; i < kAllocSlots; ++i) {
      Do({.call = AllocCall::kFree, .slot = i});
    }
  }

 private:
  struct Slot {
    unsigned char* block = nullptr;
    size_t size = 0;
    unsigned char mark = 0;
  };

  void Reallocate(Slot& slot, const AllocOperation& operation,
                  AllocOutcome& outcome) {
    void* block = subject_.Reallocate(slot.block, operation.size);
    if (block == nullptr) return;  // the old one is as it was
    Slot moved = slot;
    moved.block = static_cast<unsigned char*>(block);
    outcome.sound &= IsIntact(moved, std::min(slot.size, operation.size));
    Keep(slot, block, operation, outcome);
  }

  // Takes over a new block and fills it.
  void Keep(Slot& slot, void* block, const AllocOperation& operation,
            AllocOutcome& outcome) {
    outcome.given = block != nullptr;
    if (block == nullptr) return;
    outcome.sound &= IsAligned(block, operation.alignment);
    outcome.sound &= subject_.UsableSize(block) >= operation.size;
    slot.block = static_cast<unsigned char*>(block);
    slot.size = operation.size;
    slot.mark = ++mark_;
    std::fill_n(slot.block, slot.size, slot.mark);
  }

  static bool IsAligned(void* block, size_t alignment) {
    size_t space = 2 * alignment;
    void* aligned = block;
    return std::align(alignment, 1, aligned, space) == block;
  }
  static bool IsIntact(const Slot& slot, size_t size) {
    return std::all_of(slot.block, slot.block + size,
                       [&](unsigned char byte) { return byte == slot.mark; });
  }
  static bool IsZero(const void* block, size_t size) {
    if (block == nullptr) return true;
    const auto* bytes = static_cast<const unsigned char*>(block);
    return std::all_of(bytes, bytes + size,
                       [](unsigned char byte) { return byte == 0; });
  }

  Subject& subject_;
  Slot slots_[kAllocSlots] = {};
  unsigned char mark_ = 0;
};

}  // namespace fozzy

#endif  // BACKENDS_ALLOC_OPERATION_LIST_H_
