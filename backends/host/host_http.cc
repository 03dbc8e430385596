#include "backends/host/host_http.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "backends/host/curl_library.h"
#include "backends/host/host_clock.h"
#include "backends/host/host_text.h"
#include "backends/host/http_exchange.h"
#include "backends/host/http_head.h"

namespace fozzy {
namespace {

using End = HttpResponse::End;

HttpResponse Failed(std::string reason) {
  HttpResponse response;
  response.end = End::kFailed;
  response.reason = std::move(reason);
  return response;
}

HttpResponse TimedOut() {
  HttpResponse response;
  response.end = End::kTimedOut;
  response.reason = "Timeout was reached";
  return response;
}

// Returns what is wrong with `request`, or nothing.
std::string Check(const HttpRequest& request) {
  if (!IsHttpToken(request.method)) {
    return Quoted(request.method) + " is not an HTTP method";
  }
  if (!IsHttpUrl(request.url)) {
    return Quoted(request.url) + " is not an http or https URL";
  }
  if (request.method == "HEAD" && !request.body.empty()) {
    return "a HEAD request cannot have a body";
  }
  for (const auto& [name, value] : request.headers) {
    if (!IsHttpToken(name)) {
      return Quoted(name) + " is not the name of an HTTP header";
    }
    if (!IsHttpFieldValue(value)) {
      return "the value of HTTP header " + Quoted(name) +
             " holds a CR, LF or NUL";
    }
  }
  return "";
}

bool IsRedirect(uint16_t status) {
  return status == 301 || status == 302 || status == 303 || status == 307 ||
         status == 308;
}

// Removes the headers whose lower-case name `is_dropped` holds for.
template <typename Predicate>
void DropHeaders(HttpHeaders& headers, Predicate is_dropped) {
  headers.erase(std::remove_if(headers.begin(), headers.end(),
                               [&is_dropped](const auto& header) {
                                 return is_dropped(HttpLower(header.first));
                               }),
                headers.end());
}

// Makes `request` the one a redirect of `status` to `url` asks for.
// Source: RFC 9110, section 15.4.
void Redirect(uint16_t status, const std::string& url, HttpRequest& request) {
  const bool is_kept = status == 307 || status == 308;
  if (!is_kept && request.method != "HEAD") {
    request.method = "GET";
    request.body.clear();
    DropHeaders(request.headers, [](std::string_view name) {
      return name.starts_with("content-") || name == "transfer-encoding";
    });
  }
  if (HttpOrigin(url) != HttpOrigin(request.url)) {
    DropHeaders(request.headers, [](std::string_view name) {
      return name == "authorization" || name == "cookie" || name == "host";
    });
  }
  request.url = url;
}

}  // namespace

HostHttp::HostHttp(HostHttpOptions options) : options_(std::move(options)) {}

HostHttp::~HostHttp() {
  if (handle_ != nullptr) curl_->easy_cleanup(handle_);
}

HttpResponse HostHttp::Request(const HttpRequest& request) {
  if (std::string reason = Check(request); !reason.empty()) {
    return Failed(std::move(reason));
  }
  if (std::string reason = Load(); !reason.empty()) {
    return Failed(std::move(reason));
  }
  HostClock clock;
  const Millis limit = request.limit != 0 ? request.limit : options_.limit;
  HttpRequest current = request;
  for (uint32_t redirects = 0;; ++redirects) {
    const Millis now = clock.Elapsed();
    if (now >= limit) return TimedOut();
    const HttpExchange::Options options = {
        .limit = limit - now,
        .body_bytes_max = options_.body_bytes_max,
        .ca_file = options_.ca_file};
    HttpExchange exchange(*curl_, handle_, options);
    HttpResponse response = exchange.Run(current);
    if (options_.redirects_max == 0 || exchange.redirect().empty() ||
        !IsRedirect(response.status)) {
      return response;
    }
    if (redirects == options_.redirects_max) {
      return Failed("more than " + std::to_string(redirects) + " redirects");
    }
    if (!IsHttpUrl(exchange.redirect())) {
      return Failed("redirected to " + Quoted(exchange.redirect()) +
                    ", which is not an http or https URL");
    }
    Redirect(response.status, exchange.redirect(), current);
  }
}

std::string HostHttp::Load() {
  if (handle_ != nullptr) return "";
  auto curl = std::make_unique<CurlLibrary>();
  if (std::string reason = curl->Load(options_.libraries); !reason.empty()) {
    return reason;
  }
  handle_ = curl->easy_init();
  if (handle_ == nullptr) return "libcurl cannot make a handle";
  curl_ = std::move(curl);
  return "";
}

}  // namespace fozzy
