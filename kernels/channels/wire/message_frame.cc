#include "kernels/channels/wire/message_frame.h"

#include <bit>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "kernels/channels/wire/xxhash64.h"

namespace fozzy::channels {
namespace {

constexpr uint32_t kMagic = 0x31435a46;  // "FZC1"
constexpr uint32_t kMagicWithoutVersion = kMagic & 0xffffff;

static_assert(std::endian::native == std::endian::little);

struct Head {
  uint32_t magic = kMagic;
  Codec codec = Codec::kNone;
  FrameKind kind = FrameKind::kMessage;
  uint16_t type = 0;
  uint32_t stored = 0;
  uint32_t original = 0;
  uint64_t body_hash = 0;
  uint64_t head_hash = 0;
};
static_assert(sizeof(Head) == kFrameHeadBytes);
static_assert(std::has_unique_object_representations_v<Head>);

std::span<const std::byte> BytesOf(const Head& head) {
  return std::as_bytes(std::span(&head, 1));
}
std::span<const std::byte> BytesOf(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

uint64_t HashOf(const Head& head) { return XxHash64(BytesOf(head).first(24)); }

void AppendHead(Head head, std::span<const std::byte> body, std::string& out,
                size_t at) {
  head.stored = static_cast<uint32_t>(body.size());
  head.body_hash = XxHash64(body);
  head.head_hash = HashOf(head);
  std::memcpy(out.data() + at, &head, sizeof(head));
}

absl::Status Check(const Head& head, uint32_t message_bytes_max) {
  if ((head.magic & 0xffffff) != kMagicWithoutVersion) {
    return absl::DataLossError("frame does not begin with FZC");
  }
  if (head.head_hash != HashOf(head)) {
    return absl::DataLossError("frame has a damaged head");
  }
  if (head.magic != kMagic) {
    return absl::FailedPreconditionError("frame is of another version than 1");
  }
  if (head.original > message_bytes_max || head.stored > head.original) {
    return absl::ResourceExhaustedError(
        absl::StrCat("frame of ", head.stored, " bytes has a message of ",
                     head.original, ", expected at most ", message_bytes_max));
  }
  if (head.kind != FrameKind::kMessage && head.kind != FrameKind::kEnd) {
    return absl::DataLossError("frame is of an unknown kind");
  }
  if (!HasCodec(head.codec)) {
    return absl::UnimplementedError(
        absl::StrCat("frame is compressed by codec ",
                     static_cast<int>(head.codec), ", which is not there"));
  }
  return absl::OkStatus();
}

absl::StatusOr<FramedMessage> Open(const Head& head,
                                   std::span<const std::byte> body) {
  if (head.body_hash != XxHash64(body)) {
    return absl::DataLossError("frame has a damaged message");
  }
  FramedMessage message = {head.kind, head.type, {}};
  if (head.codec == Codec::kNone) {
    if (head.stored != head.original) {
      return absl::DataLossError("frame has two sizes for one message");
    }
    message.bytes.assign(reinterpret_cast<const char*>(body.data()),
                         body.size());
    return message;
  }
  message.bytes.resize(head.original);
  const absl::Status status = Decompress(
      head.codec, body, std::as_writable_bytes(std::span(message.bytes)));
  if (!status.ok()) return status;
  return message;
}

}  // namespace

absl::Status AppendFrame(std::span<const std::byte> message, uint16_t type,
                         const FrameOptions& options, std::string& out) {
  if (message.size() > options.message_bytes_max) {
    return absl::ResourceExhaustedError(
        absl::StrCat("message has ", message.size(),
                     " bytes, expected at most ", options.message_bytes_max));
  }
  const size_t start = out.size();
  out.append(kFrameHeadBytes, '\0');
  Head head;
  head.type = type;
  head.original = static_cast<uint32_t>(message.size());
  if (options.codec != Codec::kNone && !message.empty() &&
      message.size() >= options.compressed_bytes_min) {
    const absl::Status status =
        Compress(options.codec, options.level, message, out);
    if (!status.ok()) {
      out.resize(start);
      return status;
    }
    head.codec = options.codec;
  }
  const size_t stored = out.size() - start - kFrameHeadBytes;
  if (head.codec == Codec::kNone || stored >= message.size()) {
    head.codec = Codec::kNone;
    out.resize(start + kFrameHeadBytes);
    out.append(reinterpret_cast<const char*>(message.data()), message.size());
  }
  AppendHead(head, BytesOf(out).subspan(start + kFrameHeadBytes), out, start);
  return absl::OkStatus();
}

void AppendEnd(std::string& out) {
  const size_t start = out.size();
  out.append(kFrameHeadBytes, '\0');
  Head head;
  head.kind = FrameKind::kEnd;
  AppendHead(head, {}, out, start);
}

void FrameReader::Push(std::span<const std::byte> bytes) {
  // What was given out is dropped when it is most of the buffer, so that each
  // byte is moved once or twice.
  if (used_ > buffer_.size() / 2) {
    buffer_.erase(0, used_);
    used_ = 0;
  }
  buffer_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

std::span<const std::byte> FrameReader::Rest() const {
  return BytesOf(buffer_).subspan(used_);
}

size_t FrameReader::missing() const {
  const std::span<const std::byte> rest = Rest();
  if (rest.size() < kFrameHeadBytes) return kFrameHeadBytes - rest.size();
  Head head;
  std::memcpy(&head, rest.data(), sizeof(head));
  const size_t frame = kFrameHeadBytes + size_t{head.stored};
  return frame > rest.size() ? frame - rest.size() : 0;
}

absl::StatusOr<std::optional<FramedMessage>> FrameReader::Next() {
  const std::span<const std::byte> rest = Rest();
  if (rest.size() < kFrameHeadBytes) return std::optional<FramedMessage>();
  Head head;
  std::memcpy(&head, rest.data(), sizeof(head));
  const absl::Status status = Check(head, options_.message_bytes_max);
  if (!status.ok()) return status;
  if (rest.size() - kFrameHeadBytes < head.stored) {
    return std::optional<FramedMessage>();
  }
  absl::StatusOr<FramedMessage> message =
      Open(head, rest.subspan(kFrameHeadBytes, head.stored));
  if (!message.ok()) return message.status();
  used_ += kFrameHeadBytes + head.stored;
  return std::optional<FramedMessage>(*std::move(message));
}

}  // namespace fozzy::channels
