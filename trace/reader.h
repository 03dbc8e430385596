// Reads a recorded run.
//
//   FOZZY_ASSIGN_OR_RETURN(auto reader, TraceReader::Open("a.fozzy"));
//   TraceRecord record;
//   while (true) {
//     FOZZY_ASSIGN_OR_RETURN(const bool is_there, reader->Next(record));
//     if (!is_there) break;
//     ...;
//   }
//   if (reader->is_complete()) Use(reader->footer());
#ifndef FOZZY_TRACE_READER_H_
#define FOZZY_TRACE_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "fozzy/trace.h"
#include "trace/chunk_index.h"
#include "trace/record_decoder.h"
#include "trace/section_reader.h"

namespace fozzy {

// Streams through one trace, whole or partial; holds one chunk at a time, and
// no more memory than the bounds of trace/limits.h allow, whatever the file
// says.
//
// Errors of all functions: DATA_LOSS for damage, "chunk 3 (records) at byte
// 1234: found ..., expected ..."; what the system says if reading fails.  An
// error stays: the next call returns it again.
class TraceReader {
 public:
  // Reads the header.  Errors besides: FAILED_PRECONDITION for the trace of a
  // newer fozzy, NOT_FOUND, PERMISSION_DENIED, INVALID_ARGUMENT for what is no
  // file.
  static absl::StatusOr<std::unique_ptr<TraceReader>> Open(
      const std::string& path);

  // `bytes` is not copied and outlives the reader.
  static absl::StatusOr<std::unique_ptr<TraceReader>> FromBytes(
      absl::string_view bytes);

  TraceReader(const TraceReader&) = delete;
  TraceReader& operator=(const TraceReader&) = delete;

  const TraceHeader& header() const { return header_; }

  // Returns the bytes of the scenario.  To be called before Next, if at all.
  // A partial trace that ends within it is an error here, and one without
  // records for Next.
  absl::StatusOr<std::string> ReadScenario();

  // Sets `record` to the next decision, event or observation, or returns
  // false at the end.  The spans of an event are valid until the next call.
  absl::StatusOr<bool> Next(TraceRecord& record);

  // After Next has returned false: whether the footer was there.  If not, this
  // is what a killed run left, good up to its last whole chunk.
  bool is_complete() const { return footer_.has_value(); }

  // Whether the file ends within a chunk.
  bool is_torn() const { return sections_.is_torn(); }

  // Requires is_complete().
  const TraceFooter& footer() const { return *footer_; }

  // Records read so far.
  const TraceCounts& counts() const { return counts_; }

  // Sections read so far, by what they hold.
  struct Sizes {
    uint64_t header = 0;  // all in bytes, with their heads
    uint64_t scenario = 0;
    uint64_t answers = 0;
    uint64_t records = 0;
    uint64_t footer = 0;
    uint64_t raw_records = 0;  // before compression
    uint64_t chunks = 0;       // of records
  };
  const Sizes& sizes() const { return sizes_; }
  uint64_t file_size() const { return sections_.file_size(); }

 private:
  explicit TraceReader(ByteSource source);

  static absl::StatusOr<std::unique_ptr<TraceReader>> FromSource(
      ByteSource source);
  absl::Status ReadHeader();
  absl::Status ReadScenarioParts(std::string* scenario);
  absl::StatusOr<bool> NextSection();
  absl::StatusOr<bool> NextChunk();
  absl::StatusOr<bool> NextRecord(TraceRecord& record);
  absl::Status ReadFooter();
  absl::Status CheckFooter(const TraceFooter& footer) const;
  absl::Status AtRecord(const absl::Status& status) const;
  void Count(TraceRecordKind kind);

  SectionReader sections_;
  TraceHeader header_;
  bool has_read_scenario_ = false;
  bool ends_in_scenario_ = false;
  bool is_at_end_ = false;
  bool has_chunk_ = false;
  std::string answers_;
  RecordDecoder decoder_;
  std::optional<TraceFooter> footer_;
  TraceCounts counts_;
  ChunkIndex index_;
  Sizes sizes_;
  absl::Status status_;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_READER_H_
