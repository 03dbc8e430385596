// Reports to look at in a browser.
#ifndef FOZZY_CLI_REPORT_HTML_H_
#define FOZZY_CLI_REPORT_HTML_H_

#include <cstddef>
#include <string>

#include "cli/summary.h"

namespace fozzy {

// Events and scenarios in a report, at most; further ones are counted.
inline constexpr size_t kHtmlRowsMax = 5000;

// Returns report.html: one file that needs no other, in the light or dark
// colours of the reader.
std::string HtmlReport(const RunSummaryDoc& summary);

}  // namespace fozzy

#endif  // FOZZY_CLI_REPORT_HTML_H_
