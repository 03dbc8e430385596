// How strategies whose subject is tasks answer questions about values.
#ifndef FOZZY_SIM_CORE_VALUE_DRAW_H_
#define FOZZY_SIM_CORE_VALUE_DRAW_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/base/fast_rng.h"

namespace fozzy {

// Draws answers about values, and whether a deadline passes early.
//
//   a weight is set       as it says: P(not 0) = threshold / 2^64
//   kReadsFrom, kPlace,   odd answers, which are all above 0: see Oddity
//   kSpurious
//   all others            all answers alike
//
// Deadlines that pass early: of those that a strategy asks about, one in 2^s,
// with s from 2 to 8 drawn for the run.  So a time-out races with the first
// steps of some runs and with late ones of others.
class ValueDraw {
 public:
  enum class Oddity {
    // The newest store with probability 1/2, else the older ones alike; a
    // spurious event with probability 1/8.
    kOften,
    // As the rare events of bounded strategies: at most `budget` of them in a
    // run, each question with probability 2^-s.  The budget, from 0 to 4, and
    // s, from 0 to 7, are drawn for the run: no length of the run is assumed,
    // and one run in five is sequentially consistent.
    kRarely,
  };

  explicit ValueDraw(Oddity oddity) : oddity_(oddity) {}

  // Starts a run, whose stream of its own is made from `rng`.
  void Begin(FastRng& rng);

  // Returns a number from 0 to choice.last.
  uint64_t Pick(const ValueChoice& choice);

  // Whether a deadline that has been chosen may pass.
  bool LetsTimePass() { return rng_.Next() >> (64 - timer_shift_) == 0; }

 private:
  uint64_t PickOdd(const ValueChoice& choice);

  const Oddity oddity_;
  FastRng rng_{0};
  uint32_t timer_shift_ = 2;
  uint32_t odd_shift_ = 0;
  uint64_t odd_budget_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_VALUE_DRAW_H_
