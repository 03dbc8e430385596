#include "sim/sync/shared_cells.h"

#include <algorithm>
#include <functional>

namespace fozzy {

void SharedCells::Reset() {
  for (const Shared& shared : shared_) free_.push_back(shared.cell);
  shared_.clear();
}

std::vector<SharedCells::Shared>::iterator SharedCells::Place(
    const void* object) {
  return std::lower_bound(shared_.begin(), shared_.end(), object,
                          [](const Shared& shared, const void* wanted) {
                            return std::less<>()(shared.object, wanted);
                          });
}

SharedCells::Shared& SharedCells::Find(const void* object) {
  const auto place = Place(object);
  if (place != shared_.end() && place->object == object) return *place;
  if (free_.empty()) {
    free_.push_back(arena_.AllocateArray<hooks::AtomicCell>(1));
  }
  hooks::AtomicCell* cell = free_.back();
  free_.pop_back();
  *cell = {};
  return *shared_.insert(place, {object, 0, cell});
}

void SharedCells::Erase(const void* object) {
  const auto place = Place(object);
  free_.push_back(place->cell);
  shared_.erase(place);
}

}  // namespace fozzy
