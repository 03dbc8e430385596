#include "trace/interner.h"

#include <algorithm>
#include <cstring>

#include "sim/base/check.h"

namespace fozzy {
namespace {

// Texts above this are given back to the heap when the chunk ends.
constexpr size_t kTextsKept = 2 * kChunkSize;

// Most names have 3 to 16 bytes, and one is looked up for nearly every record:
// words are loaded so that they overlap, which spares calls and loops.
uint64_t LoadEight(const char* bytes) {
  uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// Loads all of fewer than 8 bytes.
uint64_t LoadFew(const char* bytes, size_t count) {
  if (count >= 4) {
    uint32_t first = 0;
    uint32_t last = 0;
    std::memcpy(&first, bytes, sizeof first);
    std::memcpy(&last, bytes + count - 4, sizeof last);
    return first | (uint64_t{last} << 32);
  }
  if (count == 0) return 0;
  const auto byte = [bytes](size_t i) {
    return uint64_t{static_cast<uint8_t>(bytes[i])};
  };
  return byte(0) | (byte(count / 2) << 8) | (byte(count - 1) << 16);
}

bool AreEqual(const char* a, const char* b, size_t size) {
  if (size < 8) return LoadFew(a, size) == LoadFew(b, size);
  for (size_t i = 0; i + 8 < size; i += 8) {
    if (LoadEight(a + i) != LoadEight(b + i)) return false;
  }
  return LoadEight(a + size - 8) == LoadEight(b + size - 8);
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
  if (size < 8) return Fold(LoadFew(text.data(), size) ^ kA, kB + size);
  uint64_t hash = size;
  for (size_t i = 0; i + 8 < size; i += 8) {
    hash = Fold(hash ^ LoadEight(text.data() + i) ^ kA, kB);
  }
  return Fold(hash ^ LoadEight(text.data() + size - 8) ^ kA, kB);
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
    if (AreEqual(texts_.data() + name.offset, text.data(), name.size)) {
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
