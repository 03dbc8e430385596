#include "kernels/channels/host/shared_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace fozzy::channels::host {
namespace {

constexpr size_t kNameMax = 200;

std::string PathOf(absl::string_view name) {
  return absl::StrCat("/fozzy-channel-", name);
}

// Locks belong to the open file: they end with the last process that has it
// open, and forks share them.
struct flock RangeOf(SharedLock lock, short type) {
  struct flock range = {};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  range.l_start = static_cast<off_t>(lock);
  range.l_len = 1;
  return range;
}

}  // namespace

absl::StatusOr<SharedFile> SharedFile::Open(absl::string_view name) {
  if (name.empty() || name.size() > kNameMax ||
      name.find('/') != absl::string_view::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("channel has the name \"", name, "\", expected 1 to ",
                     kNameMax, " characters without a slash"));
  }
  const int fd =
      shm_open(PathOf(name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    return absl::UnavailableError(absl::StrCat(
        "memory of channel \"", name, "\" cannot be opened, errno ", errno));
  }
  return SharedFile(fd);
}

void SharedFile::Remove(absl::string_view name) {
  shm_unlink(PathOf(name).c_str());
}

SharedFile::SharedFile(SharedFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      memory_(std::exchange(other.memory_, nullptr)),
      mapped_(std::exchange(other.mapped_, 0)) {}

SharedFile::~SharedFile() {
  if (memory_ != nullptr) munmap(memory_, mapped_);
  if (fd_ >= 0) close(fd_);
}

uint64_t SharedFile::Size() const {
  struct stat found = {};
  fstat(fd_, &found);
  return static_cast<uint64_t>(found.st_size);
}

std::byte* SharedFile::Map(uint64_t bytes) {
  if (Size() < bytes && ftruncate(fd_, static_cast<off_t>(bytes)) != 0) {
    return nullptr;
  }
  void* memory =
      mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, 0);
  if (memory == MAP_FAILED) return nullptr;
  memory_ = static_cast<std::byte*>(memory);
  mapped_ = bytes;
  return memory_;
}

void SharedFile::Lock(SharedLock lock) {
  struct flock range = RangeOf(lock, F_WRLCK);
  while (fcntl(fd_, F_OFD_SETLKW, &range) != 0 && errno == EINTR) {
  }
}

bool SharedFile::TryLock(SharedLock lock) {
  struct flock range = RangeOf(lock, F_WRLCK);
  return fcntl(fd_, F_OFD_SETLK, &range) == 0;
}

void SharedFile::Unlock(SharedLock lock) {
  struct flock range = RangeOf(lock, F_UNLCK);
  fcntl(fd_, F_OFD_SETLK, &range);
}

bool SharedFile::IsLocked(SharedLock lock) const {
  struct flock range = RangeOf(lock, F_WRLCK);
  return fcntl(fd_, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
}

}  // namespace fozzy::channels::host
