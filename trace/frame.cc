#include "trace/frame.h"

#include <libdeflate.h>

#include <cstring>

#include "trace/wire.h"

namespace fozzy {
namespace {

// The part of an encoded head that its checksum covers.
constexpr size_t kCheckedHeadSize = 12;

}  // namespace

absl::string_view SectionKindName(SectionKind kind) {
  switch (kind) {
    case SectionKind::kHeader:
      return "header";
    case SectionKind::kScenario:
      return "scenario";
    case SectionKind::kAnswers:
      return "answers";
    case SectionKind::kRecords:
      return "records";
    case SectionKind::kFooter:
      return "footer";
  }
  return "unknown";
}

SectionHeadBytes EncodeSectionHead(const SectionHead& head) {
  SectionHeadBytes bytes;
  StoreLittle32(bytes.data(), static_cast<uint32_t>(head.kind));
  StoreLittle32(bytes.data() + 4, head.stored_size);
  StoreLittle32(bytes.data() + 8, head.raw_size);
  StoreLittle32(bytes.data() + kCheckedHeadSize, head.checksum);
  return bytes;
}

SectionHead DecodeSectionHead(const SectionHeadBytes& bytes) {
  SectionHead head;
  head.kind = static_cast<SectionKind>(LoadLittle32(bytes.data()));
  head.stored_size = LoadLittle32(bytes.data() + 4);
  head.raw_size = LoadLittle32(bytes.data() + 8);
  head.checksum = LoadLittle32(bytes.data() + kCheckedHeadSize);
  return head;
}

uint32_t Checksum(uint32_t before, absl::string_view bytes) {
  if (bytes.empty()) return before;
  return libdeflate_crc32(before, bytes.data(), bytes.size());
}

uint32_t ChecksumOf(const SectionHead& head, absl::string_view stored) {
  const SectionHeadBytes bytes = EncodeSectionHead(head);
  return Checksum(Checksum(0, {bytes.data(), kCheckedHeadSize}), stored);
}

void MixSection(Digest& digest, const SectionHead& head) {
  digest.Mix(static_cast<uint64_t>(head.kind));
  digest.Mix(head.stored_size);
  digest.Mix(head.raw_size);
  digest.Mix(head.checksum);
}

std::array<char, kPreambleSize> EncodePreamble(uint32_t version) {
  std::array<char, kPreambleSize> bytes;
  std::memcpy(bytes.data(), kMagic, kMagicSize);
  StoreLittle32(bytes.data() + kMagicSize, version);
  StoreLittle32(bytes.data() + kCheckedHeadSize,
                Checksum(0, {bytes.data(), kCheckedHeadSize}));
  return bytes;
}

std::array<char, kTailSize> EncodeTail(uint64_t footer_offset) {
  std::array<char, kTailSize> bytes;
  StoreLittle64(bytes.data(), footer_offset);
  std::memcpy(bytes.data() + 8, kTailMagic, kMagicSize);
  return bytes;
}

}  // namespace fozzy
