// BLAKE3-256, unkeyed: seeds, keys and the checksums of the established format.
#ifndef FOZZY_SIM_BASE_BLAKE3_H_
#define FOZZY_SIM_BASE_BLAKE3_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "sim/base/chacha20.h"

namespace fozzy {

// The hash: 32 bytes.
struct Blake3Hash {
  uint8_t bytes[32] = {};

  // Returns the first 8 bytes as a little-endian number.
  uint64_t Number() const {
    uint64_t number = 0;
    std::memcpy(&number, bytes, sizeof number);
    return number;
  }

  // Returns the hash as a key.
  ChaCha20Key Key() const {
    ChaCha20Key key;
    std::memcpy(key.words, bytes, sizeof key.words);
    return key;
  }

  friend bool operator==(const Blake3Hash&, const Blake3Hash&) = default;
};

// Hashes bytes as they come; how they are cut into pieces does not matter.
// About 2 KiB, no heap.
//
//   const Blake3Hash hash = Blake3().Add(seed).Add(path).Finish();
//
// Source: O'Connor, Aumasson, Neves, Wilcox-O'Hearn, "BLAKE3: one function,
// fast everywhere", 2020.  One block at a time: the inputs are short.
class Blake3 {
 public:
  Blake3();

  Blake3& Add(std::string_view bytes);

  // Adds `number` as 8 little-endian bytes.
  Blake3& Add(uint64_t number);

  // A plain literal would be taken for either.
  Blake3& Add(int) = delete;

  // Returns the hash of all bytes so far; more may be added later.
  Blake3Hash Finish() const;

 private:
  // One input of the compression function, held back because the last one of
  // all is compressed with a flag of its own.
  struct Node {
    uint32_t chain[8];
    uint8_t block[64];
    uint64_t counter;
    uint32_t size;  // of the block, in bytes
    uint32_t flags;
  };

  // 2^54 chunks of 1 KiB are 2^64 bytes.
  static constexpr size_t kMaxDepth = 54;

  static void Compress(const Node& node, uint32_t (&chain)[8]);
  static Node Parent(const uint32_t (&left)[8], const uint32_t (&right)[8]);

  Node LastBlock() const;
  void EndBlock();
  void EndChunk();
  void StartChunk(uint64_t chunk);

  // The chunk being filled.
  Node node_{};
  uint32_t blocks_ = 0;  // of the chunk, compressed into node_.chain

  // The roots of the complete subtrees to the left, the largest first: one per
  // set bit of the number of chunks.
  uint32_t subtrees_[kMaxDepth][8];
  size_t depth_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_BASE_BLAKE3_H_
