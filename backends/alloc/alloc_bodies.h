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

// The same programs on an allocator that is broken in one way, and what a
// search is to find then.
struct AllocMutant {
  std::string_view name;
  void (*body)();
  // The kind of the finding, "data_race" say; empty if the allocator is right
  // without: an order stronger than it needs.
  std::string_view finding;
};

// Returns all of them, sorted by name.
std::span<const AllocMutant> AllocMutants();

}  // namespace fozzy

#endif  // BACKENDS_ALLOC_ALLOC_BODIES_H_
