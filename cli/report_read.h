// Reads reports back, to print them in another way.
#ifndef FOZZY_CLI_REPORT_READ_H_
#define FOZZY_CLI_REPORT_READ_H_

#include "cli/json_document.h"
#include "cli/summary.h"

namespace fozzy {

// Returns the summary that SummaryJson wrote; members of other types than it
// writes are taken as absent.  The timeline is not part of a report, and times
// are those it was reported with.
RunSummaryDoc ReadSummary(const JsonDocument& report);

}  // namespace fozzy

#endif  // FOZZY_CLI_REPORT_READ_H_
