#include "scenarios/json_utf8.h"

#include <cstdint>
#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

// Encodes `point` as UTF-8 does, also where that is not allowed.
std::string Encode(uint32_t point) {
  std::string bytes;
  const auto add = [&bytes](uint32_t byte) {
    bytes += static_cast<char>(byte);
  };
  const auto rest = [&](int count) {
    while (count-- > 0) add(0x80 | ((point >> (6 * count)) & 0x3F));
  };
  if (point < 0x80) {
    add(point);
  } else if (point < 0x800) {
    add(0xC0 | (point >> 6));
    rest(1);
  } else if (point < 0x10000) {
    add(0xE0 | (point >> 12));
    rest(2);
  } else {
    add(0xF0 | (point >> 18));
    rest(3);
  }
  return bytes;
}

TEST(Utf8Test, TakesEveryCodePointButSurrogates) {
  for (uint32_t point = 0; point < 0x120000; ++point) {
    const std::string bytes = Encode(point);
    const bool is_surrogate = point >= 0xD800 && point < 0xE000;
    const bool is_valid = !is_surrogate && point < 0x110000;
    ASSERT_EQ(Utf8SequenceSize(bytes, 0), is_valid ? bytes.size() : 0) << point;
  }
}

TEST(Utf8Test, RefusesOverlongAndTruncatedSequences) {
  for (const absl::string_view bytes :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\x80",
        "\xC3", "\xE2\x82", "\xF0\x9D\x84", "\xE2\x82\x28", "\xFF"}) {
    EXPECT_EQ(Utf8SequenceSize(bytes, 0), 0U);
  }
}

TEST(Utf8Test, FindsTheFirstBadByteAtEveryPlace) {
  for (size_t size = 0; size < 40; ++size) {
    for (size_t bad = 0; bad < size; ++bad) {
      std::string text(size, 'x');
      ASSERT_EQ(ValidUtf8Prefix(text), size);
      text[bad] = '\xFE';
      ASSERT_EQ(ValidUtf8Prefix(text), bad) << size;
    }
  }
}

}  // namespace
}  // namespace fozzy
