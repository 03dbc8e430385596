// Files that fozzy keeps: read whole, written whole or not at all.
#ifndef FOZZY_CLI_FILE_H_
#define FOZZY_CLI_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace fozzy {

// Bytes of a file that is read whole, at most.
inline constexpr uint64_t kFileBytesMax = uint64_t{1} << 30;

// Errors, with the path: NOT_FOUND if there is none; INVALID_ARGUMENT if it
// cannot be read; RESOURCE_EXHAUSTED above kFileBytesMax.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Writes a file beside `path` and renames it, so that others see the old or
// the new content.  Does not wait for the disk.
// Errors: INVALID_ARGUMENT with the path and the reason.
absl::Status WriteFile(const std::string& path, absl::string_view content);

// Writes all of `content` to an open file; `path` is for messages.
// Errors: INVALID_ARGUMENT with the path and the reason.
absl::Status WriteAll(int file, const std::string& path,
                      absl::string_view content);

// Makes folder `path` and those above it, unless they exist.
// Errors: INVALID_ARGUMENT with the path and the reason.
absl::Status MakeFolders(const std::string& path);

struct FileInfo {
  std::string name;  // without its folder
  uint64_t bytes = 0;
};

// Returns the plain files of a folder, sorted by name; subfolders and links
// are left out.
// Errors: NOT_FOUND if there is no such folder; INVALID_ARGUMENT.
absl::StatusOr<std::vector<FileInfo>> ListFiles(const std::string& folder);

// Returns the size of a file.
// Errors: NOT_FOUND, INVALID_ARGUMENT.
absl::StatusOr<uint64_t> FileBytes(const std::string& path);

// Whether there is anything at `path`.
bool Exists(const std::string& path);

// Returns "cannot VERB PATH: REASON" by `error`, an errno; NOT_FOUND for
// ENOENT, else INVALID_ARGUMENT.
absl::Status FileError(absl::string_view verb, absl::string_view path,
                       int error);

}  // namespace fozzy

#endif  // FOZZY_CLI_FILE_H_
