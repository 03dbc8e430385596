// A channel between machines: frames over a TCP connection, one way.
//
//   auto listener = TcpListener::Listen(0, {});           // on one machine
//   auto receiver = (*listener)->Accept(kForever);
//   auto sender = TcpSender::Connect("127.0.0.1", port, {});  // on the other
//
// Small messages travel together: when there are coalesced_bytes of them, or
// when the first has waited for delay_ns, whether or not another is sent.
#ifndef KERNELS_CHANNELS_HOST_TCP_H_
#define KERNELS_CHANNELS_HOST_TCP_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kernels/channels/event.h"
#include "kernels/channels/host/socket.h"
#include "kernels/channels/wire/message_frame.h"

namespace fozzy::channels {

struct TcpOptions {
  FrameOptions frames = {};
  uint32_t coalesced_bytes = 64u << 10;
  int64_t delay_ns = 1'000'000;
  // Bytes of frames that wait to be sent, at most; one frame always may.
  uint32_t waiting_bytes_max = 1u << 20;
  int socket_buffer_bytes = 0;  // of the system; 0: what it thinks best
};

class TcpSender {
 public:
  // Errors: INVALID_ARGUMENT if `address` is not four numbers with dots;
  // UNAVAILABLE if nobody listens there.
  static absl::StatusOr<std::unique_ptr<TcpSender>> Connect(
      const std::string& address, uint16_t port, const TcpOptions& options);

  TcpSender(const TcpSender&) = delete;
  TcpSender& operator=(const TcpSender&) = delete;
  // Gives up what still waits.  To have it sent, Close.
  ~TcpSender();

  // Takes a message, to be sent soon, from any thread.
  // Errors: DEADLINE_EXCEEDED if there was no room for it in time: the other
  // side is slow; UNAVAILABLE if the connection is gone, for ever;
  // FAILED_PRECONDITION if this was closed; those of AppendFrame.
  absl::Status Send(std::span<const std::byte> message, uint16_t type,
                    int64_t timeout_ns = kForever);

  // Sends all that waits, and that it is the end.
  // Errors: DEADLINE_EXCEEDED if that took longer; UNAVAILABLE as above.
  absl::Status Close(int64_t timeout_ns);

 private:
  TcpSender(host::Socket socket, const TcpOptions& options);

  // The thread that writes.
  void WriteAll();
  bool AwaitBatch(std::string& batch);

  const TcpOptions options_;
  host::Socket socket_;
  std::mutex mutex_;
  std::condition_variable has_work_;
  std::condition_variable has_room_;
  std::string waiting_;     // frames
  int64_t flush_at_ = 0;    // when the first of them is to be sent
  absl::Status status_;     // of the connection
  bool is_closed_ = false;  // nothing more is taken
  bool is_done_ = false;    // all was written, or cannot be
  std::atomic<bool> is_given_up_{false};
  std::thread writer_;
};

// Used by one thread at a time.
class TcpReceiver {
 public:
  TcpReceiver(host::Socket socket, const TcpOptions& options)
      : socket_(std::move(socket)), reader_(options.frames) {}

  // Returns the next message, or nothing if none came in time.
  // Errors: OUT_OF_RANGE at the end that the sender has told; UNAVAILABLE if
  // the connection was cut before; those of FrameReader::Next.
  absl::StatusOr<std::optional<FramedMessage>> Receive(
      int64_t timeout_ns = kForever);

 private:
  absl::Status ReadSome(size_t count);

  host::Socket socket_;
  FrameReader reader_;
  absl::Status end_;  // once it is not OK
};

class TcpListener {
 public:
  // Listens on all addresses of this machine; port 0: any that is free.
  // Errors: UNAVAILABLE if the system says no.
  static absl::StatusOr<std::unique_ptr<TcpListener>> Listen(
      uint16_t port, const TcpOptions& options);

  uint16_t port() const;

  // Waits for a sender.
  // Errors: DEADLINE_EXCEEDED if none came in time.
  absl::StatusOr<std::unique_ptr<TcpReceiver>> Accept(int64_t timeout_ns);

 private:
  TcpListener(host::Socket socket, const TcpOptions& options)
      : socket_(std::move(socket)), options_(options) {}

  host::Socket socket_;
  const TcpOptions options_;
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_HOST_TCP_H_
