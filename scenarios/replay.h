// Replaying traces: the same answers must give the same run.
#ifndef FOZZY_SCENARIOS_REPLAY_H_
#define FOZZY_SCENARIOS_REPLAY_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "fozzy/trace.h"
#include "scenarios/run_config.h"
#include "scenarios/run_report.h"
#include "scenarios/scenario.h"
#include "sim/run.h"

namespace fozzy {

// The first place where a replay and its recording part.
struct ReplayDrift {
  uint64_t record = 0;           // which one, from 0
  std::optional<uint64_t> step;  // the last one that was begun
  std::string recorded;          // the record there, or "the end"
  std::string replayed;          // what the replay did instead

  // "record 12 (step 3): recorded ..., replayed ...".
  std::string Text() const;
};

// What came of a replay.
struct ReplayReport {
  TraceHeader header;
  TraceFooter footer;                // of a complete trace
  bool is_complete = false;          // false: compared as far as recorded
  RunConfig config;                  // as recorded
  std::optional<Scenario> scenario;  // as recorded
  RunReport run;
  std::optional<ReplayDrift> drift;
};

// Runs the scenario of the trace at `path` with its answers and compares all
// decisions, events, observations, findings, figures and the status.  Touches
// nothing of the host.  `listener` hears all of it, if not null.
//
// Errors: those of TraceReader; FAILED_PRECONDITION for a configuration of a
// newer fozzy; DATA_LOSS for a scenario that cannot be read.
struct ReplayOptions {
  std::string path;
  RunSink* listener = nullptr;  // not owned
};
absl::StatusOr<ReplayReport> ReplayTrace(const ReplayOptions& options);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_REPLAY_H_
