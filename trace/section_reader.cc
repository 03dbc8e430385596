#include "trace/section_reader.h"

#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/base/status_macros.h"
#include "trace/limits.h"
#include "trace/wire.h"

namespace fozzy {
namespace {

// A buffer that one large section has blown up is not kept above this.
constexpr size_t kBufferKept = 2 * kScenarioPartSize;

uint64_t RawSizeMax(SectionKind kind) {
  switch (kind) {
    case SectionKind::kHeader:
      return kHeaderSizeMax;
    case SectionKind::kScenario:
      return kScenarioPartSize;
    case SectionKind::kAnswers:
      return kAnswersMax * sizeof(uint64_t) + 64;
    case SectionKind::kRecords:
      return kChunkSizeMax;
    case SectionKind::kFooter:
      return kFooterSizeMax;
  }
  return 0;
}

// Makes `buffer` `size` long without keeping much more.
void Resize(std::string& buffer, size_t size) {
  if (buffer.capacity() > kBufferKept && size <= kBufferKept) {
    buffer = std::string();
  }
  buffer.resize(size);
}

// What comes before the first chunk counts as a part of it.
absl::Status AtPreamble(uint64_t offset, absl::string_view message) {
  TracePosition position;
  position.offset = offset;
  return AtChunk(absl::DataLossError(message), position, "preamble");
}

}  // namespace

absl::Status AtChunk(const absl::Status& status, const TracePosition& position,
                     absl::string_view name) {
  return absl::Status(
      status.code(),
      absl::StrCat("chunk ", position.chunk, " (", name, ") at byte ",
                   position.offset, ": ", status.message()));
}

SectionReader::SectionReader(ByteSource source) : source_(std::move(source)) {}

absl::Status SectionReader::ReadPreamble() {
  char bytes[kPreambleSize];
  if (source_.size() < kPreambleSize) {
    return AtPreamble(0, absl::StrCat("found ", source_.size(),
                                      " bytes, expected a trace of ",
                                      kPreambleSize, " at least"));
  }
  FOZZY_RETURN_IF_ERROR(source_.Read(0, bytes, kPreambleSize));
  if (std::memcmp(bytes, kMagic, kMagicSize) != 0) {
    return AtPreamble(0, "found another beginning, expected that of a trace");
  }
  const uint32_t version = LoadLittle32(bytes + kMagicSize);
  const auto expected = EncodePreamble(version);
  if (std::memcmp(bytes, expected.data(), kPreambleSize) != 0) {
    return AtPreamble(12,
                      "found a wrong checksum, expected that of the preamble");
  }
  if (version > kTraceVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat("found format version ", version, ", expected at most ",
                     kTraceVersion, ": a newer fozzy wrote this trace"));
  }
  if (version == 0) {
    return absl::DataLossError("found format version 0, expected 1 or more");
  }
  version_ = version;
  next_offset_ = kPreambleSize;
  return absl::OkStatus();
}

absl::StatusOr<bool> SectionReader::Next() {
  const uint64_t left = source_.size() - next_offset_;
  if (left < kSectionHeadSize) {
    is_torn_ = left > 0;
    return false;
  }
  position_.chunk = next_chunk_++;
  position_.offset = next_offset_;
  SectionHeadBytes bytes;
  FOZZY_RETURN_IF_ERROR(source_.Read(next_offset_, bytes.data(), bytes.size()));
  head_ = DecodeSectionHead(bytes);
  if (head_.stored_size > kChunkSizeMax) {
    return At(absl::DataLossError(
        absl::StrCat("found a size of ", head_.stored_size,
                     " bytes, expected at most ", kChunkSizeMax)));
  }
  if (head_.stored_size > left - kSectionHeadSize) {
    is_torn_ = true;
    return false;
  }
  const absl::Status status = ReadContents();
  if (!status.ok()) return At(status);
  digest_before_ = digest_;
  MixSection(digest_, head_);
  next_offset_ += kSectionHeadSize + head_.stored_size;
  return true;
}

absl::StatusOr<bool> SectionReader::ReadTail() {
  const uint64_t left = source_.size() - next_offset_;
  if (left > kTailSize) {
    return At(absl::DataLossError(
        absl::StrCat("found ", left - kTailSize, " bytes behind the end at ",
                     next_offset_ + kTailSize, ", expected none")));
  }
  if (left < kTailSize) {
    is_torn_ = true;
    return false;
  }
  char bytes[kTailSize];
  FOZZY_RETURN_IF_ERROR(source_.Read(next_offset_, bytes, kTailSize));
  const auto expected = EncodeTail(position_.offset);
  if (std::memcmp(bytes, expected.data(), kTailSize) != 0) {
    return At(absl::DataLossError(
        absl::StrCat("found a damaged tail at ", next_offset_, ", expected ",
                     "one that names byte ", position_.offset)));
  }
  return true;
}

absl::Status SectionReader::At(const absl::Status& status) const {
  return AtChunk(status, position_, SectionKindName(head_.kind));
}

absl::Status SectionReader::ReadContents() {
  Resize(stored_, head_.stored_size);
  FOZZY_RETURN_IF_ERROR(source_.Read(next_offset_ + kSectionHeadSize,
                                     stored_.data(), stored_.size()));
  const uint32_t checksum = ChecksumOf(head_, stored_);
  if (checksum != head_.checksum) {
    return absl::DataLossError(
        absl::StrCat("found checksum ", absl::Hex(checksum, absl::kZeroPad8),
                     ", expected ", absl::Hex(head_.checksum, absl::kZeroPad8),
                     ": these ", head_.stored_size, " bytes are damaged"));
  }
  FOZZY_RETURN_IF_ERROR(CheckHead());
  contents_ = stored_;
  if (!head_.is_deflated()) return absl::OkStatus();
  Resize(raw_, head_.raw_size);
  contents_ = raw_;
  if (inflater_.Inflate(stored_, raw_.data(), raw_.size())) {
    return absl::OkStatus();
  }
  return absl::DataLossError(absl::StrCat(
      "found ", head_.stored_size, " bytes that do not inflate, expected ",
      head_.raw_size, " bytes of records"));
}

// What the checksum has found whole can still be wrong.
absl::Status SectionReader::CheckHead() const {
  const uint64_t most = RawSizeMax(head_.kind);
  if (most == 0) {
    return absl::DataLossError(absl::StrCat("found a section of kind ",
                                            static_cast<uint32_t>(head_.kind),
                                            ", expected 1 to 5"));
  }
  if (head_.raw_size > most) {
    return absl::DataLossError(absl::StrCat("found a size of ", head_.raw_size,
                                            " bytes, expected at most ", most));
  }
  if (!head_.is_deflated()) return absl::OkStatus();
  if (head_.kind != SectionKind::kRecords ||
      head_.raw_size < head_.stored_size ||
      head_.raw_size > head_.stored_size * kInflateRatioMax) {
    return absl::DataLossError(absl::StrCat(
        "found ", head_.stored_size, " bytes said to inflate to ",
        head_.raw_size, ", expected that of records only, and 1 to ",
        kInflateRatioMax, " times as many"));
  }
  return absl::OkStatus();
}

}  // namespace fozzy
