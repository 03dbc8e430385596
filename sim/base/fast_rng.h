// The generator of search strategies, where a draw may cost no more than the
// operation it decides.
#ifndef FOZZY_SIM_BASE_FAST_RNG_H_
#define FOZZY_SIM_BASE_FAST_RNG_H_

#include <cstdint>

namespace fozzy {

// An endless stream of numbers, chosen by a seed and an index.  It is no
// defence against someone who wants to foresee it; Rng is.
//
// Source: SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number
// Generators", OOPSLA 2014); Lemire, "Fast Random Integer Generation in an
// Interval", 2019, without its rejection: one answer in 2^64 / last is
// favoured.
class FastRng {
 public:
  // The stream of run `index` of a search with `seed`.
  explicit FastRng(uint64_t seed, uint64_t index = 0)
      : FastRng(Started{Scramble(seed + kStep) ^ Scramble(~index)}) {}

  // Returns a number from 0 to 2^64 - 1.
  uint64_t Next() {
    const uint64_t number = next_;
    state_ += kStep;
    next_ = Scramble(state_);
    return number;
  }

  // Returns a number from 0 to `last`.
  uint64_t UpTo(uint64_t last) {
    if (last == ~uint64_t{0}) return Next();
    __extension__ using Wide = unsigned __int128;
    return static_cast<uint64_t>((static_cast<Wide>(Next()) * (last + 1)) >>
                                 64);
  }

  // The generator itself, started at `state`, as published.
  static FastRng FromState(uint64_t state) { return FastRng(Started{state}); }

 private:
  static constexpr uint64_t kStep = 0x9e3779b97f4a7c15;

  struct Started {
    uint64_t state;
  };
  explicit FastRng(Started started)
      : state_(started.state + kStep), next_(Scramble(state_)) {}

  static uint64_t Scramble(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  uint64_t state_;
  // Drawn ahead: where a branch hangs on a number, a processor that has guessed
  // wrong finds out that much sooner.
  uint64_t next_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_BASE_FAST_RNG_H_
