#include "kernels/channels/channel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "kernels/channels/typed_message.h"

namespace fozzy::channels {
namespace {

using testing::HasSubstr;

std::unique_ptr<Channel> Create(const ChannelOptions& options) {
  auto channel = CreateChannel("memory://test", options);
  EXPECT_TRUE(channel.ok()) << channel.status();
  return *std::move(channel);
}

std::string ErrorOf(absl::string_view uri, const ChannelOptions& options) {
  return CreateChannel(uri, options).status().ToString();
}

TEST(ChannelTest, CarriesMessagesInEveryMode) {
  for (const Mode mode :
       {Mode::kSpsc, Mode::kMpsc, Mode::kSpmc, Mode::kMpmc, Mode::kBroadcast}) {
    const auto channel = Create({.mode = mode, .bytes = 128});
    Slot<StdSync> slot;
    View<StdSync> view;
    for (uint64_t i = 0; i < 5; ++i) {
      ASSERT_EQ(channel->sender(0).Reserve(8, slot), Status::kOk);
      slot.words[0] = i;
      channel->sender(0).Commit(slot);
      ASSERT_EQ(channel->receiver(0).Receive(view), Status::kOk);
      EXPECT_EQ(view.words[0], i);
      channel->receiver(0).Release(view);
    }
    channel->sender(0).Close();
    EXPECT_EQ(channel->receiver(0).Receive(view), Status::kClosed);
    EXPECT_EQ(channel->mode(), mode);
    EXPECT_EQ(channel->uri(), "memory://test");
    EXPECT_EQ(channel->metrics().sent.messages, 5u);
    EXPECT_EQ(channel->metrics().received.bytes, 40u);
  }
}

TEST(ChannelTest, CarriesBatches) {
  const auto channel = Create({.mode = Mode::kMpmc, .bytes = 256});
  SlotBatch<StdSync> slots;
  ViewBatch<StdSync> views;

  ASSERT_EQ(channel->sender(0).ReserveBatch(8, 9, slots), Status::kOk);
  EXPECT_EQ(slots.count, 4u) << "there is room for no more";
  for (uint64_t i = 0; i < slots.count; ++i) {
    slots.at(static_cast<uint32_t>(i))[0] = i;
  }
  channel->sender(0).CommitBatch(slots);
  ASSERT_EQ(channel->receiver(0).ReceiveBatch(9, views), Status::kOk);
  ASSERT_EQ(views.count, 4u);
  EXPECT_EQ(views.at(3)[0], 3u);
  channel->receiver(0).ReleaseBatch(views);
  EXPECT_EQ(channel->metrics().received.messages, 4u);
}

TEST(ChannelTest, SizesAreRoundedUp) {
  const auto channel = Create({.bytes = 129});
  Slot<StdSync> slot;

  EXPECT_EQ(channel->sender(0).Reserve(256, slot, 0), Status::kOk);
  EXPECT_EQ(channel->sender(0).Reserve(257, slot, 0), Status::kTooLarge);
}

TEST(ChannelTest, SaysWhatIsWrongWithAUri) {
  EXPECT_THAT(ErrorOf("orders", {}), HasSubstr("\"orders\""));
  EXPECT_THAT(ErrorOf("", {}), HasSubstr("INVALID_ARGUMENT"));
  EXPECT_THAT(ErrorOf("memory://", {}), HasSubstr("no name"));
  EXPECT_THAT(ErrorOf("quic://host", {}), HasSubstr("UNIMPLEMENTED"));
}

TEST(ChannelTest, SaysWhatIsWrongWithOptions) {
  EXPECT_THAT(ErrorOf("memory://a", {.bytes = 0}), HasSubstr("0 bytes"));
  EXPECT_THAT(ErrorOf("memory://a", {.bytes = uint64_t{1} << 60}),
              HasSubstr("INVALID_ARGUMENT"));
  EXPECT_THAT(ErrorOf("memory://a", {.granule_bytes = 24}),
              HasSubstr("24 bytes"));
  EXPECT_THAT(ErrorOf("memory://a", {.granule_bytes = 4}),
              HasSubstr("4 bytes"));
  EXPECT_THAT(ErrorOf("memory://a", {.senders = 2}), HasSubstr("2 senders"));
  EXPECT_THAT(ErrorOf("memory://a", {.senders = 0}), HasSubstr("0 senders"));
  EXPECT_THAT(ErrorOf("memory://a", {.mode = Mode::kMpsc, .receivers = 2}),
              HasSubstr("2 receivers"));
  EXPECT_THAT(
      ErrorOf("memory://a", {.mode = Mode::kBroadcast, .receivers = 17}),
      HasSubstr("expected 1 to 16"));
}

TEST(TypedMessageTest, VectorsAreWrittenAndReadInTheRing) {
  const auto channel = Create({});
  Slot<StdSync> slot;
  View<StdSync> view;
  std::span<float> out;

  ASSERT_EQ(ReserveTyped<FloatVector>(channel->sender(0), slot, out, 0, 1024u),
            Status::kOk);
  ASSERT_EQ(out.size(), 1024u);
  for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<float>(i);
  channel->sender(0).Commit(slot);
  ASSERT_EQ(channel->receiver(0).Receive(view), Status::kOk);

  EXPECT_EQ(As<ByteVector>(view), std::nullopt) << "it is of another type";
  const auto in = As<FloatVector>(view);
  ASSERT_TRUE(in.has_value());
  ASSERT_EQ(in->size(), 1024u);
  EXPECT_EQ(in->data(), out.data()) << "it was copied";
  EXPECT_EQ((*in)[1023], 1023.0f);
}

TEST(TypedMessageTest, AMatrixKnowsItsRowsAndColumns) {
  const auto channel = Create({});
  Slot<StdSync> slot;
  View<StdSync> view;
  MatrixView<double> out;

  ASSERT_EQ(
      ReserveTyped<DoubleMatrix>(channel->sender(0), slot, out, 0, 2u, 3u),
      Status::kOk);
  out.at(1, 2) = 7.5;
  channel->sender(0).Commit(slot);
  ASSERT_EQ(channel->receiver(0).Receive(view), Status::kOk);

  const auto in = As<DoubleMatrix>(view);
  ASSERT_TRUE(in.has_value());
  EXPECT_EQ(in->rows, 2u);
  EXPECT_EQ(in->columns, 3u);
  EXPECT_EQ(in->at(1, 2), 7.5);
}

TEST(TypedMessageTest, BytesThatAreNoSuchMessageAreNotTakenForOne) {
  alignas(8) std::byte bytes[64] = {};
  const uint32_t sizes[2] = {2, 3};
  std::memcpy(bytes, sizes, sizeof(sizes));

  EXPECT_TRUE(DoubleMatrix::Read({bytes, 8 + 48}).has_value());
  EXPECT_FALSE(DoubleMatrix::Read({bytes, 8 + 47}).has_value());
  EXPECT_FALSE(DoubleMatrix::Read({bytes, 64}).has_value());
  EXPECT_FALSE(DoubleMatrix::Read({bytes, 7}).has_value());
  EXPECT_FALSE(FloatVector::Read({bytes, 7}).has_value());
  EXPECT_TRUE(FloatVector::Read({bytes, 0}).has_value());
}

TEST(TypedMessageTest, WhatIsTooLargeForAnyRingIsRefused) {
  const auto channel = Create({});
  Slot<StdSync> slot;
  MatrixView<double> matrix;
  std::span<float> vector;

  EXPECT_EQ(ReserveTyped<DoubleMatrix>(channel->sender(0), slot, matrix, 0,
                                       UINT32_MAX, UINT32_MAX),
            Status::kTooLarge);
  EXPECT_EQ(
      ReserveTyped<FloatVector>(channel->sender(0), slot, vector, 0, 1u << 30),
      Status::kTooLarge);
}

// A message type of a user: a time and a price.
struct Quote {
  static constexpr uint16_t kType = kFirstUserType;
  struct Fields {
    uint64_t time;
    double price;
  };
  using Out = Fields*;
  using In = const Fields*;
  static uint64_t BytesOf() { return sizeof(Fields); }
  static Out Write(std::byte* bytes) {
    return reinterpret_cast<Fields*>(bytes);
  }
  static std::optional<In> Read(std::span<const std::byte> bytes) {
    if (bytes.size() != sizeof(Fields)) return std::nullopt;
    return reinterpret_cast<const Fields*>(bytes.data());
  }
};

TEST(TypedMessageTest, UsersBringTypesOfTheirOwn) {
  const auto channel = Create({});
  Slot<StdSync> slot;
  View<StdSync> view;
  Quote::Fields* out = nullptr;

  ASSERT_EQ(ReserveTyped<Quote>(channel->sender(0), slot, out, 0), Status::kOk);
  *out = {5, 1.25};
  channel->sender(0).Commit(slot);
  ASSERT_EQ(channel->receiver(0).Receive(view), Status::kOk);

  const auto in = As<Quote>(view);
  ASSERT_TRUE(in.has_value());
  EXPECT_EQ((*in)->time, 5u);
  EXPECT_EQ((*in)->price, 1.25);
}

}  // namespace
}  // namespace fozzy::channels
