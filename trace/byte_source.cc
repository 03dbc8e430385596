#include "trace/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"

namespace fozzy {

absl::StatusOr<ByteSource> ByteSource::Open(const std::string& path) {
  ByteSource source;
  source.path_ = path;
  // Not blocking: a pipe without a writer is refused and not waited for.
  source.descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat file = {};
  if (source.descriptor_ < 0 || ::fstat(source.descriptor_, &file) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  }
  if (!S_ISREG(file.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot read ", path, ": found something not a file"));
  }
  source.size_ = static_cast<uint64_t>(file.st_size);
  return source;
}

ByteSource ByteSource::Of(absl::string_view bytes) {
  ByteSource source;
  source.bytes_ = bytes;
  source.size_ = bytes.size();
  return source;
}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      bytes_(other.bytes_),
      size_(other.size_) {}

ByteSource::~ByteSource() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

absl::Status ByteSource::Read(uint64_t offset, char* out, size_t count) const {
  FOZZY_CHECK(count <= size_);
  FOZZY_CHECK(offset <= size_ - count);
  if (count == 0) return absl::OkStatus();
  if (descriptor_ < 0) {
    std::memcpy(out, bytes_.data() + offset, count);
    return absl::OkStatus();
  }
  while (count > 0) {
    const ssize_t got =
        ::pread(descriptor_, out, count, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path_));
    }
    if (got == 0) {
      return absl::DataLossError(
          absl::StrCat("found the end of ", path_, " at byte ", offset,
                       ", expected ", size_, " bytes: it has shrunk"));
    }
    out += got;
    offset += static_cast<uint64_t>(got);
    count -= static_cast<size_t>(got);
  }
  return absl::OkStatus();
}

}  // namespace fozzy
