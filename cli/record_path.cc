#include "cli/record_path.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/file.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// Larger numbers are none of ours.
constexpr uint64_t kNumberMax = 1'000'000'000'000;

// Errors: INVALID_ARGUMENT if something is there that is no file: a trace
// never takes the place of a folder or a device.
absl::Status CheckTarget(const std::string& path) {
  if (path.empty()) {
    return absl::InvalidArgumentError(
        "--record: found an empty path, expected that of a file");
  }
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0 || S_ISREG(info.st_mode)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--record ", path, ": found a ",
                   S_ISDIR(info.st_mode) ? "folder" : "device or pipe",
                   ", expected a file"));
}

// Names "a.1.fozzy", "a.2.fozzy", ... for "a.fozzy".
class NumberedNames {
 public:
  explicit NumberedNames(const std::string& path) {
    const size_t slash = path.rfind('/');
    const size_t begin = slash == std::string::npos ? 0 : slash + 1;
    folder_ = path.substr(0, begin);
    const absl::string_view name = absl::string_view(path).substr(begin);
    const absl::string_view stem = absl::StripSuffix(name, ".fozzy");
    prefix_ = absl::StrCat(stem, ".");
    suffix_ = std::string(name.substr(stem.size()));
  }

  // Returns the name after the last one that is there or was returned.
  absl::StatusOr<std::string> Next() {
    FOZZY_ASSIGN_OR_RETURN(const std::vector<FileInfo> files,
                           ListFiles(folder_.empty() ? "." : folder_));
    for (const FileInfo& file : files) {
      absl::string_view number = file.name;
      uint64_t value = 0;
      if (absl::ConsumePrefix(&number, prefix_) &&
          absl::ConsumeSuffix(&number, suffix_) &&
          absl::SimpleAtoi(number, &value) && value <= kNumberMax) {
        last_ = std::max(last_, value);
      }
    }
    return absl::StrCat(folder_, prefix_, ++last_, suffix_);
  }

 private:
  std::string folder_;  // "" or "b/"
  std::string prefix_;  // "a."
  std::string suffix_;  // "" or ".fozzy"
  uint64_t last_ = 0;
};

}  // namespace

absl::StatusOr<RecordTarget> RecordPath(const std::string& path,
                                        absl::string_view collision) {
  FOZZY_RETURN_IF_ERROR(CheckTarget(path));
  RecordTarget target;
  target.path = path;
  target.asked = path;
  target.replaces = collision == "overwrite";
  if (target.replaces) return target;
  if (collision == "append") {
    NumberedNames names(path);
    if (Exists(path)) {
      FOZZY_ASSIGN_OR_RETURN(target.path, names.Next());
    }
    target.next_path = [names]() mutable { return names.Next(); };
    return target;
  }
  if (!Exists(path)) return target;
  return absl::AlreadyExistsError(
      absl::StrCat(path,
                   " exists; choose another path, or "
                   "--record-collision overwrite or append"));
}

std::string RecordWarning(const RecordTarget& target,
                          const std::string& recorded) {
  if (target.asked.empty() || recorded.empty() || recorded == target.asked) {
    return {};
  }
  return absl::StrCat(target.asked, " exists; recorded ", recorded,
                      " instead (see --record-collision)");
}

}  // namespace fozzy
