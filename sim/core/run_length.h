// How long a run is taken to be.
#ifndef FOZZY_SIM_CORE_RUN_LENGTH_H_
#define FOZZY_SIM_CORE_RUN_LENGTH_H_

#include <cstdint>

#include "sim/base/fast_rng.h"

namespace fozzy {

// Returns `known` unless it is 0: then a power of two from 4 to 65536, all
// alike, so that runs of any length get their share of well-placed points.
inline uint64_t LengthOrDraw(uint64_t known, FastRng& rng) {
  constexpr uint64_t kShiftMin = 2;
  constexpr uint64_t kShiftMax = 16;
  if (known != 0) return known;
  return uint64_t{1} << (kShiftMin + rng.UpTo(kShiftMax - kShiftMin));
}

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_RUN_LENGTH_H_
