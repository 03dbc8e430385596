#include "sim/base/blake3.h"

#include <algorithm>
#include <bit>

namespace fozzy {
namespace {

constexpr uint32_t kBlockSize = 64;
constexpr uint32_t kBlocksPerChunk = 16;
constexpr int kRounds = 7;

constexpr uint32_t kChunkStart = 1;
constexpr uint32_t kChunkEnd = 2;
constexpr uint32_t kParent = 4;
constexpr uint32_t kRoot = 8;

// The fractional parts of the square roots of the first eight primes, as in
// SHA-256.
constexpr uint32_t kStart[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

// Which word of the message each place takes in the next round.
constexpr int kPermutation[16] = {2, 6,  3,  10, 7, 0,  4,  13,
                                  1, 11, 12, 5,  9, 14, 15, 8};

struct Mixer {
  uint32_t v[16];  // the state
  uint32_t m[16];  // the message

  // Mixes column or diagonal a, b, c, d with words `word` and `word` + 1.
  void Quarter(int a, int b, int c, int d, int word) {
    v[a] += v[b] + m[word];
    v[d] = std::rotr(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = std::rotr(v[b] ^ v[c], 12);
    v[a] += v[b] + m[word + 1];
    v[d] = std::rotr(v[d] ^ v[a], 8);
    v[c] += v[d];
    v[b] = std::rotr(v[b] ^ v[c], 7);
  }

  void Round() {
    for (int i = 0; i < 4; ++i) Quarter(i, i + 4, i + 8, i + 12, 2 * i);
    for (int i = 0; i < 4; ++i) {
      Quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, 8 + 2 * i);
    }
  }

  void Permute() {
    uint32_t permuted[16];
    for (int i = 0; i < 16; ++i) permuted[i] = m[kPermutation[i]];
    std::memcpy(m, permuted, sizeof m);
  }
};

}  // namespace

Blake3::Blake3() { StartChunk(0); }

Blake3& Blake3::Add(std::string_view bytes) {
  while (!bytes.empty()) {
    // A full block is compressed only when more follows: the last one carries
    // a flag.
    if (node_.size == kBlockSize) EndBlock();
    const size_t count =
        std::min<size_t>(bytes.size(), kBlockSize - node_.size);
    std::memcpy(node_.block + node_.size, bytes.data(), count);
    node_.size += static_cast<uint32_t>(count);
    bytes.remove_prefix(count);
  }
  return *this;
}

Blake3& Blake3::Add(uint64_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  return Add(std::string_view(bytes, sizeof bytes));
}

Blake3Hash Blake3::Finish() const {
  Node last = LastBlock();
  for (size_t i = depth_; i > 0; --i) {
    uint32_t right[8];
    Compress(last, right);
    last = Parent(subtrees_[i - 1], right);
  }
  last.flags |= kRoot;
  uint32_t chain[8];
  Compress(last, chain);
  Blake3Hash hash;
  std::memcpy(hash.bytes, chain, sizeof hash.bytes);
  return hash;
}

void Blake3::Compress(const Node& node, uint32_t (&chain)[8]) {
  Mixer mixer;
  std::memcpy(mixer.v, node.chain, sizeof node.chain);
  std::memcpy(mixer.v + 8, kStart, 4 * sizeof kStart[0]);
  mixer.v[12] = static_cast<uint32_t>(node.counter);
  mixer.v[13] = static_cast<uint32_t>(node.counter >> 32);
  mixer.v[14] = node.size;
  mixer.v[15] = node.flags;
  std::memcpy(mixer.m, node.block, sizeof node.block);
  for (int round = 0; round < kRounds; ++round) {
    mixer.Round();
    mixer.Permute();
  }
  for (int i = 0; i < 8; ++i) chain[i] = mixer.v[i] ^ mixer.v[i + 8];
}

Blake3::Node Blake3::Parent(const uint32_t (&left)[8],
                            const uint32_t (&right)[8]) {
  Node parent;
  std::memcpy(parent.chain, kStart, sizeof kStart);
  std::memcpy(parent.block, left, sizeof left);
  std::memcpy(parent.block + sizeof left, right, sizeof right);
  parent.counter = 0;
  parent.size = kBlockSize;
  parent.flags = kParent;
  return parent;
}

// Returns the block being filled as the last one of its chunk.
Blake3::Node Blake3::LastBlock() const {
  Node last = node_;
  std::memset(last.block + last.size, 0, kBlockSize - last.size);
  last.flags = kChunkEnd | (blocks_ == 0 ? kChunkStart : 0);
  return last;
}

void Blake3::EndBlock() {
  if (blocks_ + 1 == kBlocksPerChunk) {
    EndChunk();
    return;
  }
  node_.flags = blocks_ == 0 ? kChunkStart : 0;
  Compress(node_, node_.chain);
  node_.size = 0;
  ++blocks_;
}

void Blake3::EndChunk() {
  uint32_t chain[8];
  Compress(LastBlock(), chain);
  const uint64_t chunks = node_.counter + 1;
  // The trailing zeros of the number of chunks count the subtrees that this
  // chunk completes.
  for (int i = 0; i < std::countr_zero(chunks); ++i) {
    --depth_;
    Compress(Parent(subtrees_[depth_], chain), chain);
  }
  std::memcpy(subtrees_[depth_], chain, sizeof chain);
  ++depth_;
  StartChunk(chunks);
}

void Blake3::StartChunk(uint64_t chunk) {
  std::memcpy(node_.chain, kStart, sizeof kStart);
  node_.counter = chunk;
  node_.size = 0;
  blocks_ = 0;
}

}  // namespace fozzy
