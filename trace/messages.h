// Headers and footers as protobuf bytes; the only user of the generated code.
#ifndef FOZZY_TRACE_MESSAGES_H_
#define FOZZY_TRACE_MESSAGES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "fozzy/trace.h"

namespace fozzy {

std::string EncodeHeader(const TraceHeader& header);
std::string EncodeFooter(const TraceFooter& footer);

// Errors: DATA_LOSS if `bytes` are no such message or have more fields than
// kMessageFieldsMax.
absl::StatusOr<TraceHeader> DecodeHeader(absl::string_view bytes);
absl::StatusOr<TraceFooter> DecodeFooter(absl::string_view bytes);

}  // namespace fozzy

#endif  // FOZZY_TRACE_MESSAGES_H_
