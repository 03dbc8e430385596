#include "sim/search/fresh_process.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>

namespace fozzy {
namespace {

// Stands for the end of all calls.
constexpr uint64_t kQuit = ~uint64_t{0};
// An answer is longer than its text by 1; 0: there is none.
constexpr uint64_t kNone = 0;
constexpr uint64_t kTextMax = uint64_t{1} << 32;

bool ReadAll(int file, void* bytes, size_t size) {
  auto* place = static_cast<char*>(bytes);
  while (size > 0) {
    const ssize_t got = read(file, place, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    place += got;
    size -= static_cast<size_t>(got);
  }
  return true;
}

bool WriteAll(int file, const void* bytes, size_t size) {
  const auto* place = static_cast<const char*>(bytes);
  while (size > 0) {
    // Nobody who reads is an error, and no signal.
    const ssize_t put = send(file, place, size, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    place += put;
    size -= static_cast<size_t>(put);
  }
  return true;
}

bool ReadText(int file, uint64_t size, std::string& text) {
  if (size > kTextMax) return false;
  text.resize(size);
  return ReadAll(file, text.data(), size);
}

void WaitFor(pid_t child) {
  while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace

FreshProcess::FreshProcess(Handler handler) {
  std::array<int, 2> ends = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) return;
  child_ = fork();
  if (child_ == 0) {
    close(ends[0]);
    socket_ = ends[1];
    Serve(handler);
    _exit(0);
  }
  close(ends[1]);
  socket_ = ends[0];
}

FreshProcess::~FreshProcess() {
  if (child_ > 0) {
    // Others may have copies of the socket, so that closing it says nothing.
    WriteAll(socket_, &kQuit, sizeof(kQuit));
    WaitFor(child_);
  }
  if (socket_ >= 0) close(socket_);
}

std::optional<std::string> FreshProcess::Call(absl::string_view request) {
  if (child_ <= 0) return std::nullopt;
  const uint64_t size = request.size();
  if (!WriteAll(socket_, &size, sizeof(size))) return std::nullopt;
  if (!WriteAll(socket_, request.data(), size)) return std::nullopt;
  uint64_t answered = kNone;
  if (!ReadAll(socket_, &answered, sizeof(answered))) return std::nullopt;
  if (answered == kNone) return std::nullopt;
  std::string answer;
  if (!ReadText(socket_, answered - 1, answer)) return std::nullopt;
  return answer;
}

// In the copy: until it is told to quit, or is alone.
void FreshProcess::Serve(const Handler& handler) {
  uint64_t size = 0;
  while (ReadAll(socket_, &size, sizeof(size)) && size != kQuit) {
    std::string request;
    if (!ReadText(socket_, size, request)) return;
    Answer(handler, request);
  }
}

// Has a copy of the copy answer, and passes that on.
void FreshProcess::Answer(const Handler& handler, const std::string& request) {
  std::array<int, 2> ends = {-1, -1};
  std::string answer;
  uint64_t size = kNone;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0) {
    const pid_t worker = fork();
    if (worker == 0) {
      answer = handler(request);
      size = answer.size() + 1;
      WriteAll(ends[1], &size, sizeof(size));
      WriteAll(ends[1], answer.data(), answer.size());
      _exit(0);
    }
    close(ends[1]);
    const bool is_there = worker > 0 && ReadAll(ends[0], &size, sizeof(size)) &&
                          size != kNone && ReadText(ends[0], size - 1, answer);
    if (!is_there) size = kNone;
    close(ends[0]);
    if (worker > 0) WaitFor(worker);
  }
  WriteAll(socket_, &size, sizeof(size));
  if (size != kNone) WriteAll(socket_, answer.data(), answer.size());
}

}  // namespace fozzy
