#include "backends/host/output_pipe.h"

#include <errno.h>
#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace fozzy {
namespace {

constexpr int kFreeFdMin = 3;
constexpr size_t kReadBytes = 65'536;

// Moves `fd` above the standard streams.  Returns 0 or the errno value.
int MoveUp(Fd& fd) {
  if (fd.get() >= kFreeFdMin) return 0;
  Fd moved(fcntl(fd.get(), F_DUPFD_CLOEXEC, kFreeFdMin));
  if (!moved.is_open()) return errno;
  fd = std::move(moved);
  return 0;
}

}  // namespace

int OutputPipe::Open() {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  read_end_ = Fd(ends[0]);
  write_end_ = Fd(ends[1]);
  if (const int error = MoveUp(read_end_); error != 0) return error;
  if (const int error = MoveUp(write_end_); error != 0) return error;
  // The read end alone: the child expects a blocking write end.
  return fcntl(read_end_.get(), F_SETFL, O_NONBLOCK) == 0 ? 0 : errno;
}

bool OutputPipe::Read() {
  if (!is_open()) return false;
  std::array<char, kReadBytes> buffer;
  ssize_t size = -1;
  do {
    size = read(read_end_.get(), buffer.data(), buffer.size());
  } while (size < 0 && errno == EINTR);
  if (size > 0) {
    Keep(buffer.data(), static_cast<uint64_t>(size));
    return true;
  }
  if (size == 0 || errno != EAGAIN) read_end_.Close();
  return false;
}

void OutputPipe::Keep(const char* bytes, uint64_t size) {
  const uint64_t room = bytes_max_ - text_.size();
  const uint64_t kept = std::min(room, size);
  text_.append(bytes, kept);
  is_cut_ = is_cut_ || kept < size;
}

}  // namespace fozzy
