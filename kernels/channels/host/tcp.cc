#include "kernels/channels/host/tcp.h"

#include <array>
#include <chrono>
#include <utility>

#include "kernels/channels/host/futex.h"

namespace fozzy::channels {
namespace {

using host::DeadlineAfter;

constexpr size_t kReadBytes = 64u << 10;
// How soon the writer notices that it is to give up.
constexpr int64_t kSliceNs = 20'000'000;

std::span<const std::byte> BytesOf(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

// Waits until is_it() or the deadline; returns is_it().
template <class Predicate>
bool AwaitUntil(std::condition_variable& changed,
                std::unique_lock<std::mutex>& lock, int64_t deadline,
                const Predicate& is_it) {
  if (deadline == INT64_MAX) {
    changed.wait(lock, is_it);
    return true;
  }
  const std::chrono::steady_clock::time_point until{
      std::chrono::nanoseconds(deadline)};
  return changed.wait_until(lock, until, is_it);
}

// Writes all of `bytes`, unless `is_given_up` becomes true.
absl::Status WriteTo(host::Socket& socket, std::span<const std::byte> bytes,
                     const std::atomic<bool>& is_given_up) {
  while (!bytes.empty()) {
    if (is_given_up.load()) return absl::CancelledError("given up");
    if (!socket.AwaitOutput(DeadlineAfter(kSliceNs))) continue;
    const absl::StatusOr<size_t> count = socket.Write(bytes);
    if (!count.ok()) return count.status();
    bytes = bytes.subspan(*count);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<TcpSender>> TcpSender::Connect(
    const std::string& address, uint16_t port, const TcpOptions& options) {
  absl::StatusOr<host::Socket> socket = host::Socket::Connect(address, port);
  if (!socket.ok()) return socket.status();
  if (options.socket_buffer_bytes != 0) {
    socket->SetBuffers(options.socket_buffer_bytes);
  }
  return std::unique_ptr<TcpSender>(new TcpSender(*std::move(socket), options));
}

TcpSender::TcpSender(host::Socket socket, const TcpOptions& options)
    : options_(options),
      socket_(std::move(socket)),
      writer_([this] { WriteAll(); }) {}

TcpSender::~TcpSender() {
  is_given_up_.store(true);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_closed_ = true;
  }
  has_work_.notify_all();
  writer_.join();
}

absl::Status TcpSender::Send(std::span<const std::byte> message, uint16_t type,
                             int64_t timeout_ns) {
  std::string frame;
  const absl::Status framed =
      AppendFrame(message, type, options_.frames, frame);
  if (!framed.ok()) return framed;
  std::unique_lock<std::mutex> lock(mutex_);
  const auto can_go_on = [&] {
    return is_closed_ || !status_.ok() || waiting_.empty() ||
           waiting_.size() + frame.size() <= options_.waiting_bytes_max;
  };
  if (!AwaitUntil(has_room_, lock, DeadlineAfter(timeout_ns), can_go_on)) {
    return absl::DeadlineExceededError("no room for the message in time");
  }
  if (!status_.ok()) return status_;
  if (is_closed_) return absl::FailedPreconditionError("channel was closed");
  if (waiting_.empty()) flush_at_ = DeadlineAfter(options_.delay_ns);
  waiting_ += frame;
  has_work_.notify_one();
  return absl::OkStatus();
}

absl::Status TcpSender::Close(int64_t timeout_ns) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (!is_closed_) {
    is_closed_ = true;
    AppendEnd(waiting_);
    has_work_.notify_all();
    has_room_.notify_all();
  }
  if (!AwaitUntil(has_room_, lock, DeadlineAfter(timeout_ns),
                  [&] { return is_done_; })) {
    return absl::DeadlineExceededError("not everything was sent in time");
  }
  return status_;
}

bool TcpSender::AwaitBatch(std::string& batch) {
  std::unique_lock<std::mutex> lock(mutex_);
  has_work_.wait(lock, [&] { return is_closed_ || !waiting_.empty(); });
  AwaitUntil(has_work_, lock, flush_at_, [&] {
    return is_closed_ || waiting_.size() >= options_.coalesced_bytes;
  });
  batch.clear();
  batch.swap(waiting_);
  has_room_.notify_all();
  return !batch.empty() && !is_given_up_.load();
}

void TcpSender::WriteAll() {
  std::string batch;
  absl::Status status;
  while (status.ok() && AwaitBatch(batch)) {
    status = WriteTo(socket_, BytesOf(batch), is_given_up_);
  }
  socket_.EndWriting();
  const std::lock_guard<std::mutex> lock(mutex_);
  status_ = status;
  is_done_ = true;
  has_room_.notify_all();
}

absl::StatusOr<std::optional<FramedMessage>> TcpReceiver::Receive(
    int64_t timeout_ns) {
  const int64_t deadline = DeadlineAfter(timeout_ns);
  for (;;) {
    if (!end_.ok()) return end_;
    absl::StatusOr<std::optional<FramedMessage>> message = reader_.Next();
    if (!message.ok()) {
      end_ = message.status();
    } else if (message->has_value()) {
      if ((*message)->kind == FrameKind::kMessage) return message;
      end_ = absl::OutOfRangeError("the stream has ended");
    } else if (!socket_.AwaitInput(deadline)) {
      return std::optional<FramedMessage>();
    } else {
      end_ = ReadSome(kReadBytes);
    }
  }
}

absl::Status TcpReceiver::ReadSome(size_t count) {
  std::array<std::byte, kReadBytes> bytes;
  const absl::StatusOr<size_t> read =
      socket_.Read(std::span(bytes).first(count));
  if (absl::IsOutOfRange(read.status())) {
    return absl::UnavailableError(
        reader_.is_between_frames()
            ? "the connection was cut before the end of the stream"
            : "the connection was cut within a message");
  }
  if (!read.ok()) return read.status();
  reader_.Push(std::span(bytes).first(*read));
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<TcpListener>> TcpListener::Listen(
    uint16_t port, const TcpOptions& options) {
  absl::StatusOr<host::Socket> socket = host::Socket::Listen(port);
  if (!socket.ok()) return socket.status();
  if (options.socket_buffer_bytes != 0) {
    socket->SetBuffers(options.socket_buffer_bytes);
  }
  return std::unique_ptr<TcpListener>(
      new TcpListener(*std::move(socket), options));
}

uint16_t TcpListener::port() const { return socket_.port(); }

absl::StatusOr<std::unique_ptr<TcpReceiver>> TcpListener::Accept(
    int64_t timeout_ns) {
  if (!socket_.AwaitInput(DeadlineAfter(timeout_ns))) {
    return absl::DeadlineExceededError("nobody has connected in time");
  }
  absl::StatusOr<host::Socket> socket = socket_.Accept();
  if (!socket.ok()) return socket.status();
  return std::make_unique<TcpReceiver>(*std::move(socket), options_);
}

}  // namespace fozzy::channels
