// Runs C++ code under many schedules.
//
//   const fozzy::ExploreReport report = fozzy::Explore({.runs = 10'000}, [] {
//     fozzy::atomic<int> counter = 0;
//     fozzy::thread adder([&] { counter = counter + 1; });
//     counter = counter + 1;
//     adder.join();
//     FOZZY_ALWAYS(counter == 2, "no update is lost");
//   });
//   if (report.finding) std::puts(report.ToText().c_str());
#ifndef FOZZY_EXPLORE_H_
#define FOZZY_EXPLORE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fozzy/decision.h"
#include "fozzy/finding.h"
#include "fozzy/property.h"

namespace fozzy {

// What is done so that a run does not depend on those before it.
enum class Isolation : uint8_t {
  // What the body uses is as it left it: it is to clean up after itself.
  kNone = 0,
  // The variables of the program with static storage are put back after each
  // run; not those of threads, nor of shared libraries, nor memory from the
  // heap: a container among them must not keep what a run put into it.
  kGlobals,
  // Each run is done by a process of its own, about 0.3 ms each.
  kFork,
};

struct ExploreOptions {
  std::string name = "body";  // in reports
  uint64_t seed = 1;
  uint64_t runs = 1'000;
  // See `fozzy explore --help`: "pct:3", say; "dfs" for every schedule there
  // is, one of each kind; "dfs:2" for every one with two preemptions.
  std::string strategy = "portfolio";
  std::string memory_model = "cpp20";  // or "sc"
  uint64_t points_max = 1'000'000;     // schedule points of a run
  uint32_t timer_races = 2;            // deadlines that may pass early in a run
  size_t stack_bytes = size_t{256} << 10;  // of a task
  // Whether each run is repeated, and must be the same again.
  bool run_twice = false;
  Isolation isolation = Isolation::kNone;
  // Whether a finding is repeated in a fresh process before it is reported.
  bool confirms_findings = true;
  // Whether all properties of the program are to be reached, or only those of
  // code that was come by: a sometimes that was tried and never held.
  bool expects_all_properties = false;
  // Whether to stop; empty: never.  Asked between runs.
  std::function<bool()> is_time_up = {};
  // ExploreReport::state of a search to go on with: same options, more runs.
  std::string state = {};
};

// Of all runs together.
struct PropertySum {
  PropertyKind kind = PropertyKind::kSometimes;
  std::string text;
  std::string place;  // "queue.cc:12"
  uint64_t reached = 0;
  uint64_t held = 0;

  friend bool operator==(const PropertySum&, const PropertySum&) = default;
};

struct ExploreReport {
  std::string name;
  std::string strategy;
  uint64_t seed = 0;

  std::string error;  // the options are wrong, and nothing was run; or empty

  uint64_t runs = 0;
  uint64_t abandoned = 0;      // of them, because they could bring nothing new
  uint64_t distinct = 0;       // of the others
  uint64_t points = 0;         // schedule points of all of them
  bool is_exhaustive = false;  // there is no other run
  bool is_time_up = false;

  // The first, by number of the run; the search ends there.
  std::optional<Finding> finding;
  uint64_t finding_run = 0;
  std::vector<Decision> decisions;  // of that run
  std::string schedule;             // of that run, as a table
  // Whether the same came of these decisions in a fresh process.
  bool is_confirmed = false;

  // Sorted by place.
  std::vector<PropertySum> properties;

  // To go on with; empty after a finding.
  std::string state;

  // A summary for people; the same for all processes and numbers of workers.
  std::string ToText() const;
};

// Runs `body` as the main task of a simulated world, up to options.runs times,
// each time under another schedule, until one finds something.
//
// The body is called again and again.  It may use what is around it, as long as
// each call finds it in the same state.  After a finding the objects on the
// stacks of that run are never destroyed.
//
// A finding that does not come back in a fresh process becomes another:
// state-leak if a fresh process does the same each time, and nondeterminism if
// not even that is so.
ExploreReport Explore(const ExploreOptions& options,
                      const std::function<void()>& body);

}  // namespace fozzy

#endif  // FOZZY_EXPLORE_H_
