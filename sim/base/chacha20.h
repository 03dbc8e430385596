// The block function of ChaCha20: where all our generators get their bits.
#ifndef FOZZY_SIM_BASE_CHACHA20_H_
#define FOZZY_SIM_BASE_CHACHA20_H_

#include <cstdint>

namespace fozzy {

// The key as eight little-endian words.
struct ChaCha20Key {
  uint32_t words[8] = {};
};

// One block of the key stream as sixteen little-endian words.
struct ChaCha20Block {
  uint32_t words[16] = {};

  // Returns number `index`, 0 to 7, of the block: two words, low one first.
  uint64_t Number(uint32_t index) const {
    return words[2 * index] | uint64_t{words[2 * index + 1]} << 32;
  }
};

// Writes block `counter` of the stream of `key` and `nonce` into `block`.
// 20 rounds, 64 bits of counter, 64 bits of nonce.
//
// Source: Bernstein, "ChaCha, a variant of Salsa20", 2008.  RFC 8439 gives the
// upper half of the counter to the nonce; the blocks are the same.
void MakeChaCha20Block(const ChaCha20Key& key, uint64_t counter, uint64_t nonce,
                       ChaCha20Block& block);

}  // namespace fozzy

#endif  // FOZZY_SIM_BASE_CHACHA20_H_
