#include "kernels/channels/host/tcp.h"

#include <gtest/gtest.h>

#include <cstring>
#include <utility>

#include "kernels/channels/host/futex.h"

namespace fozzy::channels {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

std::span<const std::byte> BytesOf(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

// Both ends of a connection inside this process.
struct Line {
  explicit Line(const TcpOptions& options) {
    auto listener = TcpListener::Listen(0, options);
    EXPECT_TRUE(listener.ok()) << listener.status();
    auto connected =
        TcpSender::Connect("127.0.0.1", (*listener)->port(), options);
    EXPECT_TRUE(connected.ok()) << connected.status();
    sender = *std::move(connected);
    receiver = *(*listener)->Accept(kForever);
  }

  std::unique_ptr<TcpSender> sender;
  std::unique_ptr<TcpReceiver> receiver;
};

// A receiver, and a socket that may write anything to it.
struct RawLine {
  explicit RawLine(const TcpOptions& options) {
    auto listener = TcpListener::Listen(0, options);
    EXPECT_TRUE(listener.ok());
    socket.emplace(*host::Socket::Connect("127.0.0.1", (*listener)->port()));
    receiver = *(*listener)->Accept(kForever);
  }

  std::optional<host::Socket> socket;
  std::unique_ptr<TcpReceiver> receiver;
};

std::string MessageOf(uint32_t number) {
  return std::to_string(number) + ":" + std::string(number % 700, 'x');
}

TEST(TcpTest, MessagesArriveWholeAndInOrderWithEveryCodec) {
  for (const Codec codec :
       {Codec::kNone, Codec::kLz4, Codec::kZstd, Codec::kSnappy}) {
    if (!HasCodec(codec)) continue;
    SCOPED_TRACE(CodecName(codec));
    Line line({.frames = {.codec = codec}});
    std::thread sending([&] {
      for (uint32_t i = 0; i < 3000; ++i) {
        ASSERT_TRUE(
            line.sender
                ->Send(BytesOf(MessageOf(i)), static_cast<uint16_t>(i % 5))
                .ok());
      }
      EXPECT_TRUE(line.sender->Close(10 * kSecond).ok());
    });
    for (uint32_t i = 0; i < 3000; ++i) {
      const auto message = line.receiver->Receive();
      ASSERT_TRUE(message.ok()) << message.status();
      ASSERT_TRUE(message->has_value());
      ASSERT_EQ((*message)->bytes, MessageOf(i));
      ASSERT_EQ((*message)->type, i % 5);
    }
    EXPECT_EQ(line.receiver->Receive().status().code(),
              absl::StatusCode::kOutOfRange);
    sending.join();
  }
}

TEST(TcpTest, ASmallMessageIsSentWhenItHasWaitedThoughNoneFollows) {
  Line line({.delay_ns = 5'000'000});

  ASSERT_TRUE(line.sender->Send(BytesOf("alone"), 0).ok());

  const auto message = line.receiver->Receive(10 * kSecond);
  ASSERT_TRUE(message.ok() && message->has_value());
  EXPECT_EQ((*message)->bytes, "alone");
}

TEST(TcpTest, ManySmallMessagesAreSentBeforeTheyHaveWaited) {
  Line line({.coalesced_bytes = 4096, .delay_ns = 3600 * kSecond});

  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(line.sender->Send(BytesOf(std::string(50, 'x')), 0).ok());
  }

  const auto message = line.receiver->Receive(10 * kSecond);
  EXPECT_TRUE(message.ok() && message->has_value());
}

TEST(TcpTest, ASlowReaderIsFeltAndMemoryStaysBounded) {
  Line line({.waiting_bytes_max = 1u << 16, .socket_buffer_bytes = 1 << 14});
  const std::string message(1 << 13, 'x');

  absl::Status status;
  uint32_t sent = 0;
  while (sent < 10'000 && status.ok()) {
    status = line.sender->Send(BytesOf(message), 0, 50'000'000);
    sent += status.ok();
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_LT(sent, 1000u) << "it holds more than 8 MB";
  for (uint32_t i = 0; i < sent; ++i) {
    const auto read = line.receiver->Receive(10 * kSecond);
    ASSERT_TRUE(read.ok() && read->has_value()) << i;
    ASSERT_EQ((*read)->bytes, message);
  }
  EXPECT_TRUE(line.sender->Send(BytesOf(message), 0, 10 * kSecond).ok());
}

TEST(TcpTest, ASenderThatIsGoneWithoutAWordIsNoEnd) {
  Line line({});
  ASSERT_TRUE(line.sender->Send(BytesOf("one"), 0).ok());
  const auto message = line.receiver->Receive(10 * kSecond);
  ASSERT_TRUE(message.ok() && message->has_value());

  line.sender.reset();

  EXPECT_EQ(line.receiver->Receive(10 * kSecond).status().code(),
            absl::StatusCode::kUnavailable);
}

TEST(TcpTest, AMessageThatIsCutIsNotReceived) {
  RawLine line({});
  std::string frame;
  ASSERT_TRUE(AppendFrame(BytesOf("a message"), 0, {}, frame).ok());
  ASSERT_EQ(*line.socket->Write(BytesOf(frame).first(frame.size() - 1)),
            frame.size() - 1);
  line.socket.reset();

  const auto message = line.receiver->Receive(10 * kSecond);

  EXPECT_EQ(message.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(message.status().message(),
            "the connection was cut within a message");
}

TEST(TcpTest, GarbageEndsAConnectionForGood) {
  RawLine line({});
  std::string bytes;
  ASSERT_TRUE(AppendFrame(BytesOf("good"), 0, {}, bytes).ok());
  bytes += "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
  ASSERT_TRUE(line.socket->Write(BytesOf(bytes)).ok());

  const auto good = line.receiver->Receive(10 * kSecond);
  ASSERT_TRUE(good.ok() && good->has_value());
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(line.receiver->Receive(10 * kSecond).status().code(),
              absl::StatusCode::kDataLoss);
  }
}

TEST(TcpTest, AMessageThatSaysItIsTooLargeIsRefusedAtItsHead) {
  TcpOptions small;
  small.frames.message_bytes_max = 1000;
  RawLine line(small);
  std::string frame;
  ASSERT_TRUE(AppendFrame(BytesOf(std::string(1001, 'x')), 0, {}, frame).ok());
  ASSERT_TRUE(line.socket->Write(BytesOf(frame).first(32)).ok());

  EXPECT_EQ(line.receiver->Receive(10 * kSecond).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(TcpTest, ASenderLearnsThatTheReceiverIsGone) {
  Line line({.delay_ns = 0, .waiting_bytes_max = 1});
  line.receiver.reset();

  absl::Status status;
  for (int i = 0; i < 10'000 && status.ok(); ++i) {
    status = line.sender->Send(BytesOf(std::string(5000, 'x')), 0, kSecond);
  }

  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(line.sender->Close(kSecond).code(), absl::StatusCode::kUnavailable);
}

TEST(TcpTest, NothingIsSentAfterTheEnd) {
  Line line({});
  ASSERT_TRUE(line.sender->Close(10 * kSecond).ok());

  EXPECT_EQ(line.sender->Send(BytesOf("late"), 0).code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(line.sender->Close(10 * kSecond).ok());
}

TEST(TcpTest, NobodyConnectsInTime) {
  auto listener = TcpListener::Listen(0, {});
  ASSERT_TRUE(listener.ok());

  EXPECT_EQ((*listener)->Accept(1000).status().code(),
            absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace fozzy::channels
