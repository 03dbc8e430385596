#include "backends/host/message_pipe.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace fozzy {
namespace {

constexpr size_t kHeadBytes = 4;
// Memory is taken as bytes arrive, not as a length promises.
constexpr size_t kReadBytes = size_t{1} << 20;

absl::Status Failed(absl::string_view action, int error) {
  return absl::UnavailableError(
      absl::StrCat("cannot ", action, ": ", strerrordesc_np(error)));
}

// Returns how many bytes were read: fewer than `size` at the end.
absl::StatusOr<size_t> ReadAll(int descriptor, char* bytes, size_t size) {
  size_t done = 0;
  while (done < size) {
    const ssize_t count = read(descriptor, bytes + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == ECONNRESET) break;
    if (count < 0) return Failed("read a message", errno);
    if (count == 0) break;
    done += static_cast<size_t>(count);
  }
  return done;
}

void Serve(int descriptor, const ForkedAnswerer::Answer& answer) {
  while (true) {
    const auto request = ReadMessage(descriptor);
    if (!request.ok()) return;
    if (!WriteMessage(descriptor, answer(*request)).ok()) return;
  }
}

}  // namespace

absl::Status WriteMessage(int descriptor, absl::string_view message) {
  if (message.size() > kMessageBytesMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat("found a message of ", message.size(),
                     " bytes, expected at most ", kMessageBytesMax));
  }
  const auto size = static_cast<uint32_t>(message.size());
  std::string bytes(kHeadBytes, '\0');
  std::memcpy(bytes.data(), &size, kHeadBytes);
  bytes.append(message.data(), message.size());
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t count = send(descriptor, bytes.data() + done,
                               bytes.size() - done, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failed("write a message", errno);
    done += static_cast<size_t>(count);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadMessage(int descriptor) {
  char head[kHeadBytes];
  const auto head_bytes = ReadAll(descriptor, head, kHeadBytes);
  if (!head_bytes.ok()) return head_bytes.status();
  if (*head_bytes == 0) return absl::OutOfRangeError("no message is left");
  uint32_t size = 0;
  std::memcpy(&size, head, kHeadBytes);
  if (*head_bytes < kHeadBytes || size > kMessageBytesMax) {
    return absl::DataLossError(absl::StrCat("found the head of a message of ",
                                            size, " bytes, expected at most ",
                                            kMessageBytesMax));
  }
  std::string message;
  while (message.size() < size) {
    const size_t done = message.size();
    const size_t wanted = std::min<size_t>(size - done, kReadBytes);
    message.resize(done + wanted);
    const auto count = ReadAll(descriptor, message.data() + done, wanted);
    if (!count.ok()) return count.status();
    if (*count < wanted) {
      return absl::DataLossError(absl::StrCat(
          "found ", done + *count, " bytes of a message, expected ", size));
    }
  }
  return message;
}

void AskNothing(int descriptor) {
  char head[kHeadBytes] = {};
  if (send(descriptor, head, kHeadBytes, MSG_NOSIGNAL) != kHeadBytes) return;
  size_t left = kHeadBytes;
  while (left > 0) {
    const ssize_t count = read(descriptor, head, left);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    left -= static_cast<size_t>(count);
  }
}

absl::StatusOr<MessageEnds> MakeMessageEnds() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return Failed("make a socket", errno);
  }
  return MessageEnds{Fd(ends[0]), Fd(ends[1])};
}

ForkedAnswerer::ForkedAnswerer(ForkedAnswerer&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), pipe_(std::move(other.pipe_)) {}

ForkedAnswerer& ForkedAnswerer::operator=(ForkedAnswerer&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(pipe_, other.pipe_);
  return *this;
}

ForkedAnswerer::~ForkedAnswerer() { Stop(); }

absl::StatusOr<ForkedAnswerer> ForkedAnswerer::Start(const Answer& answer) {
  auto ends = MakeMessageEnds();
  if (!ends.ok()) return ends.status();
  const pid_t pid = fork();
  if (pid < 0) return Failed("start a process", errno);
  if (pid == 0) {
    // Nobody else would end it if its parent were killed.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    ends->ours.Close();
    const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null >= 0) dup2(null, STDOUT_FILENO);
    Serve(ends->theirs.get(), answer);
    // What the copy would do at its end is its parent's to do.
    _exit(0);
  }
  ForkedAnswerer answerer;
  answerer.pid_ = pid;
  answerer.pipe_ = std::move(ends->ours);
  return answerer;
}

int ForkedAnswerer::Stop() {
  if (pid_ < 0) return 0;
  pipe_.Close();
  kill(pid_, SIGKILL);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

}  // namespace fozzy
