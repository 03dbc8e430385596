// Records as lines for people.
#ifndef FOZZY_TRACE_FORMAT_RECORD_H_
#define FOZZY_TRACE_FORMAT_RECORD_H_

#include <string>

#include "absl/strings/string_view.h"
#include "fozzy/trace.h"

namespace fozzy {

// Returns one line without its end:
//   @120ms net_send message=3 from=a to=b
//   decision deliver answer=2
//   observation process numbers=0,1 texts="ok\n",""
// Texts are quoted if they hold more than plain words, and cut, saying so, if
// they are long.  `time_unit` is that of the header.
std::string FormatRecord(const TraceRecord& record,
                         absl::string_view time_unit);

}  // namespace fozzy

#endif  // FOZZY_TRACE_FORMAT_RECORD_H_
