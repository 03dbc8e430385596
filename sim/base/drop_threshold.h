// The drop draw of the established format without its floating point.
#ifndef FOZZY_SIM_BASE_DROP_THRESHOLD_H_
#define FOZZY_SIM_BASE_DROP_THRESHOLD_H_

#include <cstdint>

namespace fozzy {

// Returns the number T for which `draw < T` exactly if
// `double(draw) / double(2^64 - 1) < rate`, both rounded as IEEE 754 says.
// Requires a rate within [0, 1].  0 only for rate 0; even rate 1 leaves some
// draws above T, since the largest ones round up to 1.
constexpr uint64_t DropThreshold(double rate) {
  constexpr double kLargest = static_cast<double>(~uint64_t{0});
  // The expression never falls as the draw grows.
  uint64_t low = 0;
  uint64_t high = ~uint64_t{0};
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    if (static_cast<double>(middle) / kLargest < rate) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace fozzy

#endif  // FOZZY_SIM_BASE_DROP_THRESHOLD_H_
