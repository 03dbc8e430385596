#include "sim/base/rng.h"

#include "sim/base/blake3.h"

namespace fozzy {
namespace {

// The label comes last: the other fields have fixed sizes, so that no two
// names are the same bytes.
ChaCha20Key KeyOf(std::string_view label, uint64_t seed, uint64_t index) {
  return Blake3().Add(seed).Add(index).Add(label).Finish().Key();
}

}  // namespace

Rng::Rng(std::string_view label, uint64_t seed, uint64_t index)
    : Rng(KeyOf(label, seed, index)) {}

Rng Rng::Fork(std::string_view label, uint64_t index) const {
  Blake3 hash;
  for (const uint32_t word : key_.words) hash.Add(uint64_t{word});
  return Rng(hash.Add(index).Add(label).Finish().Key());
}

// Source: Lemire, "Fast random integer generation in an interval", 2019: the
// upper half of a product, drawn again where some results would come once more
// often than others.
uint64_t Rng::UpTo(uint64_t last) {
  __extension__ using Wide = unsigned __int128;
  const uint64_t count = last + 1;
  if (count == 0) return Next();
  Wide product = static_cast<Wide>(Next()) * count;
  if (static_cast<uint64_t>(product) < count) {
    const uint64_t uneven = (0 - count) % count;
    while (static_cast<uint64_t>(product) < uneven) {
      product = static_cast<Wide>(Next()) * count;
    }
  }
  return static_cast<uint64_t>(product >> 64);
}

void Rng::Load() {
  MakeChaCha20Block(key_, blocks_++, /*nonce=*/0, block_);
  next_ = 0;
}

}  // namespace fozzy
