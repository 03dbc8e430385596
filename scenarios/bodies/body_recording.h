// One run of a body, written down.
#ifndef FOZZY_SCENARIOS_BODIES_BODY_RECORDING_H_
#define FOZZY_SCENARIOS_BODIES_BODY_RECORDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fozzy/decision.h"
#include "fozzy/finding.h"

namespace fozzy {

// Which code was run.
struct BodyIdentity {
  std::string program;   // its file name, without folders
  std::string build_id;  // hexadecimal digits; empty: it has none
  std::string test;      // "Suite.Name"

  friend bool operator==(const BodyIdentity&, const BodyIdentity&) = default;
};

// A line of fozzy::Log.
struct LogLine {
  uint64_t decisions = 0;  // given before it
  TaskId task = {};
  uint64_t time_ns = 0;  // virtual
  std::string text;

  friend bool operator==(const LogLine&, const LogLine&) = default;
};

struct BodyRecording {
  std::vector<Decision> decisions;
  std::vector<LogLine> log;
  std::optional<Finding> finding;
  std::string ops_digest;  // over all ops, answers and lines; hexadecimal
  uint64_t points = 0;     // schedule points
  uint64_t time_ns = 0;    // virtual, at the end
  // The process ended in this run: the answers up to there are all there is.
  bool is_crash = false;
};

// Returns what differs first between a recording and its replay, "decision 3:
// recorded ..., replayed ...", or "" if they tell of the same run.
std::string DifferenceOf(const BodyRecording& recorded,
                         const BodyRecording& replayed);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_BODY_RECORDING_H_
