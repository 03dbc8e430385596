#include "kernels/channels/wire/codec.h"

#include <gtest/gtest.h>

#include <vector>

namespace fozzy::channels {
namespace {

constexpr Codec kCodecsUsed[] = {Codec::kLz4, Codec::kZstd, Codec::kSnappy};

std::span<const std::byte> BytesOf(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

TEST(CodecTest, WhatIsCompressedIsSmallerAndComesBack) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "all work and no play ";
  for (const Codec codec : kCodecsUsed) {
    SCOPED_TRACE(CodecName(codec));
    if (!HasCodec(codec)) continue;
    std::string compressed = "before";
    ASSERT_TRUE(Compress(codec, 0, BytesOf(text), compressed).ok());
    EXPECT_LT(compressed.size(), text.size() / 4);
    EXPECT_EQ(compressed.substr(0, 6), "before");

    std::string back(text.size(), '\0');
    EXPECT_TRUE(Decompress(codec, BytesOf(compressed).subspan(6),
                           std::as_writable_bytes(std::span(back)))
                    .ok());
    EXPECT_EQ(back, text);
  }
}

TEST(CodecTest, OtherSizesAndCutsAreNoticed) {
  const std::string text(5000, 'x');
  for (const Codec codec : kCodecsUsed) {
    SCOPED_TRACE(CodecName(codec));
    if (!HasCodec(codec)) continue;
    std::string compressed;
    ASSERT_TRUE(Compress(codec, 0, BytesOf(text), compressed).ok());
    for (const size_t size : {0u, 1u, 4999u, 5001u}) {
      std::vector<std::byte> out(size);
      EXPECT_EQ(Decompress(codec, BytesOf(compressed), out).code(),
                absl::StatusCode::kDataLoss)
          << size;
    }
    std::vector<std::byte> out(text.size());
    for (size_t i = 0; i < compressed.size(); ++i) {
      EXPECT_FALSE(Decompress(codec, BytesOf(compressed).first(i), out).ok())
          << i;
    }
  }
}

TEST(CodecTest, NoneAndUnknownOnesAreRefused) {
  std::string out;
  EXPECT_EQ(Compress(Codec::kNone, 0, BytesOf("a"), out).code(),
            absl::StatusCode::kUnimplemented);
  EXPECT_EQ(Compress(static_cast<Codec>(99), 0, BytesOf("a"), out).code(),
            absl::StatusCode::kUnimplemented);
  EXPECT_STREQ(CodecName(static_cast<Codec>(99)), "unknown");
}

}  // namespace
}  // namespace fozzy::channels
