// Messages between processes, over a socket or a pipe.
#ifndef FOZZY_BACKENDS_HOST_MESSAGE_PIPE_H_
#define FOZZY_BACKENDS_HOST_MESSAGE_PIPE_H_

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "backends/host/fd.h"

namespace fozzy {

// Bytes of a message at most.
inline constexpr size_t kMessageBytesMax = size_t{256} << 20;

// Writes one message: its length, four bytes, little-endian, and its bytes.
// Errors: RESOURCE_EXHAUSTED for too long a message, UNAVAILABLE if nobody
// reads.
absl::Status WriteMessage(int descriptor, absl::string_view message);

// Reads one message.
// Errors: OUT_OF_RANGE if there is none any more, DATA_LOSS for half a one or
// a length above kMessageBytesMax, UNAVAILABLE if reading fails.
absl::StatusOr<std::string> ReadMessage(int descriptor);

// Sends an empty message and waits for an empty answer, or for the end.  May be
// called in a signal handler.
void AskNothing(int descriptor);

// Two connected descriptors, closed by exec.
struct MessageEnds {
  Fd ours;
  Fd theirs;
};
absl::StatusOr<MessageEnds> MakeMessageEnds();

// A copy of this process, as it was when it was made, that answers messages.
class ForkedAnswerer {
 public:
  using Answer = std::function<std::string(const std::string&)>;

  ForkedAnswerer() = default;
  ForkedAnswerer(ForkedAnswerer&& other) noexcept;
  ForkedAnswerer& operator=(ForkedAnswerer&& other) noexcept;
  // Ends the copy.
  ~ForkedAnswerer();

  // Starts the copy, which answers until nobody asks any more.  What it writes
  // to stdout is dropped.
  // Errors: UNAVAILABLE if the system has no process left.
  static absl::StatusOr<ForkedAnswerer> Start(const Answer& answer);

  int descriptor() const { return pipe_.get(); }

  // Ends the copy, and returns its wait status.
  int Stop();

 private:
  pid_t pid_ = -1;
  Fd pipe_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_MESSAGE_PIPE_H_
