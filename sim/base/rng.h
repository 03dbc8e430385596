// The generator for everything but the established stream.
#ifndef FOZZY_SIM_BASE_RNG_H_
#define FOZZY_SIM_BASE_RNG_H_

#include <cstdint>
#include <string_view>

#include "sim/base/chacha20.h"

namespace fozzy {

// An endless stream of numbers, named by a label, a seed and an index.  Streams
// with different names have nothing to do with each other, so that one user
// drawing more often never changes what another one draws.
class Rng {
 public:
  explicit Rng(std::string_view label, uint64_t seed, uint64_t index = 0);

  // Returns a stream of this one's family.  It depends on the name of this one
  // and on `label` and `index`, not on how far this one has been read.
  Rng Fork(std::string_view label, uint64_t index = 0) const;

  // Returns a number from 0 to 2^64 - 1.
  uint64_t Next() {
    if (next_ == kNumbersPerBlock) Load();
    return block_.Number(next_++);
  }

  // Returns a number from 0 to `last`, all alike.
  uint64_t UpTo(uint64_t last);

  // Returns true `numerator` times out of `denominator`.  Requires
  // numerator <= denominator and 0 < denominator.
  bool Chance(uint64_t numerator, uint64_t denominator) {
    return UpTo(denominator - 1) < numerator;
  }

 private:
  static constexpr uint32_t kNumbersPerBlock = 8;

  explicit Rng(const ChaCha20Key& key) : key_(key) {}

  void Load();

  ChaCha20Key key_;
  ChaCha20Block block_;
  uint64_t blocks_ = 0;
  uint32_t next_ = kNumbersPerBlock;  // in block_
};

}  // namespace fozzy

#endif  // FOZZY_SIM_BASE_RNG_H_
