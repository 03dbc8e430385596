#include "trace/deflate.h"

#include <string>

#include "gtest/gtest.h"
#include "trace/testing/sample.h"

namespace fozzy {
namespace {

std::string Letters(size_t size) {
  NumberSequence numbers;
  std::string text;
  while (text.size() < size) {
    text.push_back(static_cast<char>('a' + numbers.Next() % 4));
  }
  return text;
}

TEST(DeflateTest, BuffersOfAnySizeComeBack) {
  Deflater deflater;
  Inflater inflater;
  for (const size_t size :
       {size_t{0}, size_t{1}, size_t{1000}, size_t{200'000}, size_t{3}}) {
    const std::string text = Letters(size);
    const absl::string_view stored = deflater.Deflate(text);
    std::string back(size, '\0');

    EXPECT_TRUE(inflater.Inflate(stored, back.data(), size)) << size;
    EXPECT_EQ(back, text);
  }
}

TEST(DeflateTest, WhatCameBeforeDoesNotChangeTheBytes) {
  Deflater fresh;
  Deflater used;
  used.Deflate(Letters(70'000));

  EXPECT_EQ(fresh.Deflate(Letters(500)), used.Deflate(Letters(500)));
}

TEST(DeflateTest, AnotherSizeThanTheRealOneIsRefused) {
  Deflater deflater;
  Inflater inflater;
  const absl::string_view stored = deflater.Deflate(Letters(1000));
  std::string back(1001, '\0');

  EXPECT_FALSE(inflater.Inflate(stored, back.data(), 1001));
  EXPECT_FALSE(inflater.Inflate(stored, back.data(), 999));
  EXPECT_FALSE(inflater.Inflate(stored, back.data(), 0));
  EXPECT_TRUE(inflater.Inflate(stored, back.data(), 1000));
}

TEST(DeflateTest, CutOrLengthenedBytesAreRefused) {
  Deflater deflater;
  Inflater inflater;
  const std::string stored(deflater.Deflate(Letters(1000)));
  std::string back(1000, '\0');
  for (size_t size = 0; size < stored.size(); ++size) {
    EXPECT_FALSE(inflater.Inflate({stored.data(), size}, back.data(), 1000))
        << size;
  }

  EXPECT_FALSE(inflater.Inflate(stored + '\0', back.data(), 1000));
}

}  // namespace
}  // namespace fozzy
