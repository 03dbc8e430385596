// The sections of a .fozzy file, one after another, each checked.
#ifndef FOZZY_TRACE_SECTION_READER_H_
#define FOZZY_TRACE_SECTION_READER_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "fozzy/trace.h"
#include "sim/base/digest.h"
#include "trace/byte_source.h"
#include "trace/deflate.h"
#include "trace/frame.h"

namespace fozzy {

// Returns `status` with "chunk 3 (records) at byte 1234: " before its message.
absl::Status AtChunk(const absl::Status& status, const TracePosition& position,
                     absl::string_view name);

class SectionReader {
 public:
  explicit SectionReader(ByteSource source);

  // Reads the preamble; to be called first.  Errors: DATA_LOSS if it is
  // damaged or that of another format, FAILED_PRECONDITION if a newer fozzy
  // wrote it.
  absl::Status ReadPreamble();

  // Reads the next section, or returns false if the file ends: at the end of
  // a section, or within one, and then is_torn().
  // Errors: DATA_LOSS, saying which chunk, where, what was found and expected.
  absl::StatusOr<bool> Next();

  // Checks that the footer just read is followed by the tail and nothing else.
  // Returns false if the file ends before the end of the tail.
  // Errors: DATA_LOSS as above.
  absl::StatusOr<bool> ReadTail();

  // Of the section just read.
  const SectionHead& head() const { return head_; }
  absl::string_view contents() const { return contents_; }
  const TracePosition& position() const { return position_; }
  absl::Status At(const absl::Status& status) const;

  // Whether the last bytes of the file are no whole section.
  bool is_torn() const { return is_torn_; }
  uint64_t version() const { return version_; }
  // Over all sections before the last one read.
  const Digest& digest_before() const { return digest_before_; }
  uint64_t end_of_section() const { return next_offset_; }
  uint64_t file_size() const { return source_.size(); }

 private:
  absl::Status CheckHead() const;
  absl::Status ReadContents();

  ByteSource source_;
  uint64_t version_ = 0;
  uint64_t next_offset_ = 0;
  uint64_t next_chunk_ = 0;
  bool is_torn_ = false;
  SectionHead head_;
  TracePosition position_;
  Digest digest_before_;
  Digest digest_;
  std::string stored_;
  std::string raw_;
  absl::string_view contents_;
  Inflater inflater_;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_SECTION_READER_H_
