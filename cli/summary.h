// What is reported of one invocation: of a run, of a test of many scenarios,
// of an exploration.  Plain data, so that reports can be written, and tested,
// without the engine.
#ifndef FOZZY_CLI_SUMMARY_H_
#define FOZZY_CLI_SUMMARY_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/run_report.h"
#include "sim/virtual_clock.h"

namespace fozzy {

// Returns `time` in nanoseconds, or the largest number if that is out of range.
constexpr uint64_t NanosOf(Millis time) {
  constexpr uint64_t kNsPerMs = 1'000'000;
  const uint64_t most = ~uint64_t{0} / kNsPerMs;
  return time > most ? ~uint64_t{0} : time * kNsPerMs;
}

// Where a finding is; all optional.
struct FindingPlace {
  std::string file;
  uint32_t line = 0;    // from 1; 0: unknown
  uint32_t column = 0;  // from 1, in bytes; 0: unknown
  std::optional<uint64_t> step;
  std::string details;  // a JSON object, or empty

  friend bool operator==(const FindingPlace&, const FindingPlace&) = default;
};

struct FindingDoc {
  std::string kind;   // "assertion"
  std::string title;  // "assert_eq_int"
  std::string message;
  std::optional<FindingPlace> place;

  friend bool operator==(const FindingDoc&, const FindingDoc&) = default;
};

// One scenario of `fozzy test`.
struct ScenarioResult {
  std::string scenario;  // its path
  std::string name;      // from the file; empty if it could not be read
  std::string status;    // "pass", "fail", "timeout", "crash", "error", "skip"
  uint64_t seed = 0;
  uint64_t duration_ns = 0;
  std::vector<FindingDoc> findings;
  std::string error;       // of status "error": why
  std::string trace_path;  // what was kept of it, or empty
  std::string reproduce;   // the command line for it, or empty

  friend bool operator==(const ScenarioResult&,
                         const ScenarioResult&) = default;
};

struct TestsDoc {
  uint64_t passed = 0;
  uint64_t failed = 0;
  uint64_t skipped = 0;
  std::vector<ScenarioResult> results;

  friend bool operator==(const TestsDoc&, const TestsDoc&) = default;
};

// How far a search went.
struct ExplorationDoc {
  uint64_t schedules = 0;
  uint64_t distinct = 0;  // of them
  bool is_exhaustive = false;
  uint64_t deliveries = 0;
  std::optional<uint64_t> finding_run;     // the run that failed, from 0
  std::vector<std::string> never_reached;  // sites

  friend bool operator==(const ExplorationDoc&,
                         const ExplorationDoc&) = default;
};

// How large a run is; see RunMeasure.
struct ShrinkMeasureDoc {
  uint64_t decisions = 0;
  uint64_t preemptions = 0;
  uint64_t switches = 0;
  uint64_t faults = 0;
  uint64_t values = 0;
  uint64_t points = 0;

  friend bool operator==(const ShrinkMeasureDoc&,
                         const ShrinkMeasureDoc&) = default;
};

// How far shrinking went.
struct ShrinkDoc {
  uint64_t runs = 0;
  bool is_fixpoint = false;
  ShrinkMeasureDoc before;
  ShrinkMeasureDoc after;

  friend bool operator==(const ShrinkDoc&, const ShrinkDoc&) = default;
};

struct IdentityDoc {
  std::string run_id;
  uint64_t seed = 0;
  std::string trace_path;  // each empty if there is none
  std::string report_path;
  std::string artifacts_dir;

  friend bool operator==(const IdentityDoc&, const IdentityDoc&) = default;
};

// Something that happened, for the timeline.
struct TimelineEvent {
  uint64_t time_ms = 0;  // virtual
  std::string name;      // "net_deliver"
  std::string text;      // "message=3 from=a to=b"
  std::optional<uint64_t> step;
};

struct RunSummaryDoc {
  std::string status;    // "pass", "fail", "timeout", "crash", "error"
  std::string mode;      // "run", "test", "explore", "replay"
  std::string scenario;  // a path; empty for tests
  IdentityDoc identity;
  int64_t started_unix_ns = 0;
  uint64_t wall_ns = 0;
  Millis virtual_time = 0;
  std::vector<FindingDoc> findings;
  std::vector<std::string> warnings;
  std::optional<TestsDoc> tests;
  std::optional<ExplorationDoc> exploration;
  std::optional<ShrinkDoc> shrink;
  // What a schedule of the exploration took, on the thread that ran it.
  uint64_t ns_per_schedule = 0;
  std::optional<MemorySummary> memory;
  // Whether the trace is one that the user asked for.
  bool is_recorded = false;
  // The command line that makes it happen again; empty if it cannot.
  std::string reproduce;
  // What --reporter wrote, or empty.
  std::string reporter_path;
  // Not part of the report document.
  std::vector<TimelineEvent> timeline;

  // How long it took, as reports say it: in the time that it lived in.
  uint64_t duration_ns() const {
    return std::max(wall_ns, NanosOf(virtual_time));
  }
};

}  // namespace fozzy

#endif  // FOZZY_CLI_SUMMARY_H_
