#include "scenarios/json_utf8.h"

#include <cstdint>
#include <cstring>

namespace fozzy {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080;

// One row of table 3-7: lead bytes, and what the second byte may be.  All
// later bytes are 80 to BF.
struct Row {
  uint8_t lead_min, lead_max, second_min, second_max, size;
};

constexpr Row kRows[] = {
    {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
    {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3},
    {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
};

uint8_t ByteAt(absl::string_view text, size_t at) {
  return static_cast<uint8_t>(text[at]);
}

// Returns where the ASCII that starts at `text[at]` ends, by whole words: the
// last few bytes before the end may be left to the caller.
size_t SkipAscii(absl::string_view text, size_t at) {
  while (at + 8 <= text.size()) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & kHighBits) != 0) break;
    at += 8;
  }
  return at;
}

}  // namespace

size_t Utf8SequenceSize(absl::string_view text, size_t at) {
  const uint8_t lead = ByteAt(text, at);
  if (lead < 0x80) return 1;
  for (const Row& row : kRows) {
    if (lead < row.lead_min || lead > row.lead_max) continue;
    if (text.size() - at < row.size) return 0;
    const uint8_t second = ByteAt(text, at + 1);
    if (second < row.second_min || second > row.second_max) return 0;
    for (size_t i = 2; i < row.size; ++i) {
      if ((ByteAt(text, at + i) & 0xC0) != 0x80) return 0;
    }
    return row.size;
  }
  return 0;
}

size_t ValidUtf8Prefix(absl::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    at = SkipAscii(text, at);
    if (at == text.size()) break;
    const size_t size = Utf8SequenceSize(text, at);
    if (size == 0) return at;
    at += size;
  }
  return at;
}

}  // namespace fozzy
