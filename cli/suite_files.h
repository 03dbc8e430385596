// Which files `fozzy test` runs.
#ifndef FOZZY_CLI_SUITE_FILES_H_
#define FOZZY_CLI_SUITE_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace fozzy {

// The pattern without one on the command line.
inline constexpr absl::string_view kDefaultPattern = "tests/**/*.fozzy.json";

// Whether `path` fits `pattern`: '*' is any text without '/', '?' any byte but
// '/', "**/" any folders, none too; all else is itself.
bool MatchesGlob(absl::string_view pattern, absl::string_view path);

// Returns the scenarios and traces that `patterns` name, sorted by path, each
// once.  A pattern is a file, a glob, or a folder: all *.fozzy.json and *.fozzy
// below it.  Folders named .git, target, node_modules, .fozzy, dist, build or
// coverage are passed over, links to folders too.
// Errors: NOT_FOUND for a pattern without any file.
absl::StatusOr<std::vector<std::string>> FindSuiteFiles(
    const std::vector<std::string>& patterns);

// Returns, by file, the name for the trace of a failure: "failed-a.fozzy" for
// "tests/a.fozzy.json", and "failed-a-2.fozzy" for the next of that name.  All
// differ, and long ones are cut so that the system takes them.
std::vector<std::string> FailedTraceNames(
    const std::vector<std::string>& files);

}  // namespace fozzy

#endif  // FOZZY_CLI_SUITE_FILES_H_
