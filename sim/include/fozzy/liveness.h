// "Once the faults are over, it works again in time."
//
//   fozzy::Eventually elected("one leader", 5'000'000'000);
//   elected.Heal(now);                        // the last fault is over
//   elected.Observe(now, leaders == 1);       // as often as it may have
//   changed if (auto failure = elected.Failure(now)) { ... *failure ... }
#ifndef FOZZY_LIVENESS_H_
#define FOZZY_LIVENESS_H_

#include <cstdint>
#include <optional>
#include <string>

namespace fozzy {

// A property that must hold at least once in the time after a heal.  `now` is
// virtual time in the unit of the run and never goes back.
class Eventually {
 public:
  // `name` says what should hold; `within` is the time it has.
  Eventually(std::string name, uint64_t within);

  // The world is whole from now on; what was seen before does not count.
  void Heal(uint64_t now);

  // The property holds now, or does not.  Before the first Heal nothing is
  // owed.
  void Observe(uint64_t now, bool holds);

  // Whether a Heal is still to be followed by the property.
  bool is_owed() const { return healed_.has_value() && !held_.has_value(); }

  // Returns what went wrong as one line, or nothing if it held in time or has
  // time left.
  std::optional<std::string> Failure(uint64_t now) const;

 private:
  std::string name_;
  uint64_t within_;
  std::optional<uint64_t> healed_;
  std::optional<uint64_t> held_;  // the first time since then
};

}  // namespace fozzy

#endif  // FOZZY_LIVENESS_H_
