// How a .fozzy file is put together: a preamble, sections, a tail.  FORMAT.md
// is the specification.
#ifndef FOZZY_TRACE_FRAME_H_
#define FOZZY_TRACE_FRAME_H_

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "sim/base/digest.h"

namespace fozzy {

inline constexpr size_t kPreambleSize = 16;
inline constexpr size_t kSectionHeadSize = 16;
inline constexpr size_t kTailSize = 16;
inline constexpr size_t kMagicSize = 8;

// The first byte is no text and the line end is one that careless copying
// changes, as in PNG.
inline constexpr char kMagic[kMagicSize + 1] =
    "\x89"
    "FOZZY\r\n";
inline constexpr char kTailMagic[kMagicSize + 1] = "YZZOF\r\n\x89";

// Stored numbers; none is ever reused.
enum class SectionKind : uint32_t {
  kHeader = 1,    // message Header
  kScenario = 2,  // bytes of the scenario
  kAnswers = 3,   // message Answers of the records that follow
  kRecords = 4,   // message Chunk, deflated if that made it smaller
  kFooter = 5,    // message Footer
};

// Returns "header", say, or "unknown".
absl::string_view SectionKindName(SectionKind kind);

struct SectionHead {
  SectionKind kind = SectionKind::kHeader;
  uint32_t stored_size = 0;  // of what follows, in bytes
  uint32_t raw_size = 0;     // the same, or larger if it is deflated
  uint32_t checksum = 0;     // CRC-32 of the fields above and of what follows

  bool is_deflated() const { return raw_size != stored_size; }
};

using SectionHeadBytes = std::array<char, kSectionHeadSize>;

SectionHeadBytes EncodeSectionHead(const SectionHead& head);
SectionHead DecodeSectionHead(const SectionHeadBytes& bytes);

// Returns the CRC-32 (of zlib and PNG) of what came to `before`, 0 at first,
// followed by `bytes`.
uint32_t Checksum(uint32_t before, absl::string_view bytes);

// Returns what head.checksum must be, for contents in one piece.
uint32_t ChecksumOf(const SectionHead& head, absl::string_view stored);

// Adds a section to the file digest.
void MixSection(Digest& digest, const SectionHead& head);

std::array<char, kPreambleSize> EncodePreamble(uint32_t version);
std::array<char, kTailSize> EncodeTail(uint64_t footer_offset);

}  // namespace fozzy

#endif  // FOZZY_TRACE_FRAME_H_
