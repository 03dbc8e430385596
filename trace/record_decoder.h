// The bytes of a chunk as records: the way back of RecordEncoder.
#ifndef FOZZY_TRACE_RECORD_DECODER_H_
#define FOZZY_TRACE_RECORD_DECODER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "fozzy/trace.h"
#include "trace/limits.h"
#include "trace/prediction.h"
#include "trace/wire.h"

namespace fozzy {

// Decodes one chunk after another, a record at a time.  Memory: a fixed amount
// besides the chunk itself and the observation asked for.
class RecordDecoder {
 public:
  // Starts on `chunk`, uncompressed, with the Answers message that came before
  // it, or nothing.  Both outlive the decoding.
  // Errors: DATA_LOSS if `answers` is no such message.
  absl::Status Begin(absl::string_view chunk, absl::string_view answers);

  // Sets all of `record` but its position, or returns false at the end.  The
  // spans of an event are valid until the next call.
  // Errors: DATA_LOSS, saying what was found and expected.
  absl::StatusOr<bool> Next(TraceRecord& record);

 private:
  struct Fields;

  absl::Status ReadFields(absl::string_view bytes, Fields& fields);
  absl::Status ReadDecision(const Fields& fields);
  absl::Status ReadEvent(const Fields& fields, TraceRecord& record);
  absl::Status ReadNumbers(const Fields& fields, EventKind kind);
  absl::Status AddName(absl::string_view name);

  WireReader chunk_{absl::string_view()};
  absl::string_view answers_;  // those not used yet
  Decision run_;
  uint64_t run_left_ = 0;
  EventPrediction expected_;
  std::vector<absl::string_view> names_;
  uint64_t numbers_[kEventNumbersMax] = {};
  std::string_view texts_[kEventTextsMax];
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_RECORD_DECODER_H_
