// The atomic objects that references make of plain ones.
#ifndef FOZZY_SIM_SYNC_SHARED_CELLS_H_
#define FOZZY_SIM_SYNC_SHARED_CELLS_H_

#include <cstdint>
#include <vector>

#include "fozzy/hooks.h"
#include "sim/core/arena.h"

namespace fozzy {

// Finds the cell that all std::atomic_ref-like references to an object share.
// Objects are known by their addresses, which decide nothing but where to look.
class SharedCells {
 public:
  explicit SharedCells(Arena& arena) : arena_(arena) {}

  void Reset();

  struct Shared {
    const void* object = nullptr;
    uint32_t references = 0;
    hooks::AtomicCell* cell = nullptr;
  };

  // Returns the entry of `object`, a new one without references if need be.
  Shared& Find(const void* object);

  // Forgets `object`.  Requires that there is an entry; its cell may be used
  // again.
  void Erase(const void* object);

 private:
  std::vector<Shared>::iterator Place(const void* object);

  Arena& arena_;
  std::vector<Shared> shared_;  // sorted by address
  std::vector<hooks::AtomicCell*> free_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SYNC_SHARED_CELLS_H_
