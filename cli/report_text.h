// Reports for people.
#ifndef FOZZY_CLI_REPORT_TEXT_H_
#define FOZZY_CLI_REPORT_TEXT_H_

#include <string>

#include "cli/output.h"
#include "cli/summary.h"

namespace fozzy {

// Returns one or two lines for a pass; for anything else what was found, where,
// and the one line that makes it happen again.  Coloured as `output` is.
std::string TextReport(const RunSummaryDoc& summary, const Output& output);

}  // namespace fozzy

#endif  // FOZZY_CLI_REPORT_TEXT_H_
