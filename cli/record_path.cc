#include "cli/record_path.h"

#include <algorithm>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/file.h"
#include "sim/base/status_macros.h"

namespace fozzy {

absl::StatusOr<std::string> RecordPath(const std::string& path,
                                       absl::string_view collision) {
  if (collision == "overwrite" || !Exists(path)) return path;
  if (collision == "error") {
    return absl::AlreadyExistsError(
        absl::StrCat(path,
                     " exists; choose another path, or "
                     "--record-collision overwrite or append"));
  }
  const size_t slash = path.rfind('/');
  const std::string folder =
      slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const absl::string_view name = absl::string_view(path).substr(
      slash == std::string::npos ? 0 : slash + 1);
  const absl::string_view stem = absl::StripSuffix(name, ".fozzy");
  const absl::string_view suffix = name.substr(stem.size());
  uint64_t last = 0;
  FOZZY_ASSIGN_OR_RETURN(const std::vector<FileInfo> files, ListFiles(folder));
  for (const FileInfo& file : files) {
    absl::string_view number = file.name;
    uint64_t value = 0;
    if (absl::ConsumePrefix(&number, absl::StrCat(stem, ".")) &&
        absl::ConsumeSuffix(&number, suffix) &&
        absl::SimpleAtoi(number, &value)) {
      last = std::max(last, value);
    }
  }
  return absl::StrCat(path.substr(0, path.size() - name.size()), stem, ".",
                      last + 1, suffix);
}

}  // namespace fozzy
