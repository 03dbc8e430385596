// Where search strategies take their randomness from.
#ifndef FOZZY_SIM_CORE_RUN_RNG_H_
#define FOZZY_SIM_CORE_RUN_RNG_H_

#include <cstdint>
#include <string_view>

#include "sim/base/fast_rng.h"

namespace fozzy {

// Returns a number that stands for `label`, so that strategies with one seed do
// not make the same draws.  Source: FNV-1a.
constexpr uint64_t LabelOf(std::string_view label) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : label) {
    hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3;
  }
  return hash;
}

// Returns the stream of run `run_index` of the strategy called `label`.
inline FastRng RunRng(uint64_t label, uint64_t seed, uint64_t run_index) {
  return FastRng(seed ^ label, run_index);
}

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_RUN_RNG_H_
