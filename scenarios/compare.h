// Running a scenario with two kinds of backends and naming the first step
// whose outcome they do not agree on.
#ifndef FOZZY_SCENARIOS_COMPARE_H_
#define FOZZY_SCENARIOS_COMPARE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "backends/world.h"
#include "scenarios/run_config.h"
#include "scenarios/scenario.h"

namespace fozzy {

// What of the world the steps of a scenario act on, nested steps included.
struct BackendUse {
  bool has_proc = false;
  bool has_fs = false;
  bool has_http = false;

  friend bool operator==(const BackendUse&, const BackendUse&) = default;
};
BackendUse BackendsUsedBy(const Scenario& scenario);

// One of the two runs.  Nothing is owned.
struct CompareSide {
  const RunConfig* config = nullptr;
  Host host;  // what `config` asks for; the wall clock always
};

// Where the runs part.
struct Difference {
  std::optional<uint64_t> step;  // nothing: of the run as a whole
  // What came of the step, a line for people: "ok, exit code 0".
  std::string left;
  std::string right;
};

struct Comparison {
  uint64_t steps = 0;  // on whose outcome the runs agree, nested ones too
  std::optional<Difference> difference;
};

// Runs `scenario` on both sides, each to its end, and compares step by step:
// whether it failed and why, exit code and HTTP status, the sizes of files,
// and what it stored under a key.  How long anything took is not compared.
//
// A failure that is worded differently for the host ("host_fs_path" for
// "fs_path") counts as the same.
//
// Errors: INVALID_ARGUMENT for a distributed scenario, which acts on no
// backend.
absl::StatusOr<Comparison> CompareRuns(const Scenario& scenario,
                                       const CompareSide& left,
                                       const CompareSide& right);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_COMPARE_H_
