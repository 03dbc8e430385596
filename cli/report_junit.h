// Reports for CI servers.
#ifndef FOZZY_CLI_REPORT_JUNIT_H_
#define FOZZY_CLI_REPORT_JUNIT_H_

#include <string>

#include "cli/summary.h"

namespace fozzy {

// Returns junit.xml: one testcase per scenario.
// Source: the JUnit XML schema of Apache Ant, as CI servers read it.
std::string JunitReport(const RunSummaryDoc& summary);

}  // namespace fozzy

#endif  // FOZZY_CLI_REPORT_JUNIT_H_
