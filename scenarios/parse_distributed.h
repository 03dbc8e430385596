// What is under "distributed" of a scenario file.
#ifndef FOZZY_SCENARIOS_PARSE_DISTRIBUTED_H_
#define FOZZY_SCENARIOS_PARSE_DISTRIBUTED_H_

#include "scenarios/json.h"
#include "scenarios/parse_step.h"
#include "scenarios/scenario.h"

namespace fozzy {

// Reads `node`, the value of "distributed", into `distributed`.  Returns false,
// and tells the log, if it cannot be understood.  The log also hears of no
// nodes or too many of them, and of names that are none of them in fields
// "node", "a" and "b" of steps and invariants.
bool ParseDistributed(const JsonNode& node, const ParseTables& tables,
                      ParseContext& context, Distributed& distributed);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_PARSE_DISTRIBUTED_H_
