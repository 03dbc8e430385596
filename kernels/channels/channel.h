// Channels whose mode is known at run time only.
//
//   absl::StatusOr<std::unique_ptr<Channel>> channel =
//       CreateChannel("memory://orders", {.mode = Mode::kMpsc, .senders = 2});
//   MessageSender& sender = (*channel)->sender(0);  // for one thread
//
// Where it is known when compiling, Sender and Receiver of ends.h spare the
// virtual calls.
#ifndef KERNELS_CHANNELS_CHANNEL_H_
#define KERNELS_CHANNELS_CHANNEL_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "kernels/channels/core.h"
#include "kernels/channels/metrics.h"
#include "kernels/channels/std_sync.h"

namespace fozzy::channels {

// One end of a channel, used by one thread at a time.  The methods are those of
// Sender.
class MessageSender {
 public:
  MessageSender(const MessageSender&) = delete;
  MessageSender& operator=(const MessageSender&) = delete;
  virtual ~MessageSender() = default;

  virtual Status Reserve(uint32_t bytes, Slot<StdSync>& slot,
                         int64_t timeout_ns = kForever) = 0;
  virtual void Commit(const Slot<StdSync>& slot) = 0;
  virtual void Abandon(const Slot<StdSync>& slot) = 0;
  virtual Status ReserveBatch(uint32_t bytes, uint32_t count_max,
                              SlotBatch<StdSync>& batch,
                              int64_t timeout_ns = kForever) = 0;
  virtual void CommitBatch(const SlotBatch<StdSync>& batch) = 0;
  virtual void Close() = 0;

 protected:
  MessageSender() = default;
};

// The other end; the methods are those of Receiver.
class MessageReceiver {
 public:
  MessageReceiver(const MessageReceiver&) = delete;
  MessageReceiver& operator=(const MessageReceiver&) = delete;
  virtual ~MessageReceiver() = default;

  virtual Status Receive(View<StdSync>& view,
                         int64_t timeout_ns = kForever) = 0;
  virtual void Release(const View<StdSync>& view) = 0;
  virtual Status ReceiveBatch(uint32_t count_max, ViewBatch<StdSync>& batch,
                              int64_t timeout_ns = kForever) = 0;
  virtual void ReleaseBatch(const ViewBatch<StdSync>& batch) = 0;
  virtual void Leave() = 0;

 protected:
  MessageReceiver() = default;
};

struct ChannelOptions {
  Mode mode = Mode::kSpsc;
  uint64_t bytes = 1u << 20;    // of the ring; rounded up to a power of two
  uint32_t granule_bytes = 64;  // what a message takes at least; a power of two
  uint32_t senders = 1;
  uint32_t receivers = 1;
  uint32_t spins = 256;  // looks before an end sleeps
};

// Owns its ends, which exist from the start: as many as the options say.  A
// stream ends when all senders are closed, those that nobody used too.
class Channel {
 public:
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  virtual ~Channel() = default;

  virtual const std::string& uri() const = 0;
  virtual Mode mode() const = 0;

  // Requires numbers below those of the options.
  virtual MessageSender& sender(uint32_t number) = 0;
  virtual MessageReceiver& receiver(uint32_t number) = 0;

  // Of all ends, from any thread.
  virtual Metrics metrics() const = 0;

 protected:
  Channel() = default;
};

// Makes a channel.  The URI is memory://NAME, a channel inside this process
// with a name that is for its users only: two of one name are two channels.
// Channels whose ends lie in different programs are in host/ipc.h, host/tcp.h.
//
// Errors: INVALID_ARGUMENT if the URI has another form, or options do not go
// together; UNIMPLEMENTED for other schemes.
absl::StatusOr<std::unique_ptr<Channel>> CreateChannel(
    absl::string_view uri, const ChannelOptions& options);

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_CHANNEL_H_
