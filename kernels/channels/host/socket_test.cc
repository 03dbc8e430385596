#include "kernels/channels/host/socket.h"

#include <gtest/gtest.h>

#include <array>

#include "kernels/channels/host/futex.h"

namespace fozzy::channels::host {
namespace {

TEST(SocketTest, BytesGoThroughAndTheEndIsTold) {
  auto listening = Socket::Listen(0);
  ASSERT_TRUE(listening.ok()) << listening.status();
  auto out = Socket::Connect("127.0.0.1", listening->port());
  ASSERT_TRUE(out.ok()) << out.status();
  ASSERT_TRUE(listening->AwaitInput(INT64_MAX));
  auto in = listening->Accept();
  ASSERT_TRUE(in.ok()) << in.status();
  std::array<std::byte, 8> bytes = {};

  EXPECT_EQ(*in->Read(bytes), 0u) << "nothing is there yet";
  EXPECT_FALSE(in->AwaitInput(DeadlineAfter(1000)));
  EXPECT_EQ(*out->Write(std::as_bytes(std::span("hello", 5))), 5u);
  ASSERT_TRUE(in->AwaitInput(INT64_MAX));
  EXPECT_EQ(*in->Read(bytes), 5u);
  EXPECT_EQ(bytes[4], std::byte{'o'});
  out->EndWriting();
  ASSERT_TRUE(in->AwaitInput(INT64_MAX));
  EXPECT_EQ(in->Read(bytes).status().code(), absl::StatusCode::kOutOfRange);
}

TEST(SocketTest, WhereNobodyListensNobodyIsReached) {
  uint16_t port = 0;
  {
    auto listening = Socket::Listen(0);
    ASSERT_TRUE(listening.ok());
    port = listening->port();
  }

  EXPECT_EQ(Socket::Connect("127.0.0.1", port).status().code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(Socket::Connect("localhost", port).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace fozzy::channels::host
