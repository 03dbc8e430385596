#include "kernels/channels/host/socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "kernels/channels/host/futex.h"

namespace fozzy::channels::host {
namespace {

constexpr int kFlags = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
constexpr int64_t kConnectNs = 10'000'000'000;

absl::Status Failure(const char* what) {
  return absl::UnavailableError(absl::StrCat(what, " fails, errno ", errno));
}

sockaddr* AsAddress(sockaddr_in& address) {
  return reinterpret_cast<sockaddr*>(&address);
}

bool Await(int fd, short events, int64_t deadline) {
  for (;;) {
    int timeout_ms = -1;
    if (deadline != INT64_MAX) {
      const int64_t left = std::max<int64_t>(deadline - DeadlineAfter(0), 0);
      timeout_ms = static_cast<int>(
          std::min<int64_t>((left + 999'999) / 1'000'000, 1 << 30));
    }
    pollfd poll_fd = {fd, events, 0};
    const int ready = poll(&poll_fd, 1, timeout_ms);
    if (ready > 0) return true;
    if (ready == 0 && timeout_ms >= 0) return false;
  }
}

bool IsLater(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

absl::StatusOr<Socket> Socket::Connect(const std::string& address,
                                       uint16_t port) {
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  if (inet_pton(AF_INET, address.c_str(), &to.sin_addr) != 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "channel is at \"", address, "\", expected numbers such as 127.0.0.1"));
  }
  Socket made(socket(AF_INET, kFlags, 0));
  if (made.fd_ < 0) return Failure("socket");
  if (connect(made.fd_, AsAddress(to), sizeof(to)) != 0) {
    if (errno != EINPROGRESS) return Failure("connecting");
    if (!made.AwaitOutput(DeadlineAfter(kConnectNs))) {
      return absl::UnavailableError("nobody answers");
    }
    socklen_t size = sizeof(errno);
    getsockopt(made.fd_, SOL_SOCKET, SO_ERROR, &errno, &size);
    if (errno != 0) return Failure("connecting");
  }
  // Messages are put together here, so the system is not to wait for more.
  const int yes = 1;
  setsockopt(made.fd_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  return made;
}

absl::StatusOr<Socket> Socket::Listen(uint16_t port) {
  Socket made(socket(AF_INET, kFlags, 0));
  if (made.fd_ < 0) return Failure("socket");
  const int yes = 1;
  setsockopt(made.fd_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  sockaddr_in at = {};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  at.sin_addr.s_addr = htonl(INADDR_ANY);
  if (bind(made.fd_, AsAddress(at), sizeof(at)) != 0) return Failure("bind");
  if (listen(made.fd_, 16) != 0) return Failure("listen");
  return made;
}

Socket::Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Socket::~Socket() {
  if (fd_ >= 0) close(fd_);
}

uint16_t Socket::port() const {
  sockaddr_in at = {};
  socklen_t size = sizeof(at);
  getsockname(fd_, AsAddress(at), &size);
  return ntohs(at.sin_port);
}

void Socket::SetBuffers(int bytes) {
  setsockopt(fd_, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
  setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
}

bool Socket::AwaitInput(int64_t deadline) const {
  return Await(fd_, POLLIN, deadline);
}

bool Socket::AwaitOutput(int64_t deadline) const {
  return Await(fd_, POLLOUT, deadline);
}

absl::StatusOr<Socket> Socket::Accept() {
  const int fd = accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return Failure("accept");
  return Socket(fd);
}

absl::StatusOr<size_t> Socket::Read(std::span<std::byte> bytes) {
  const ssize_t count = recv(fd_, bytes.data(), bytes.size(), 0);
  if (count > 0) return static_cast<size_t>(count);
  if (count == 0) return absl::OutOfRangeError("the other side has ended");
  if (IsLater(errno)) return size_t{0};
  return Failure("reading");
}

absl::StatusOr<size_t> Socket::Write(std::span<const std::byte> bytes) {
  const ssize_t count = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (count >= 0) return static_cast<size_t>(count);
  if (IsLater(errno)) return size_t{0};
  return Failure("writing");
}

void Socket::EndWriting() { shutdown(fd_, SHUT_WR); }

}  // namespace fozzy::channels::host
