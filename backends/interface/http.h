// HTTP as a step sees it, whoever answers.
#ifndef FOZZY_BACKENDS_INTERFACE_HTTP_H_
#define FOZZY_BACKENDS_INTERFACE_HTTP_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/virtual_clock.h"

namespace fozzy {

// Names trimmed and in lower case, in order of arrival.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;  // as written in the scenario
  std::string url;     // absolute for the host, any text for rules
  HttpHeaders headers;
  std::string body;
  Millis limit = 0;  // of wall time; 0: the backend's own
};

// A response, or why there was none.
struct HttpResponse {
  enum class End : uint8_t {
    kAnswered = 0,
    kTimedOut,
    kReset,   // the connection ended in the middle
    kFailed,  // anything else; `reason` says what
  };

  End end = End::kAnswered;
  uint16_t status = 0;
  HttpHeaders headers;
  std::string body;     // any bytes
  bool is_cut = false;  // the body was longer than is kept
  std::string reason;
  Millis delay = 0;  // virtual time a rule took to answer
};

// Carries out one request after another.
class Http {
 public:
  virtual ~Http() = default;

  // Carries out `request`.  Never fails: the response says what happened.
  virtual HttpResponse Request(const HttpRequest& request) = 0;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_INTERFACE_HTTP_H_
