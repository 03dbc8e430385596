// Paths into JSON documents: `.findings[].title`.
#ifndef FOZZY_CLI_JSON_QUERY_H_
#define FOZZY_CLI_JSON_QUERY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/json_document.h"

namespace fozzy {

// Returns the values at `path` in the order of the document.  A path is a
// chain of `.NAME` (a member), `[N]` (an item, from 0) and `[]` (all items);
// `.` alone is the whole document.
// Errors: INVALID_ARGUMENT for bad syntax; NOT_FOUND for a member or item that
// is not there, unless `[]` is in the path: then there may be no values.
absl::StatusOr<std::vector<const JsonNode*>> QueryJson(
    const JsonDocument& document, absl::string_view path);

// Returns each path that leads to a value that is no object and no array, with
// `[]` for all items: each once, in the order of the document.
std::vector<std::string> ListJsonPaths(const JsonDocument& document);

}  // namespace fozzy

#endif  // FOZZY_CLI_JSON_QUERY_H_
