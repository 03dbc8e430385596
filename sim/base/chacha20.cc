#include "sim/base/chacha20.h"

#include <bit>

namespace fozzy {
namespace {

constexpr int kDoubleRounds = 10;

inline void QuarterRound(uint32_t& a, uint32_t& b, uint32_t& c, uint32_t& d) {
  a += b;
  d = std::rotl(d ^ a, 16);
  c += d;
  b = std::rotl(b ^ c, 12);
  a += b;
  d = std::rotl(d ^ a, 8);
  c += d;
  b = std::rotl(b ^ c, 7);
}

inline void DoubleRound(uint32_t (&x)[16]) {
  QuarterRound(x[0], x[4], x[8], x[12]);
  QuarterRound(x[1], x[5], x[9], x[13]);
  QuarterRound(x[2], x[6], x[10], x[14]);
  QuarterRound(x[3], x[7], x[11], x[15]);
  QuarterRound(x[0], x[5], x[10], x[15]);
  QuarterRound(x[1], x[6], x[11], x[12]);
  QuarterRound(x[2], x[7], x[8], x[13]);
  QuarterRound(x[3], x[4], x[9], x[14]);
}

}  // namespace

void MakeChaCha20Block(const ChaCha20Key& key, uint64_t counter, uint64_t nonce,
                       ChaCha20Block& block) {
  // "expand 32-byte k"
  const uint32_t start[16] = {
      0x61707865,
      0x3320646e,
      0x79622d32,
      0x6b206574,
      key.words[0],
      key.words[1],
      key.words[2],
      key.words[3],
      key.words[4],
      key.words[5],
      key.words[6],
      key.words[7],
      static_cast<uint32_t>(counter),
      static_cast<uint32_t>(counter >> 32),
      static_cast<uint32_t>(nonce),
      static_cast<uint32_t>(nonce >> 32),
  };
  for (int i = 0; i < 16; ++i) block.words[i] = start[i];
  for (int i = 0; i < kDoubleRounds; ++i) DoubleRound(block.words);
  for (int i = 0; i < 16; ++i) block.words[i] += start[i];
}

}  // namespace fozzy
