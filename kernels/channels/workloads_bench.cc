// workloads_bench: the workloads that channels are often shown with, each with
// a check that everything arrived, one line each: name, messages or bytes a
// second, what was checked.
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "kernels/channels/channel.h"
#include "kernels/channels/host/tcp.h"
#include "kernels/channels/typed_message.h"
#include "kernels/channels/wire/message_frame.h"

namespace fozzy::channels {
namespace {

constexpr uint64_t kRingBytes = 16u << 20;

void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "workloads_bench: %s\n", what);
  __builtin_trap();
}

// Returns the seconds that body() takes.
template <class Body>
double Seconds(const Body& body) {
  const auto start = std::chrono::steady_clock::now();
  body();
  const std::chrono::duration<double> time =
      std::chrono::steady_clock::now() - start;
  return time.count();
}

std::unique_ptr<Channel> Make(Mode mode) {
  auto channel =
      CreateChannel("memory://workload", {.mode = mode, .bytes = kRingBytes});
  Require(channel.ok(), "no channel");
  return *std::move(channel);
}

// Sends `messages` times 64 bytes that count up.
void Modes() {
  constexpr uint64_t kMessages = 1'000'000;
  constexpr const char* kNames[] = {"spsc", "mpsc", "spmc", "mpmc"};
  for (const Mode mode : {Mode::kSpsc, Mode::kMpsc, Mode::kSpmc, Mode::kMpmc}) {
    const auto channel = Make(mode);
    const double seconds = Seconds([&] {
      std::thread sending([&] {
        Slot<StdSync> slot;
        for (uint64_t i = 0; i < kMessages; ++i) {
          Require(channel->sender(0).Reserve(64, slot) == Status::kOk, "send");
          for (uint32_t w = 0; w < 8; ++w) slot.words[w] = i + w;
          channel->sender(0).Commit(slot);
        }
        channel->sender(0).Close();
      });
      View<StdSync> view;
      uint64_t next = 0;
      while (channel->receiver(0).Receive(view) == Status::kOk) {
        for (uint32_t w = 0; w < 8; ++w) {
          Require(view.words[w] == next + w, "a message is wrong");
        }
        ++next;
        channel->receiver(0).Release(view);
      }
      sending.join();
      Require(next == kMessages, "messages are lost");
    });
    std::printf("modes/%-22s %8.2f M messages/s  1,000,000 of 64 bytes\n",
                kNames[static_cast<size_t>(mode)],
                static_cast<double>(kMessages) / seconds / 1e6);
  }
}

// Sends `total` floats, `count` in each message.
void Floats(const char* name, uint64_t total, uint32_t count) {
  const auto channel = Make(Mode::kSpsc);
  const double seconds = Seconds([&] {
    std::thread sending([&] {
      Slot<StdSync> slot;
      std::span<float> out;
      for (uint64_t sent = 0; sent < total; sent += count) {
        Require(ReserveTyped<FloatVector>(channel->sender(0), slot, out,
                                          kForever, count) == Status::kOk,
                "send");
        // Whole numbers that floats hold exactly.
        for (uint32_t i = 0; i < count; ++i) {
          out[i] = static_cast<float>((sent + i) & 0xffff);
        }
        channel->sender(0).Commit(slot);
      }
      channel->sender(0).Close();
    });
    View<StdSync> view;
    uint64_t received = 0;
    while (channel->receiver(0).Receive(view) == Status::kOk) {
      const auto in = As<FloatVector>(view);
      Require(in.has_value() && in->size() == count, "another message");
      for (const float value : *in) {
        Require(value == static_cast<float>(received++ & 0xffff),
                "a float is wrong");
      }
      channel->receiver(0).Release(view);
    }
    sending.join();
    Require(received == total, "floats are lost");
  });
  std::printf("%-28s %8.2f MB/s  %llu messages of %u floats\n", name,
              static_cast<double>(total) * sizeof(float) / seconds / 1e6,
              static_cast<unsigned long long>(total / count), count);
}

// One vector of a million floats through frames of each codec.
void Compression() {
  std::vector<float> values(1'000'000);
  for (size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<float>(std::sin(static_cast<double>(i) * 0.001));
  }
  const auto bytes = std::as_bytes(std::span(values));
  struct Setting {
    Codec codec;
    int level;
  };
  constexpr Setting kSettings[] = {{Codec::kNone, 0},
                                   {Codec::kLz4, 0},
                                   {Codec::kZstd, 1},
                                   {Codec::kZstd, 3},
                                   {Codec::kSnappy, 0}};
  for (const Setting& setting : kSettings) {
    if (!HasCodec(setting.codec)) continue;
    const FrameOptions options = {.codec = setting.codec,
                                  .level = setting.level};
    std::string frame;
    const double packing = Seconds([&] {
      Require(AppendFrame(bytes, FloatVector::kType, options, frame).ok(),
              "it does not compress");
    });
    const double unpacking = Seconds([&] {
      FrameReader reader(options);
      reader.Push(std::as_bytes(std::span(frame)));
      const auto message = reader.Next();
      Require(message.ok() && message->has_value() &&
                  (*message)->bytes.size() == bytes.size() &&
                  std::memcmp((*message)->bytes.data(), bytes.data(),
                              bytes.size()) == 0,
              "it does not come back");
    });
    const double size = static_cast<double>(bytes.size());
    std::printf("compression/%s_%-10d %8.2f MB/s in, %8.2f out, to %.1f %%\n",
                CodecName(setting.codec), setting.level, size / packing / 1e6,
                size / unpacking / 1e6,
                static_cast<double>(frame.size()) / size * 100);
  }
}

// Small messages over TCP, one by one and put together.
void Coalescing(const char* name, uint32_t coalesced_bytes) {
  constexpr uint32_t kMessages = 200'000;
  TcpOptions options;
  options.coalesced_bytes = coalesced_bytes;
  auto listener = TcpListener::Listen(0, options);
  Require(listener.ok(), "nobody listens");
  auto sender = TcpSender::Connect("127.0.0.1", (*listener)->port(), options);
  Require(sender.ok(), "no connection");
  auto receiver = (*listener)->Accept(kForever);
  const double seconds = Seconds([&] {
    std::thread sending([&] {
      std::array<uint64_t, 8> words = {};
      for (uint32_t i = 0; i < kMessages; ++i) {
        words.fill(i);
        Require((*sender)->Send(std::as_bytes(std::span(words)), 0).ok(),
                "send");
      }
      Require((*sender)->Close(kForever).ok(), "close");
    });
    for (uint32_t i = 0; i < kMessages; ++i) {
      const auto message = (*receiver)->Receive();
      Require(message.ok() && message->has_value(), "receive");
      uint64_t last = 0;
      std::memcpy(&last, (*message)->bytes.data() + 56, 8);
      Require(last == i, "a message is wrong");
    }
    sending.join();
  });
  std::printf("%-28s %8.2f k messages/s  200,000 of 64 bytes\n", name,
              kMessages / seconds / 1e3);
}

}  // namespace
}  // namespace fozzy::channels

int main() {
  using fozzy::channels::Floats;
  fozzy::channels::Modes();
  Floats("floats/vectors", 102'400'000, 1024);
  Floats("floats/one_by_one", 1'000'000, 1);
  Floats("floats/batched", 1'000'000, 1000);
  fozzy::channels::Compression();
  fozzy::channels::Coalescing("tcp/one_by_one", 1);
  fozzy::channels::Coalescing("tcp/coalesced_64_KiB", 64u << 10);
  return 0;
}
