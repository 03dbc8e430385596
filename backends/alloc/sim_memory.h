// Memory for allocators that run simulated: addresses that nothing lies at.
#ifndef BACKENDS_ALLOC_SIM_MEMORY_H_
#define BACKENDS_ALLOC_SIM_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace fozzy {

// A Memory policy of fozzy::alloc::Allocator.  The allocator never touches the
// blocks it gives out, so the arena is a range of numbers, the same in every
// run; tables are real.
class SimMemory {
 public:
  // Where the arena begins.
  static std::byte* Base() {
    return reinterpret_cast<std::byte*>(uintptr_t{1} << 16);
  }

  std::byte* Reserve(size_t) { return Base(); }
  bool Commit(std::byte*, size_t) { return true; }
  void Decommit(std::byte*, size_t bytes) { decommitted_ += bytes; }
  void ReleaseAll() { tables_.clear(); }

  template <class T>
  T* NewTable(size_t count) {
    T* table = nullptr;
    if constexpr (!std::is_aggregate_v<T> && std::is_constructible_v<T, int>) {
      // Watched variables are to count as written.
      table = static_cast<T*>(
          ::operator new (count * sizeof(T), std::align_val_t{alignof(T)}));
      for (size_t i = 0; i < count; ++i) ::new (table + i) T(0);
      tables_.push_back({table, [count](void* made) {
                           auto* of = static_cast<T*>(made);
                           for (size_t i = 0; i < count; ++i) of[i].~T();
                           ::operator delete (of, std::align_val_t{alignof(T)});
                         }});
    } else {
      table = new T[count]();
      tables_.push_back(
          {table, [](void* made) { delete[] static_cast<T*>(made); }});
    }
    return table;
  }

  size_t decommitted() const { return decommitted_; }

 private:
  using Table = std::unique_ptr<void, std::function<void(void*)>>;

  std::vector<Table> tables_;
  size_t decommitted_ = 0;
};

// A Clock policy for those who do not wait: it stands still.
class SimClock {
 public:
  uint64_t Now() const { return 0; }
};

// Little enough of everything that a few calls reach what is behind it.
struct SimShape {
  static constexpr size_t kUnitBits = 10;
  static constexpr size_t kUnit = size_t{1} << kUnitBits;
  static constexpr size_t kAddressBits = 17;
  static constexpr size_t kArenaMax = 16 * kUnit;
  static constexpr size_t kArenaMin = kArenaMax;
  static constexpr size_t kGrowUnits = 4;
  static constexpr size_t kSharedMax = 512;
  static constexpr size_t kMagazineSlots = 1;
  static constexpr size_t kMagazinesMax = 16;

  static constexpr size_t SpanUnits(size_t size) {
    return (size + kUnit - 1) / kUnit;
  }
  static constexpr size_t MagazineBlocks(size_t) { return 1; }
  static constexpr size_t DepotMagazines(size_t) { return 2; }
};

}  // namespace fozzy

#endif  // BACKENDS_ALLOC_SIM_MEMORY_H_
