// The established random stream: why a seed means the same here as it always
// did.
#ifndef FOZZY_SIM_BASE_COMPATIBILITY_STREAM_H_
#define FOZZY_SIM_BASE_COMPATIBILITY_STREAM_H_

#include <cstdint>

#include "sim/base/chacha20.h"

namespace fozzy {

// The numbers that scenario files draw: ChaCha20 with a zero nonce, its key
// the BLAKE3 hash of the seed as 8 little-endian bytes.  One stream serves, in
// the order of execution,
//
//   rand_u64         the number itself;
//   random delivery  the number modulo the count of deliverable messages, also
//                    when there is but one;
//   drop             drawn only if the rate is above 0: the message is lost if
//                    number / (2^64 - 1) as a double < rate, which is
//                    number < DropThreshold(rate), see drop_threshold.h.
//
// Nothing else may draw from it: a seed would lose its meaning.
class CompatibilityStream {
 public:
  explicit CompatibilityStream(uint64_t seed);

  // Returns number `index`, from 0.  Any order; cheapest in ascending order.
  uint64_t At(uint64_t index) {
    const uint64_t block = index / kNumbersPerBlock;
    if (block != block_index_) Load(block);
    return block_.Number(static_cast<uint32_t>(index % kNumbersPerBlock));
  }

 private:
  static constexpr uint64_t kNumbersPerBlock = 8;

  void Load(uint64_t block);

  ChaCha20Key key_;
  ChaCha20Block block_;
  uint64_t block_index_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_BASE_COMPATIBILITY_STREAM_H_
