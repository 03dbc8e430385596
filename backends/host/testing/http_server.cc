#include "backends/host/testing/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "sim/base/check.h"

namespace fozzy {
namespace {

constexpr size_t kRepeatBytes = 1000;

// Waits until `fd` is ready for `events`.  Returns false if `stop` came first.
bool Await(int fd, short events, int stop) {
  pollfd polls[] = {{.fd = fd, .events = events, .revents = 0},
                    {.fd = stop, .events = POLLIN, .revents = 0}};
  while (poll(polls, 2, -1) < 0) {
  }
  return polls[1].revents == 0;
}

// Returns the number of bytes the body of the request `head` has.
size_t BodyBytes(std::string_view head) {
  constexpr std::string_view kName = "Content-Length: ";
  const size_t at = head.find(kName);
  if (at == head.npos) return 0;
  const std::string digits(head.substr(at + kName.size(), 20));
  return static_cast<size_t>(strtoull(digits.c_str(), nullptr, 10));
}

bool IsWhole(std::string_view request) {
  const size_t end = request.find("\r\n\r\n");
  if (end == request.npos) return false;
  return request.size() >= end + 4 + BodyBytes(request.substr(0, end));
}

std::string ReadRequest(int connection, int stop) {
  std::string request;
  std::array<char, 65536> buffer;
  while (!IsWhole(request) && Await(connection, POLLIN, stop)) {
    const ssize_t size = recv(connection, buffer.data(), buffer.size(), 0);
    if (size <= 0) break;
    request.append(buffer.data(), static_cast<size_t>(size));
  }
  return request;
}

// Returns whether all of `bytes` was sent.
bool SendAll(int connection, std::string_view bytes, int stop) {
  while (!bytes.empty()) {
    if (!Await(connection, POLLOUT, stop)) return false;
    const ssize_t size = send(connection, bytes.data(), bytes.size(),
                              MSG_NOSIGNAL | MSG_DONTWAIT);
    if (size <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(size));
  }
  return true;
}

void Finish(int connection, const HttpServer::Reply& reply, int stop) {
  if (reply.end == HttpServer::End::kAbort) {
    // Closing with a linger of no time sends a reset.
    const linger at_once = {.l_onoff = 1, .l_linger = 0};
    setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  } else if (reply.end == HttpServer::End::kStall) {
    Await(connection, POLLRDHUP, stop);
  } else if (reply.end == HttpServer::End::kRepeat) {
    const std::string_view bytes = reply.bytes;
    const size_t count = std::min(bytes.size(), kRepeatBytes);
    while (SendAll(connection, bytes.substr(bytes.size() - count), stop)) {
    }
  }
}

}  // namespace

HttpServer::HttpServer(Handler handler)
    : handler_(std::move(handler)),
      listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      stop_(eventfd(0, EFD_CLOEXEC)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* any = reinterpret_cast<sockaddr*>(&address);
  FOZZY_CHECK(bind(listener_.get(), any, size) == 0);
  FOZZY_CHECK(listen(listener_.get(), 16) == 0);
  FOZZY_CHECK(getsockname(listener_.get(), any, &size) == 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Serve(); });
}

HttpServer::~HttpServer() {
  const uint64_t one = 1;
  FOZZY_CHECK(write(stop_.get(), &one, sizeof(one)) == sizeof(one));
  thread_.join();
}

std::string HttpServer::Url(std::string_view path) const {
  std::string url = "http://" + Host();
  url += path;
  return url;
}

std::string HttpServer::Host() const {
  return "127.0.0.1:" + std::to_string(port_);
}

std::vector<std::string> HttpServer::Requests() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return requests_;
}

void HttpServer::Serve() {
  while (Await(listener_.get(), POLLIN, stop_.get())) {
    const Fd connection(
        accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (connection.is_open()) ServeOne(connection.get());
  }
}

void HttpServer::ServeOne(int connection) {
  const std::string request = ReadRequest(connection, stop_.get());
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    requests_.push_back(request);
  }
  const Reply reply = handler_(request);
  if (SendAll(connection, reply.bytes, stop_.get())) {
    Finish(connection, reply, stop_.get());
  }
}

HttpServer::Reply Ok(std::string_view body) {
  HttpServer::Reply reply;
  reply.bytes =
      "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
      "\r\n\r\n";
  reply.bytes += body;
  return reply;
}

HttpServer::Reply MovedTo(uint16_t status, std::string_view url) {
  HttpServer::Reply reply;
  reply.bytes = "HTTP/1.1 " + std::to_string(status) + " Moved\r\nLocation: ";
  reply.bytes += url;
  reply.bytes += "\r\nContent-Length: 5\r\n\r\nmoved";
  return reply;
}

}  // namespace fozzy
