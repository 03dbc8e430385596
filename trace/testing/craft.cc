#include "trace/testing/craft.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "sim/base/check.h"
#include "trace/messages.h"

namespace fozzy {

FileCrafter::FileCrafter() : FileCrafter(kTraceVersion) {
  const std::string header = EncodeHeader({});
  Add(SectionKind::kHeader, header, header.size());
}

FileCrafter::FileCrafter(uint32_t version) {
  const auto preamble = EncodePreamble(version);
  bytes_.assign(preamble.data(), preamble.size());
}

FileCrafter FileCrafter::Bare(uint32_t version) { return FileCrafter(version); }

FileCrafter& FileCrafter::Add(SectionKind kind, absl::string_view stored,
                              uint64_t raw_size) {
  SectionHead head;
  head.kind = kind;
  head.stored_size = static_cast<uint32_t>(stored.size());
  head.raw_size = static_cast<uint32_t>(raw_size);
  head.checksum = ChecksumOf(head, stored);
  MixSection(digest_, head);
  const SectionHeadBytes bytes = EncodeSectionHead(head);
  bytes_.append(bytes.data(), bytes.size());
  bytes_.append(stored.data(), stored.size());
  return *this;
}

FileCrafter& FileCrafter::AddEnd(TraceFooter footer) {
  footer.file_digest = {digest_.low(), digest_.high()};
  const auto tail = EncodeTail(bytes_.size());
  Add(SectionKind::kFooter, EncodeFooter(footer));
  bytes_.append(tail.data(), tail.size());
  return *this;
}

std::string RepairChecksums(std::string bytes) {
  if (bytes.size() < kPreambleSize) return bytes;
  const auto preamble = EncodePreamble(kTraceVersion);
  std::copy(preamble.begin(), preamble.end(), bytes.begin());
  size_t offset = kPreambleSize;
  while (bytes.size() - offset >= kSectionHeadSize) {
    SectionHeadBytes place;
    std::copy_n(bytes.data() + offset, place.size(), place.data());
    SectionHead head = DecodeSectionHead(place);
    const size_t left = bytes.size() - offset - kSectionHeadSize;
    if (head.stored_size > left) break;
    head.checksum = ChecksumOf(
        head, absl::string_view(bytes.data() + offset + kSectionHeadSize,
                                head.stored_size));
    place = EncodeSectionHead(head);
    std::copy(place.begin(), place.end(), bytes.data() + offset);
    offset += kSectionHeadSize + head.stored_size;
  }
  return bytes;
}

std::string ReadFileOrDie(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  FOZZY_CHECK(file.is_open());
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void WriteFileOrDie(const std::string& path, absl::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  FOZZY_CHECK(file.good());
}

}  // namespace fozzy
