#include "sim/base/compatibility_stream.h"

#include "sim/base/blake3.h"

namespace fozzy {

CompatibilityStream::CompatibilityStream(uint64_t seed)
    : key_(Blake3().Add(seed).Finish().Key()) {
  Load(0);
}

void CompatibilityStream::Load(uint64_t block) {
  MakeChaCha20Block(key_, block, /*nonce=*/0, block_);
  block_index_ = block;
}

}  // namespace fozzy
