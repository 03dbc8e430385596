// One request and its response, redirects not followed.
#ifndef FOZZY_BACKENDS_HOST_HTTP_EXCHANGE_H_
#define FOZZY_BACKENDS_HOST_HTTP_EXCHANGE_H_

#include <cstdint>
#include <string>

#include "backends/host/curl_library.h"
#include "backends/host/http_head.h"
#include "backends/interface/http.h"

namespace fozzy {

// Carries out one request with a handle of libcurl.  Used once.
class HttpExchange {
 public:
  struct Options {
    Millis limit = 0;  // at least 1
    uint64_t body_bytes_max = 0;
    std::string ca_file;
  };

  // All must outlive the exchange.
  HttpExchange(const CurlLibrary& curl, CURL* handle, const Options& options)
      : curl_(curl), handle_(handle), options_(options) {}
  HttpExchange(const HttpExchange&) = delete;
  HttpExchange& operator=(const HttpExchange&) = delete;
  ~HttpExchange();

  // `request` is one IsHttpToken and so on hold for, and outlives the exchange.
  HttpResponse Run(const HttpRequest& request);

  // Where the response leads, an absolute URL; empty: nowhere.
  const std::string& redirect() const { return redirect_; }

 private:
  static size_t TakeHeader(char* bytes, size_t size, size_t count, void* self);
  static size_t TakeBody(char* bytes, size_t size, size_t count, void* self);

  // Sets an option, unless one before failed.
  template <typename Value>
  void Set(CURLoption option, Value value);

  void SetUp(const HttpRequest& request);
  void SetUpBody(const HttpRequest& request);
  void SetUpHeaders(const HttpRequest& request);
  void AddHeader(const std::string& line);
  HttpResponse Answer();

  const CurlLibrary& curl_;
  CURL* handle_;
  const Options& options_;
  curl_slist* headers_ = nullptr;
  CURLcode error_ = CURLE_OK;  // the first
  HttpHead head_;
  std::string body_;
  bool is_cut_ = false;
  std::string redirect_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_HTTP_EXCHANGE_H_
