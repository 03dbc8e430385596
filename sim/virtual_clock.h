// The clock of a scenario: it moves only when told to.
#ifndef FOZZY_SIM_VIRTUAL_CLOCK_H_
#define FOZZY_SIM_VIRTUAL_CLOCK_H_

#include <cstdint>

namespace fozzy {

// A time or a duration in milliseconds, the unit of scenario files.
using Millis = uint64_t;

// Returns a + b, or the largest time if that is out of range.
constexpr Millis SaturatingAdd(Millis a, Millis b) {
  const Millis sum = a + b;
  return sum < a ? ~Millis{0} : sum;
}

// Starts at 0, never goes back (rolling back a scope excepted) and saturates.
// While frozen, time moves only by Advance.
class VirtualClock {
 public:
  Millis now() const { return now_; }
  bool is_frozen() const { return is_frozen_; }

  void Advance(Millis duration) { now_ = SaturatingAdd(now_, duration); }
  void Freeze() { is_frozen_ = true; }
  void Unfreeze() { is_frozen_ = false; }

 private:
  Millis now_ = 0;
  bool is_frozen_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_VIRTUAL_CLOCK_H_
