// Records a run.
//
//   TraceWriter writer({.path = "a.fozzy", .header = header,
//                       .scenario = source});
//   writer.OnDecision({ChoiceKind::kDrop, TaskId{}, 1});
//   absl::Status status = writer.Finish(footer);
#ifndef FOZZY_TRACE_WRITER_H_
#define FOZZY_TRACE_WRITER_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "fozzy/trace.h"
#include "sim/base/digest.h"
#include "trace/chunk_index.h"
#include "trace/deflate.h"
#include "trace/frame.h"
#include "trace/partial_file.h"
#include "trace/record_encoder.h"

namespace fozzy {

// Writes one trace, about 64 KiB of records at a time, into PATH.partial,
// which becomes PATH at the end.  Until the first 64 KiB are full nothing
// touches the disk.  A writer destroyed without Finish leaves nothing behind;
// a killed process leaves PATH.partial, complete up to its last whole chunk.
//
// The same calls give the same bytes.  Memory: below 1 MiB, besides the
// largest single record.
class TraceWriter {
 public:
  // Returns the path to take instead of one that is taken.
  using NextPath = std::function<absl::StatusOr<std::string>()>;

  struct Options {
    std::string path;
    // What is at `path` is replaced.  If not, nothing ever is: `next_path` is
    // asked until it names a path, in the same folder, that is neither there
    // nor being written; without it that is the error ALREADY_EXISTS.
    bool replaces = true;
    NextPath next_path;
    TraceHeader header;
    absl::string_view scenario;  // not copied; outlives the writer
  };
  explicit TraceWriter(Options options);
  TraceWriter(const TraceWriter&) = delete;
  TraceWriter& operator=(const TraceWriter&) = delete;

  void OnDecision(const Decision& decision) {
    ++counts_.decisions;
    encoder_.Add(decision);
    if (encoder_.is_full()) Spill();
  }
  void OnEvent(const Event& event) {
    ++counts_.events;
    encoder_.Add(event);
    if (encoder_.is_full()) Spill();
  }
  void OnObservation(const Observation& observation) {
    ++counts_.observations;
    encoder_.Add(observation);
    if (encoder_.is_full()) Spill();
  }

  // Writes what is left and the footer, and gives the file its name.  To be
  // called once, last; after an error nothing is left on the disk.
  // Errors: the first thing that went wrong since the start, with the path:
  // ALREADY_EXISTS if another writer is writing this trace, what the system
  // said, or RESOURCE_EXHAUSTED if a bound of the format is exceeded.
  absl::Status Finish(TraceFooter footer);

  // What Finish would say already.
  const absl::Status& status() const { return status_; }

  // Where the trace is, once Finish has succeeded.
  const std::string& path() const { return options_.path; }

 private:
  void Spill();
  absl::Status Start();
  absl::Status OpenFile();
  absl::Status Publish();
  bool TakesAnother(const absl::Status& taken) const;
  absl::Status WriteChunk();
  absl::Status WriteFooter(TraceFooter footer);
  absl::Status WriteSection(SectionKind kind, size_t raw_size,
                            absl::Span<const absl::string_view> pieces);
  absl::Status Write(absl::Span<const absl::string_view> pieces);

  Options options_;
  RecordEncoder encoder_;
  Deflater deflater_;
  PartialFile file_;
  uint64_t offset_ = 0;
  Digest file_digest_;
  ChunkIndex index_;
  TraceCounts counts_;
  uint64_t written_records_ = 0;
  absl::Status status_;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_WRITER_H_
