// Messages as they travel between machines.
//
// A frame is a head of 32 bytes, little-endian, and the message, compressed or
// not:
//    0  u32  magic, "FZC1"; its last character is the version
//    4  u8   codec
//    5  u8   kind: 0 a message, 1 the end of the stream
//    6  u16  type of the message
//    8  u32  bytes that follow the head
//   12  u32  bytes of the message; the same if it is not compressed
//   16  u64  XXH64 of the bytes that follow
//   24  u64  XXH64 of the 24 bytes before
// So a damaged head is known as such before its lengths are believed.
#ifndef KERNELS_CHANNELS_WIRE_MESSAGE_FRAME_H_
#define KERNELS_CHANNELS_WIRE_MESSAGE_FRAME_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kernels/channels/wire/codec.h"

namespace fozzy::channels {

inline constexpr size_t kFrameHeadBytes = 32;

struct FrameOptions {
  Codec codec = Codec::kNone;
  int level = 0;
  // Smaller messages are not compressed.
  uint32_t compressed_bytes_min = 128;
  // Larger messages are refused, by writers and by readers.
  uint32_t message_bytes_max = 1u << 24;
};

enum class FrameKind : uint8_t { kMessage = 0, kEnd = 1 };

// A message that arrived.
struct FramedMessage {
  FrameKind kind = FrameKind::kMessage;
  uint16_t type = 0;
  std::string bytes;
};

// Appends a frame to `out`.  A message that compression does not make smaller
// is stored as it is.
//
// Errors: RESOURCE_EXHAUSTED if the message is too large; UNIMPLEMENTED if this
// build does not have the codec.
absl::Status AppendFrame(std::span<const std::byte> message, uint16_t type,
                         const FrameOptions& options, std::string& out);

// Appends the frame that says that no other comes.
void AppendEnd(std::string& out);

// Takes bytes as they arrive and gives messages.
class FrameReader {
 public:
  // Of `options` only the greatest size is looked at.
  explicit FrameReader(const FrameOptions& options) : options_(options) {}

  void Push(std::span<const std::byte> bytes);

  // Returns the next message, or nothing if more bytes are needed.  After an
  // error nothing can be made of what follows.
  //
  // Errors: DATA_LOSS if a frame is damaged; FAILED_PRECONDITION if it is of
  // another version; RESOURCE_EXHAUSTED if it says that it is too large, before
  // memory is taken for it; UNIMPLEMENTED if this build does not have its
  // codec.
  absl::StatusOr<std::optional<FramedMessage>> Next();

  // How many bytes Next wants to see before it can say more.
  size_t missing() const;

  // Whether the bytes so far end with a whole frame.
  bool is_between_frames() const { return used_ == buffer_.size(); }

 private:
  std::span<const std::byte> Rest() const;

  const FrameOptions options_;
  std::string buffer_;
  size_t used_ = 0;  // of the buffer
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_WIRE_MESSAGE_FRAME_H_
