#include "kernels/channels/wire/message_frame.h"

#include <gtest/gtest.h>

#include <cstring>
#include <utility>

#include "kernels/channels/wire/xxhash64.h"

namespace fozzy::channels {
namespace {

std::span<const std::byte> BytesOf(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string FrameOf(const std::string& message, const FrameOptions& options,
                    uint16_t type = 7) {
  std::string frame;
  EXPECT_TRUE(AppendFrame(BytesOf(message), type, options, frame).ok());
  return frame;
}

// Returns what a reader makes of `bytes`.
absl::StatusOr<std::optional<FramedMessage>> Read(
    const std::string& bytes, const FrameOptions& options = {}) {
  FrameReader reader(options);
  reader.Push(BytesOf(bytes));
  return reader.Next();
}

std::string Compressible() {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "the quick brown fox ";
  return text;
}

constexpr Codec kAll[] = {Codec::kNone, Codec::kLz4, Codec::kZstd,
                          Codec::kSnappy};

TEST(FrameTest, MessagesOfAnySizeComeBackWithTheirType) {
  for (const Codec codec : kAll) {
    if (!HasCodec(codec)) continue;
    for (const std::string& message :
         {std::string(), std::string("a"), std::string(127, 'x'),
          std::string(128, 'x'), Compressible()}) {
      SCOPED_TRACE(message.size());
      const auto read = Read(FrameOf(message, {.codec = codec}));

      ASSERT_TRUE(read.ok()) << read.status();
      ASSERT_TRUE(read->has_value());
      EXPECT_EQ((*read)->bytes, message);
      EXPECT_EQ((*read)->type, 7);
      EXPECT_EQ((*read)->kind, FrameKind::kMessage);
    }
  }
}

TEST(FrameTest, OnlyWhatGetsSmallerIsCompressed) {
  std::string noise;
  for (uint64_t i = 0; i < 64; ++i) {
    const uint64_t word = XxHash64(std::as_bytes(std::span(&i, 1)));
    noise.append(reinterpret_cast<const char*>(&word), 8);
  }
  const FrameOptions options = {.codec = Codec::kLz4};
  if (!HasCodec(Codec::kLz4)) return;

  EXPECT_EQ(FrameOf(noise, options).size(), 32 + noise.size());
  EXPECT_EQ(FrameOf(std::string(127, 'x'), options).size(), 32u + 127);
  EXPECT_LT(FrameOf(std::string(128, 'x'), options).size(), 32u + 64);
}

TEST(FrameTest, LiesAsItsFormatSays) {
  const std::string frame = FrameOf("abc", {}, 0x0102);

  EXPECT_EQ(frame.substr(0, 4), "FZC1");
  EXPECT_EQ(frame.substr(4, 12),
            std::string("\0\0\x02\x01\x03\0\0\0\x03\0\0\0", 12));
  EXPECT_EQ(frame.substr(16, 8), "\x99\x09\x77\xad\xf5\x2c\xbc\x44");
  EXPECT_EQ(frame.substr(32), "abc");
}

TEST(FrameTest, BytesMayArriveOneByOne) {
  const std::string frames = FrameOf("first", {}) + FrameOf("second", {});
  FrameReader reader({});
  std::string messages;
  for (const char byte : frames) {
    ASSERT_GE(reader.missing(), 1u);
    reader.Push(std::as_bytes(std::span(&byte, 1)));
    const auto read = reader.Next();
    ASSERT_TRUE(read.ok());
    if (read->has_value()) messages += (*read)->bytes + ";";
  }

  EXPECT_EQ(messages, "first;second;");
  EXPECT_TRUE(reader.is_between_frames());
}

TEST(FrameTest, ACutFrameIsNoMessageAndNoError) {
  const std::string frame = FrameOf(Compressible(), {.codec = Codec::kZstd});
  for (size_t i = 0; i < frame.size(); ++i) {
    const auto read = Read(frame.substr(0, i));

    ASSERT_TRUE(read.ok()) << i;
    EXPECT_FALSE(read->has_value()) << i;
  }
}

TEST(FrameTest, EveryFlippedBitIsNoticed) {
  for (const Codec codec : {Codec::kNone, Codec::kLz4}) {
    if (!HasCodec(codec)) continue;
    const std::string message =
        codec == Codec::kNone ? "a short one" : Compressible();
    const std::string frame = FrameOf(message, {.codec = codec});
    for (size_t bit = 0; bit < frame.size() * 8; ++bit) {
      std::string damaged = frame;
      damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
      EXPECT_FALSE(Read(damaged).ok()) << bit;
    }
  }
}

// Puts `value` at `at` of a frame and mends its head.
template <class Number>
std::string WithField(std::string frame, size_t at, Number value) {
  std::memcpy(frame.data() + at, &value, sizeof(value));
  const uint64_t hash = XxHash64(BytesOf(frame).first(24));
  std::memcpy(frame.data() + 24, &hash, sizeof(hash));
  return frame;
}

TEST(FrameTest, SizesAreJudgedBeforeTheMessageIsThere) {
  const std::string frame = FrameOf("abc", {});
  const auto code = [](const std::string& bytes) {
    return Read(bytes.substr(0, 32), {.message_bytes_max = 1000})
        .status()
        .code();
  };

  EXPECT_EQ(code(WithField<uint32_t>(frame, 12, 1000)), absl::StatusCode::kOk);
  EXPECT_EQ(code(WithField<uint32_t>(frame, 12, 1001)),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(code(WithField<uint32_t>(frame, 12, UINT32_MAX)),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(code(WithField<uint32_t>(frame, 8, UINT32_MAX)),
            absl::StatusCode::kResourceExhausted);
}

TEST(FrameTest, AMessageThatUnpacksToMoreThanItSaysIsNotUnpacked) {
  for (const Codec codec : {Codec::kLz4, Codec::kZstd, Codec::kSnappy}) {
    if (!HasCodec(codec)) continue;
    const std::string frame =
        FrameOf(std::string(1u << 20, '\0'), {.codec = codec});
    const auto read = Read(
        WithField<uint32_t>(frame, 12, static_cast<uint32_t>(frame.size())));

    EXPECT_EQ(read.status().code(), absl::StatusCode::kDataLoss)
        << CodecName(codec);
    EXPECT_EQ(Read(frame, {.message_bytes_max = 1u << 19}).status().code(),
              absl::StatusCode::kResourceExhausted);
  }
}

TEST(FrameTest, OtherVersionsKindsAndCodecsAreToldApart) {
  const std::string frame = FrameOf("abc", {});

  EXPECT_EQ(Read(WithField<char>(frame, 3, '2')).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Read(WithField<char>(frame, 4, 9)).status().code(),
            absl::StatusCode::kUnimplemented);
  EXPECT_EQ(Read(WithField<char>(frame, 5, 9)).status().code(),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(Read("GET / HTTP/1.1\r\nHost: example.org\r\n").status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(FrameTest, WritersRefuseWhatReadersWould) {
  std::string out = "before";

  EXPECT_EQ(AppendFrame(BytesOf(std::string(11, 'x')), 0,
                        {.message_bytes_max = 10}, out)
                .code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(AppendFrame(BytesOf(std::string(200, 'x')), 0,
                        {.codec = static_cast<Codec>(9)}, out)
                .code(),
            absl::StatusCode::kUnimplemented);
  EXPECT_EQ(out, "before");
}

TEST(FrameTest, TheEndIsAFrame) {
  std::string end;
  AppendEnd(end);
  const auto read = Read(end);

  ASSERT_TRUE(read.ok() && read->has_value());
  EXPECT_EQ((*read)->kind, FrameKind::kEnd);
}

}  // namespace
}  // namespace fozzy::channels
