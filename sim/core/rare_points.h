// A few questions of a run, drawn before it starts.
#ifndef FOZZY_SIM_CORE_RARE_POINTS_H_
#define FOZZY_SIM_CORE_RARE_POINTS_H_

#include <cstdint>

#include "sim/base/check.h"
#include "sim/base/fast_rng.h"

namespace fozzy {

// Where bounded strategies leave their path.
class RarePoints {
 public:
  static constexpr uint32_t kMax = 16;

  // Draws `count` of the first `length` questions, all alike and each by
  // itself.  Requires count <= kMax and length >= 1.
  void Begin(uint32_t count, uint64_t length, FastRng& rng) {
    FOZZY_CHECK(count <= kMax);
    count_ = count;
    next_ = 0;
    question_ = 0;
    for (uint32_t i = 0; i < count; ++i) {
      const uint64_t at = rng.UpTo(length - 1);
      uint32_t place = i;
      for (; place > 0 && at_[place - 1] > at; --place) {
        at_[place] = at_[place - 1];
      }
      at_[place] = at;
    }
  }

  // Passes a question and returns how often it was drawn.
  uint32_t Pass() {
    const uint64_t question = question_++;
    uint32_t drawn = 0;
    for (; next_ < count_ && at_[next_] == question; ++next_) ++drawn;
    return drawn;
  }

 private:
  uint64_t at_[kMax] = {};  // ascending
  uint32_t count_ = 0;
  uint32_t next_ = 0;
  uint64_t question_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_RARE_POINTS_H_
