// Real HTTP requests.
#ifndef FOZZY_BACKENDS_HOST_HOST_HTTP_H_
#define FOZZY_BACKENDS_HOST_HOST_HTTP_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "backends/interface/http.h"

namespace fozzy {

struct CurlLibrary;

struct HostHttpOptions {
  Millis limit = 30'000;              // for requests without one
  uint64_t body_bytes_max = 8 << 20;  // of a response; the rest is not read
  uint32_t redirects_max = 5;         // 0: a redirect is an answer like others
  std::string ca_file = {};  // PEM of trusted roots; empty: those of the system
  std::vector<std::string> libraries = {"libcurl.so.4", "libcurl-gnutls.so.4"};
};

// Sends requests over http and https, HTTP/1.1, each over a connection of its
// own, so that one request of a step is one request at the server.
//
// Nothing but the request and the options has a say: no proxy, cookie, netrc
// file or environment variable.  Besides the headers of the request only Host,
// Accept, User-Agent and Content-Length are sent, unless it has its own.  A
// request over HEAD cannot have a body.
//
// Redirects are followed within the limit of the request: 301, 302 and 303 of
// anything but HEAD with GET and no body, 307 and 308 as they were.  A request
// that goes to another server leaves Authorization and Cookie behind.
//
// A reason is a text of fixed words: no times, ports or addresses.
class HostHttp final : public Http {
 public:
  explicit HostHttp(HostHttpOptions options = {});
  HostHttp(const HostHttp&) = delete;
  HostHttp& operator=(const HostHttp&) = delete;
  ~HostHttp() override;

  HttpResponse Request(const HttpRequest& request) override;

 private:
  // Loads the library if that was not done.  Returns why it did not work.
  std::string Load();

  HostHttpOptions options_;
  std::unique_ptr<CurlLibrary> curl_;
  void* handle_ = nullptr;  // of libcurl; null until loaded
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_HOST_HTTP_H_
