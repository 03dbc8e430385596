#include "backends/host/http_exchange.h"

#include <limits.h>
#include <signal.h>
#include <time.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace fozzy {
namespace {

using End = HttpResponse::End;

// Keeps SIGPIPE from this thread: TLS libraries write to sockets that the other
// side has closed.  The write fails either way, and that is what counts.
class PipeSignalBlocked {
 public:
  PipeSignalBlocked() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  PipeSignalBlocked(const PipeSignalBlocked&) = delete;
  PipeSignalBlocked& operator=(const PipeSignalBlocked&) = delete;
  ~PipeSignalBlocked() {
    const timespec at_once = {};
    if (!was_pending_) sigtimedwait(&pipe_, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_;
  sigset_t before_;
  bool was_pending_ = false;
};

End EndOf(CURLcode error) {
  switch (error) {
    case CURLE_OPERATION_TIMEDOUT:
      return End::kTimedOut;
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      return End::kReset;
    default:
      return End::kFailed;
  }
}

// Whether a request of `method` without a body says so ("Content-Length: 0").
// Source: RFC 9110, section 8.6.
bool AnnouncesEmptyBody(std::string_view method) {
  return method == "POST" || method == "PUT" || method == "PATCH";
}

}  // namespace

HttpExchange::~HttpExchange() { curl_.slist_free_all(headers_); }

HttpResponse HttpExchange::Run(const HttpRequest& request) {
  curl_.easy_reset(handle_);
  SetUp(request);
  if (error_ == CURLE_OK) {
    const PipeSignalBlocked blocked;
    error_ = curl_.easy_perform(handle_);
  }
  // We ended the transfer ourselves: all that is kept is there.
  if (error_ == CURLE_WRITE_ERROR && is_cut_) error_ = CURLE_OK;
  if (error_ == CURLE_OK) return Answer();
  HttpResponse response;
  response.end = EndOf(error_);
  response.reason = curl_.easy_strerror(error_);
  return response;
}

template <typename Value>
void HttpExchange::Set(CURLoption option, Value value) {
  if (error_ == CURLE_OK) error_ = curl_.easy_setopt(handle_, option, value);
}

void HttpExchange::SetUp(const HttpRequest& request) {
  Set(CURLOPT_NOSIGNAL, 1L);
  Set(CURLOPT_PROXY, "");
  Set(CURLOPT_NOPROXY, "*");
  Set(CURLOPT_PROTOCOLS_STR, "http,https");
  Set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  Set(CURLOPT_FRESH_CONNECT, 1L);
  Set(CURLOPT_FORBID_REUSE, 1L);
  Set(CURLOPT_PATH_AS_IS, 1L);
  Set(CURLOPT_TIMEOUT_MS,
      static_cast<long>(std::clamp<Millis>(options_.limit, 1, INT_MAX)));
  // Without this a connection that takes longer than libcurl's own 5 minutes
  // would fail however long the limit is.
  Set(CURLOPT_CONNECTTIMEOUT_MS, long{INT_MAX});
  if (!options_.ca_file.empty()) {
    Set(CURLOPT_CAINFO, options_.ca_file.c_str());
  }
  Set(CURLOPT_URL, request.url.c_str());
  Set(CURLOPT_USERAGENT, "fozzy");
  Set(CURLOPT_HEADERFUNCTION, &HttpExchange::TakeHeader);
  Set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  Set(CURLOPT_WRITEFUNCTION, &HttpExchange::TakeBody);
  Set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  SetUpBody(request);
  SetUpHeaders(request);
}

void HttpExchange::SetUpBody(const HttpRequest& request) {
  if (!request.body.empty() || AnnouncesEmptyBody(request.method)) {
    Set(CURLOPT_POSTFIELDSIZE_LARGE,
        static_cast<curl_off_t>(request.body.size()));
    Set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  if (request.method == "HEAD") Set(CURLOPT_NOBODY, 1L);
  Set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void HttpExchange::SetUpHeaders(const HttpRequest& request) {
  // A name and a colon removes a header libcurl would add.
  bool has_type = false;
  bool has_expect = false;
  for (const auto& [name, value] : request.headers) {
    const std::string lower = HttpLower(name);
    has_type = has_type || lower == "content-type";
    has_expect = has_expect || lower == "expect";
    std::string line = name;
    // A name and a semicolon is how libcurl spells an empty value.
    line += value.empty() ? ";" : ": ";
    line += value;
    AddHeader(line);
  }
  if (!has_type) AddHeader("Content-Type:");
  if (!has_expect) AddHeader("Expect:");
  Set(CURLOPT_HTTPHEADER, headers_);
}

void HttpExchange::AddHeader(const std::string& line) {
  curl_slist* longer = curl_.slist_append(headers_, line.c_str());
  if (longer == nullptr) {
    error_ = CURLE_OUT_OF_MEMORY;
  } else {
    headers_ = longer;
  }
}

HttpResponse HttpExchange::Answer() {
  HttpResponse response;
  long status = 0;
  curl_.easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  response.status = static_cast<uint16_t>(status);
  response.headers = head_.headers();
  response.body = std::move(body_);
  response.is_cut = is_cut_;
  char* redirect = nullptr;
  curl_.easy_getinfo(handle_, CURLINFO_REDIRECT_URL, &redirect);
  if (redirect != nullptr) redirect_ = redirect;
  return response;
}

size_t HttpExchange::TakeHeader(char* bytes, size_t size, size_t count,
                                void* self) {
  static_cast<HttpExchange*>(self)->head_.AddLine({bytes, size * count});
  return size * count;
}

size_t HttpExchange::TakeBody(char* bytes, size_t size, size_t count,
                              void* self) {
  HttpExchange& exchange = *static_cast<HttpExchange*>(self);
  const size_t room = static_cast<size_t>(exchange.options_.body_bytes_max) -
                      exchange.body_.size();
  exchange.body_.append(bytes, std::min(room, size * count));
  exchange.is_cut_ = size * count > room;
  return exchange.is_cut_ ? 0 : size * count;
}

}  // namespace fozzy
