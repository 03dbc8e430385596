// The changes that shrinking tries, in order.
#ifndef FOZZY_SIM_SEARCH_SHRINK_PASSES_H_
#define FOZZY_SIM_SEARCH_SHRINK_PASSES_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "sim/search/shrink_state.h"

namespace fozzy {

// What of a run a pass changes.
enum class ShrinkPart : uint8_t { kSchedule, kFaults, kInput, kAll };

// One kind of change, tried in all places.
struct ShrinkPass {
  std::string_view name;
  std::string_view help;
  ShrinkPart part;
  void (*run)(ShrinkState& state);
};

// All passes, in the order in which they are run: those that take much away
// with few runs first.
std::span<const ShrinkPass> ShrinkPasses();

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SHRINK_PASSES_H_
