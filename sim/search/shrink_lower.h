// Making one number of a run smaller.
#ifndef FOZZY_SIM_SEARCH_SHRINK_LOWER_H_
#define FOZZY_SIM_SEARCH_SHRINK_LOWER_H_

#include <cstddef>
#include <cstdint>

#include "sim/search/shrink_state.h"

namespace fozzy {

// A number of a candidate that may be made smaller.
struct ShrinkNumber {
  size_t (*count)(const Candidate& candidate);  // how many there are
  uint64_t (*read)(const Candidate& candidate, size_t index);
  Candidate (*write)(const Candidate& from, size_t index, uint64_t number);
};

extern const ShrinkNumber kPoints;        // of schedule[index]
extern const ShrinkNumber kAnswer;        // answers[index]
extern const ShrinkNumber kEqualAnswers;  // and all that are equal to it

// Makes `number` number `index` of the current candidate as small as it can:
// tries the smallest numbers, its last digits, then bisects, then clears single
// bits.  That finds the smallest number with a property that larger ones share,
// and does well with properties of single bits or digits.
void LowerNumber(ShrinkState& state, const ShrinkNumber& number, size_t index);

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SHRINK_LOWER_H_
