// What users ask of simulated tests, on the command line or by environment.
#ifndef FOZZY_SCENARIOS_BODIES_TEST_FLAGS_H_
#define FOZZY_SCENARIOS_BODIES_TEST_FLAGS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "scenarios/bodies/body_config.h"

namespace fozzy {

struct TestFlags {
  std::string replay;  // the path of a trace; empty: search
  uint64_t runs = 10'000;
  uint64_t time_ns = 10'000'000'000;
  BodyConfig config;
  // What no run reaches is a failure, not only named.
  bool fails_if_unreached = false;
  uint64_t break_at = 0;  // the op of a replay to stop a debugger at, from 1
};

// Reads --fozzy_replay=FILE, --fozzy_seed=N, --fozzy_runs=N, --fozzy_time=10s,
// --fozzy_strategy=NAME, --fozzy_memory_model=cpp20|sc, --fozzy_stack_kib=N,
// --fozzy_unreached=note|fail, --fozzy_break_at=N among `words`, and
// FOZZY_REPLAY and so on from the environment, which words overrule.  With runs
// and no time, or the other way round, there is no other limit. Errors:
// INVALID_ARGUMENT for an unknown flag or a value that does not fit.
using LookUp = std::function<const char*(const char* name)>;
absl::StatusOr<TestFlags> ReadTestFlags(const std::vector<std::string>& words,
                                        const LookUp& environment);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_TEST_FLAGS_H_
