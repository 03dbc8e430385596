#include "scenarios/scenario_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// What is read at a time from a file that does not say how long it is.
constexpr size_t kChunkBytes = 64 << 10;

// Closes the file it is given.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : number_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenFile() {
    if (number_ >= 0) close(number_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int number() const { return number_; }

 private:
  int number_;
};

absl::Status SystemError(const std::string& path) {
  const int error = errno;
  if (error == EISDIR) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is a directory, expected a file"));
  }
  return absl::ErrnoToStatus(error, absl::StrCat("cannot read ", path));
}

// Appends what is left of `file`, up to one byte more than is allowed.
absl::Status ReadAll(int file, const std::string& path, uint64_t bytes_max,
                     std::string& source) {
  size_t size = 0;
  for (;;) {
    if (size == source.size()) {
      source.resize(
          std::min<size_t>(source.size() + kChunkBytes, bytes_max + 1));
    }
    const ssize_t count =
        read(file, source.data() + size, source.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemError(path);
    size += static_cast<size_t>(count);
    if (count == 0 || size > bytes_max) break;
  }
  source.resize(size);
  return absl::OkStatus();
}

absl::Status TooBig(const std::string& path, uint64_t bytes_max) {
  return absl::ResourceExhaustedError(absl::StrCat(
      path, " is too big, expected at most ", bytes_max, " bytes"));
}

}  // namespace

absl::StatusOr<std::string> ReadScenarioFile(const std::string& path,
                                             uint64_t bytes_max) {
  const OpenFile file(path);
  if (file.number() < 0) return SystemError(path);
  struct stat status = {};
  if (fstat(file.number(), &status) != 0) return SystemError(path);
  const uint64_t expected =
      status.st_size > 0 ? static_cast<uint64_t>(status.st_size) : 0;
  if (expected > bytes_max) return TooBig(path, bytes_max);
  // One byte more, so that the end is met without growing.
  std::string source(expected + 1, '\0');
  FOZZY_RETURN_IF_ERROR(ReadAll(file.number(), path, bytes_max, source));
  if (source.size() > bytes_max) return TooBig(path, bytes_max);
  return source;
}

}  // namespace fozzy
