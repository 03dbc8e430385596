// How calls of a channel end.
#ifndef KERNELS_CHANNELS_STATUS_H_
#define KERNELS_CHANNELS_STATUS_H_

#include <cstdint>

namespace fozzy::channels {

enum class Status : uint8_t {
  kOk,
  kFull,      // there is no room now: backpressure
  kEmpty,     // there is no message now
  kClosed,    // to receivers: the end of the stream, all messages were given
              // out; to senders: it is closed, or no receiver is left
  kTooLarge,  // the message never fits into the ring
  kPeerDied,  // the process at the other end has ended without a word; another
              // may take its place
};

// Returns "ok", "full" and so on.
constexpr const char* StatusName(Status status) {
  switch (status) {
    case Status::kOk:
      return "ok";
    case Status::kFull:
      return "full";
    case Status::kEmpty:
      return "empty";
    case Status::kClosed:
      return "closed";
    case Status::kTooLarge:
      return "too large";
    case Status::kPeerDied:
      return "peer died";
  }
  return "unknown";
}

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_STATUS_H_
