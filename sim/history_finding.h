// Histories that nothing explains, as findings.
#ifndef FOZZY_SIM_HISTORY_FINDING_H_
#define FOZZY_SIM_HISTORY_FINDING_H_

#include <optional>

#include "fozzy/finding.h"
#include "fozzy/linearizability.h"

namespace fozzy {

// Returns nothing if the history is explained, else a finding of kind kChecker
// about the whole run, titled "linearizability" or "sequential_consistency",
// with "_undecided" if that could not be told.  Details are
//
//   {"calls":[{"invoked":0,"op":"push(1)","result":"true","returned":2,
//              "task":0},...],"explanation":"...","nodes":7,"partition":""}
//
// where pending calls have neither "result" nor "returned".
std::optional<Finding> HistoryFinding(const HistoryReport& report);

}  // namespace fozzy

#endif  // FOZZY_SIM_HISTORY_FINDING_H_
