// Programs in which simulated tasks share an allocator.
#ifndef BACKENDS_ALLOC_ALLOC_BODIES_H_
#define BACKENDS_ALLOC_ALLOC_BODIES_H_

#include <span>
#include <string_view>

namespace fozzy {

// What a search is to find nothing in.
struct AllocBody {
  std::string_view name;  // "remote_frees" say
  void (*body)();
};

// Returns all of them, sorted by name.
std::span<const AllocBody> AllocBodies();

// The same programs on an allocator that is broken in one way.
struct AllocMutant {
  std::string_view name;
  void (*body)();
  // Whether a search is to find it; or the allocator is right without, for the
  // order is stronger than it needs to be.
  bool is_wrong;
};

// Returns all of them, sorted by name.
std::span<const AllocMutant> AllocMutants();

}  // namespace fozzy

#endif  // BACKENDS_ALLOC_ALLOC_BODIES_H_
