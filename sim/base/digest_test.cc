#include "sim/base/digest.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace fozzy {
namespace {

template <typename... Fields>
std::string HexOf(Fields... fields) {
  Digest digest;
  (digest.Mix(fields), ...);
  return digest.Hex();
}

TEST(DigestTest, HexIsTheHighHalfThenTheLowOne) {
  EXPECT_EQ(Digest().Hex(), std::string(32, '0'));
  Digest digest;
  digest.Mix(uint64_t{1});
  const std::string hex = digest.Hex();
  ASSERT_EQ(hex.size(), 32u);
  EXPECT_EQ(std::stoull(hex.substr(0, 16), nullptr, 16), digest.high());
  EXPECT_EQ(std::stoull(hex.substr(16), nullptr, 16), digest.low());
}

TEST(DigestTest, NumberAfterNumberMatters) {
  std::set<std::string> seen = {HexOf()};
  for (uint64_t a = 0; a < 20; ++a) {
    EXPECT_TRUE(seen.insert(HexOf(a)).second) << a;
    for (uint64_t b = 0; b < 20; ++b) {
      EXPECT_TRUE(seen.insert(HexOf(a, b)).second) << a << ", " << b;
    }
  }
}

TEST(DigestTest, EachBitMatters) {
  std::set<std::string> seen = {HexOf(uint64_t{0})};
  for (int bit = 0; bit < 64; ++bit) {
    EXPECT_TRUE(seen.insert(HexOf(uint64_t{1} << bit)).second) << bit;
  }
}

TEST(DigestTest, WhereATextEndsMatters) {
  using View = std::string_view;
  EXPECT_NE(HexOf(View("ab"), View("c")), HexOf(View("a"), View("bc")));
  EXPECT_NE(HexOf(View("")), HexOf());
  EXPECT_NE(HexOf(View("a")), HexOf(View("a\0", 2)));
}

TEST(DigestTest, TextsOfEachLengthDiffer) {
  std::set<std::string> seen;
  for (size_t size = 0; size < 40; ++size) {
    const std::string text(size, 'x');
    EXPECT_TRUE(seen.insert(HexOf(std::string_view(text))).second) << size;
    for (size_t i = 0; i < size; ++i) {
      std::string other = text;
      other[i] = 'y';
      EXPECT_TRUE(seen.insert(HexOf(std::string_view(other))).second)
          << size << ", " << i;
    }
  }
}

TEST(DigestTest, ALostLaneDoesNotLoseTheState) {
  // Whatever number follows, two digests that differed still differ.
  Digest one;
  Digest other;
  one.Mix(uint64_t{1});
  other.Mix(uint64_t{2});
  // Makes the first factor of the low lane of `one` zero.
  const uint64_t zero = one.low() ^ 0x9e3779b97f4a7c15;
  one.Mix(zero);
  other.Mix(zero);
  for (uint64_t i = 0; i < 100; ++i) {
    ASSERT_NE(one, other) << i;
    one.Mix(i);
    other.Mix(i);
  }
}

TEST(DigestTest, EqualFieldsGiveEqualDigests) {
  EXPECT_EQ(HexOf(uint64_t{5}, std::string_view("text")),
            HexOf(uint64_t{5}, std::string_view(std::string("text"))));
}

}  // namespace
}  // namespace fozzy
