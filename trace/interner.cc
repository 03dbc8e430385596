#include "trace/interner.h"

#include <algorithm>
#include <cstring>

#include "sim/base/check.h"

namespace fozzy {
namespace {

// Texts above this are given back to the heap when the chunk ends.
constexpr size_t kTextsKept = 2 * kChunkSize;

uint64_t LoadWord(const char* bytes, size_t count) {
  uint64_t word = 0;
  std::memcpy(&word, bytes, count);
  return word;
}

uint64_t Fold(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// The multiply-and-fold step of wyhash (Wang Yi, 2019) over words of 8 bytes,
// the last of which overlaps the one before.
uint64_t HashOf(std::string_view text) {
  constexpr uint64_t kA = 0xa0761d6478bd642f;
  constexpr uint64_t kB = 0xe7037ed1a0b428db;
  const size_t size = text.size();
  if (size < 8) return Fold(LoadWord(text.data(), size) ^ kA, kB + size);
  uint64_t hash = size;
  for (size_t i = 0; i + 8 < size; i += 8) {
    hash = Fold(hash ^ LoadWord(text.data() + i, 8) ^ kA, kB);
  }
  return Fold(hash ^ LoadWord(text.data() + size - 8, 8) ^ kA, kB);
}

}  // namespace

Interner::Interner() : slots_(kSlots) {}

void Interner::Clear() {
  if (names_.empty()) return;
  std::fill(slots_.begin(), slots_.end(), uint16_t{0});
  names_.clear();
  texts_.clear();
  if (texts_.capacity() > kTextsKept) texts_.shrink_to_fit();
}

uint32_t Interner::Intern(std::string_view text, bool& is_new) {
  const uint64_t hash = HashOf(text);
  size_t slot = hash % kSlots;
  for (; slots_[slot] != 0; slot = (slot + 1) % kSlots) {
    const Name& name = names_[slots_[slot] - 1u];
    if (name.hash != hash || name.size != text.size()) continue;
    if (std::memcmp(texts_.data() + name.offset, text.data(), name.size) == 0) {
      is_new = false;
      return slots_[slot] - 1u;
    }
  }
  FOZZY_CHECK(names_.size() < kNamesMax);
  names_.push_back({hash, texts_.size(), text.size()});
  texts_.append(text);
  slots_[slot] = static_cast<uint16_t>(names_.size());
  is_new = true;
  return slots_[slot] - 1u;
}

}  // namespace fozzy
