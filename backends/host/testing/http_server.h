// An HTTP server that misbehaves when told to.
#ifndef FOZZY_BACKENDS_HOST_TESTING_HTTP_SERVER_H_
#define FOZZY_BACKENDS_HOST_TESTING_HTTP_SERVER_H_

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "backends/host/fd.h"

namespace fozzy {

// Serves one connection after another on a port of the loopback interface, in a
// thread of its own, until the end of its life.  Each connection brings one
// request.
class HttpServer {
 public:
  // What happens to a connection once the bytes of a reply are sent.
  enum class End {
    kClose,   // it ends in good order
    kAbort,   // it is reset
    kStall,   // it stays open until the client closes it
    kRepeat,  // the last 1000 bytes are sent for ever
  };
  struct Reply {
    std::string bytes;  // status line, headers and body as they are sent
    End end = End::kClose;
  };
  // Gets the bytes of a request; called on the thread of the server.
  using Handler = std::function<Reply(const std::string&)>;

  explicit HttpServer(Handler handler);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();

  // Returns the URL of `path` ("/x") on this server.
  std::string Url(std::string_view path) const;

  // Returns "127.0.0.1:PORT".
  std::string Host() const;

  // Returns the requests so far.
  std::vector<std::string> Requests();

 private:
  void Serve();
  void ServeOne(int connection);

  Handler handler_;
  Fd listener_;
  Fd stop_;  // becomes readable when the thread is to end
  uint16_t port_ = 0;
  std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

// Returns "HTTP/1.1 200 OK" with `body` and its length.
HttpServer::Reply Ok(std::string_view body);

// Returns a redirect of `status` to `url`, with a body that says "moved".
HttpServer::Reply MovedTo(uint16_t status, std::string_view url);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_TESTING_HTTP_SERVER_H_
