// Records as the bytes of a chunk, by hand: this is what recording costs.
#ifndef FOZZY_TRACE_RECORD_ENCODER_H_
#define FOZZY_TRACE_RECORD_ENCODER_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "fozzy/decision.h"
#include "trace/interner.h"
#include "trace/limits.h"
#include "trace/prediction.h"

namespace fozzy {

// Appends records to a chunk, the wire bytes of fozzy.trace.v1.Chunk; the wide
// answers go to a list of their own, because random bits would only slow the
// compressor down.  Equal decisions in a row become one record.
//
// Whoever adds records takes the chunk and calls Reset once it is full; Add
// itself never refuses one.  Nothing is allocated for records below 32 KiB.
class RecordEncoder {
 public:
  RecordEncoder();

  void Add(const Decision& decision) {
    if (run_length_ > 0 && decision == run_ && run_length_ < kRunLengthMax) {
      ++run_length_;
      return;
    }
    EndRun();
    run_ = decision;
    run_length_ = 1;
  }
  // Requires at most kEventNumbersMax numbers and kEventTextsMax texts.
  void Add(const Event& event);
  void Add(const Observation& observation);

  // Ends the run of equal decisions, so that chunk() and answers() hold all.
  void EndRun();

  // With room left for the run that EndRun adds.
  bool is_full() const {
    return used_ >= kChunkSize || answers_.size() + 1 >= kAnswersMax ||
           names_.size() + kEventTextsMax > kNamesMax;
  }
  bool is_empty() const { return used_ == 0 && run_length_ == 0; }

  // The largest record so far was too large for the format; it is not in the
  // chunk.  Errors: RESOURCE_EXHAUSTED.
  const absl::Status& status() const { return status_; }

  absl::string_view chunk() const { return {buffer_.get(), used_}; }
  const std::vector<uint64_t>& answers() const { return answers_; }

  // Starts the next chunk.
  void Reset();

 private:
  char* Room(size_t size);
  void End(char* start, char* end);
  uint32_t NameOf(std::string_view text);
  bool Fits(size_t size);

  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0;
  size_t used_ = 0;
  std::vector<uint64_t> answers_;
  Decision run_;
  uint64_t run_length_ = 0;
  EventPrediction expected_;
  Interner names_;
  absl::Status status_;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_RECORD_ENCODER_H_
