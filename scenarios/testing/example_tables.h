// A few types of steps, for tests of what reads them.
#ifndef FOZZY_SCENARIOS_TESTING_EXAMPLE_TABLES_H_
#define FOZZY_SCENARIOS_TESTING_EXAMPLE_TABLES_H_

#include "scenarios/scenario.h"

namespace fozzy {

// Returns tables with types as users know them; their steps cannot be run.
ParseTables ExampleTables();

// Where the types used by tests are in ExampleTables().steps, and some of their
// fields.
enum ExampleStep : uint16_t {
  kAssertEqInt = 0,
  kAssertThrows,
  kGetKvAssert,
  kHttpWhen,
  kMemoryFree,
  kNetSetDropRate,
  kProcWhen,
  kRandU64,
  kSetKv,
  kSleep,
  kTraceEvent,
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_TESTING_EXAMPLE_TABLES_H_
