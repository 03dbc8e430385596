// The head of an HTTP response and the words of HTTP.
#ifndef FOZZY_BACKENDS_HOST_HTTP_HEAD_H_
#define FOZZY_BACKENDS_HOST_HTTP_HEAD_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "backends/interface/http.h"

namespace fozzy {

// Gathers the head of a response from its lines.  Of several heads (100
// Continue, then the answer) the last one stays.  Trailers are left out.
//
// Source: RFC 9112, sections 4 and 5; folded lines (5.2) are joined by a space.
class HttpHead {
 public:
  // Takes a line with or without its end.
  void AddLine(std::string_view line);

  const HttpHeaders& headers() const { return headers_; }

 private:
  HttpHeaders headers_;
  bool is_complete_ = false;
};

// Whether `text` is a token, as methods and the names of headers are.
// Source: RFC 9110, section 5.6.2.
bool IsHttpToken(std::string_view text);

// Whether `text` can be the value of a header: no CR, LF or NUL.
bool IsHttpFieldValue(std::string_view text);

// Returns `text` with ASCII letters in lower case.
std::string HttpLower(std::string_view text);

// Whether `url` begins with "http://" or "https://", in any case, and holds no
// space or control character, which could end the request line early.
bool IsHttpUrl(std::string_view url);

// Returns scheme, host and port of `url`, in lower case: "http://a:80".  Two
// URLs with the same origin belong to the same server.
std::string HttpOrigin(std::string_view url);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_HTTP_HEAD_H_
