// HTTP headers as scenarios write them.
#ifndef FOZZY_SCENARIOS_HTTP_HEADERS_H_
#define FOZZY_SCENARIOS_HTTP_HEADERS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "backends/interface/http.h"
#include "scenarios/step.h"

namespace fozzy {

// Returns the headers that field `field` of `step` holds, with names trimmed
// and in lower case; values are kept as they are.
// Errors: INVALID_ARGUMENT for an empty name, or a line break in a header.
absl::StatusOr<HttpHeaders> ReadHeaders(const Step& step, size_t field);

// Returns the value of `name`, which is in lower case, or null.  Of several,
// the one that equals `wanted`, else the last.
const std::string* FindHeader(const HttpHeaders& headers,
                              absl::string_view name, absl::string_view wanted);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_HTTP_HEADERS_H_
